import type { LaidColumn } from './layout.ts';

/** Titles over the canvas; the overlay moves them with the viewport. Hidden from screen readers: every card says its kind. */
export function ColumnHeadings({
  ref,
  columns,
  headings,
}: {
  ref: React.Ref<HTMLDivElement>;
  columns: readonly LaidColumn[];
  headings: readonly string[];
}) {
  return (
    <div
      ref={ref}
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 top-0 h-9 empty:hidden overflow-hidden border-b border-line bg-canvas/85 backdrop-blur-sm"
    >
      {columns.map((column, index) => (
        <div
          key={column.column}
          data-x={column.x}
          className="absolute top-0 flex h-9 w-0 items-center justify-center gap-1.5 overflow-hidden text-xs font-medium text-muted"
        >
          <span className="truncate">{headings[index] ?? ''}</span>
          <span className="shrink-0 text-faint tabular-nums">{column.count}</span>
        </div>
      ))}
    </div>
  );
}
