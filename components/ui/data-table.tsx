'use client';
import { createSortedRowModel, type Row, type RowData, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { type Column, cellClasses, toColumnDefs } from './table-column.ts';
import { TableHead } from './table-head.tsx';

const FEATURES = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
export type TableFeaturesInUse = typeof FEATURES;

interface DataTableProps<Item extends RowData> {
  /** What the table holds; read out, not shown. */
  readonly caption: string;
  readonly columns: readonly Column<Item>[];
  readonly rows: readonly Item[];
  readonly rowId: (item: Item) => string;
  /** Column to begin with; without it the order of `rows` holds. */
  readonly sortedBy?: { readonly id: string; readonly desc: boolean };
  /** Shown below a row while `isOpen` says so. */
  readonly detail?: (item: Item) => React.ReactNode;
  readonly isOpen?: (item: Item) => boolean;
  /** Classes that bound the height; without them the table is as high as its rows . */
  readonly className?: string;
  /** Below this width, in pixels, the table scrolls sideways. */
  readonly minWidth?: number;
  readonly rowHeight?: number;
  /** More classes of the `<table>`, for instance to cut it short in print. */
  readonly tableClassName?: string;
  /** What stands in the table where there are no rows. */
  readonly empty?: React.ReactNode;
}

/** A table that sorts by its headings and draws only the rows in sight. A real `<table>`, with row numbers for screen readers. */
export function DataTable<Item extends RowData>({
  caption,
  columns,
  rows,
  rowId,
  sortedBy,
  detail,
  isOpen,
  className,
  minWidth = 640,
  rowHeight = 40,
  tableClassName,
  empty,
}: DataTableProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const defs = useMemo(() => toColumnDefs<TableFeaturesInUse, Item>(columns), [columns]);
  const table = useTable({
    features: FEATURES,
    columns: defs,
    data: rows as Item[],
    getRowId: rowId,
    initialState: { sorting: sortedBy ? [{ ...sortedBy }] : [] },
    enableSortingRemoval: true,
  });
  const sorted: readonly Row<TableFeaturesInUse, Item>[] = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => sorted[index]?.id ?? index,
    initialRect: { width: 0, height: 800 },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      tabIndex={-1}
      className={`relative overflow-auto overscroll-contain outline-none print:max-h-none! print:overflow-visible ${className ?? ''}`}
    >
      <table
        aria-rowcount={sorted.length + 1}
        className={`w-full table-fixed border-collapse text-sm print:min-w-0! ${tableClassName ?? ''}`}
        style={{ minWidth }}
      >
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <TableHead columns={columns} sorting={table.state.sorting[0]} onSort={(id) => table.getColumn(id)?.toggleSorting()} />
        <Spacer height={before} span={columns.length} />
        {items.map(({ index }) => {
          const row = sorted[index];
          if (row === undefined) return null;
          const open = isOpen?.(row.original) ?? false;
          return (
            <tbody key={row.id} data-index={index} ref={virtual.measureElement}>
              <tr aria-rowindex={index + 2} className="border-line border-t hover:bg-sunken/60" style={{ height: rowHeight }}>
                {columns.map((column) => (
                  <td key={column.id} className={cellClasses(column)}>
                    {column.cell(row.original)}
                  </td>
                ))}
              </tr>
              {open && detail && (
                <tr className="bg-sunken/50">
                  <td colSpan={columns.length} className="px-4 py-3">
                    {detail(row.original)}
                  </td>
                </tr>
              )}
            </tbody>
          );
        })}
        <Spacer height={after} span={columns.length} />
      </table>
      {sorted.length === 0 && empty}
    </div>
  );
}

/** Room for the rows that are not drawn. */
function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden="true" className="print:hidden">
      <tr>
        <td colSpan={span} style={{ height }} />
      </tr>
    </tbody>
  );
}
