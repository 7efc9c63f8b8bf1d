import type { ColumnDef, RowData, TableFeatures } from '@tanstack/react-table';

/** A column of a `DataTable`. */
export interface Column<Item> {
  readonly id: string;
  readonly heading: string;
  readonly cell: (item: Item) => React.ReactNode;
  /** What to sort by; a column without it cannot be sorted. */
  readonly sortBy?: (item: Item) => string | number;
  /** The first click sorts downwards: for numbers where the most matters. */
  readonly descFirst?: boolean;
  /** A CSS width; columns without one share the rest. */
  readonly width?: string;
  /** Numbers go right. */
  readonly align?: 'left' | 'right';
  /** May take more than one line. */
  readonly wraps?: boolean;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Orders numbers by size and texts as people do (`node-2` before `node-10`). */
export function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return COLLATOR.compare(String(left), String(right));
}

/** The columns as the table library wants them: it sorts, the cells are drawn by `DataTable`. */
export function toColumnDefs<Features extends TableFeatures, Item extends RowData>(
  columns: readonly Column<Item>[],
): ColumnDef<Features, Item>[] {
  return columns.map((column) => {
    const value = column.sortBy ?? (() => 0);
    return {
      id: column.id,
      accessorFn: value,
      enableSorting: column.sortBy !== undefined,
      sortDescFirst: column.descFirst ?? false,
      sortFn: (left: { original: Item }, right: { original: Item }) => compareValues(value(left.original), value(right.original)),
    } as unknown as ColumnDef<Features, Item>;
  });
}

/** Look of a body cell of this column. */
export function cellClasses(column: Pick<Column<never>, 'align' | 'wraps'>): string {
  return `px-3 py-1.5 first:pl-4 last:pr-4 ${column.align === 'right' ? 'text-right tabular-nums' : 'text-left'} ${column.wraps ? 'break-words' : 'truncate'}`;
}
