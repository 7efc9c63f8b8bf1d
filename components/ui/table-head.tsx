import { Icon } from './icons/interface-icons.tsx';
import type { Column } from './table-column.ts';

interface TableHeadProps<Item> {
  readonly columns: readonly Column<Item>[];
  readonly sorting: { readonly id: string; readonly desc: boolean } | undefined;
  readonly onSort: (id: string) => void;
}

function ariaSort(id: string, sorting: TableHeadProps<never>['sorting']): 'ascending' | 'descending' | undefined {
  if (sorting?.id !== id) return undefined;
  return sorting.desc ? 'descending' : 'ascending';
}

/** Headings that stay in sight; those that sort are buttons. */
export function TableHead<Item>({ columns, sorting, onSort }: TableHeadProps<Item>) {
  return (
    <thead className="sticky top-0 z-10 bg-surface shadow-[0_1px_0_var(--line)] print:static">
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const sorted = ariaSort(column.id, sorting);
          const right = column.align === 'right';
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={sorted}
              className={`h-9 px-3 font-medium text-muted text-xs first:pl-4 last:pr-4 ${right ? 'text-right' : 'text-left'}`}
            >
              {column.sortBy === undefined ? (
                <span className={column.heading === '' ? 'sr-only' : 'truncate'}>{column.heading || 'Actions'}</span>
              ) : (
                <button
                  type="button"
                  onClick={() => onSort(column.id)}
                  className={`-mx-1.5 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1.5 hover:text-text ${right ? 'flex-row-reverse' : ''} ${sorted ? 'text-text' : ''}`}
                >
                  <span className="truncate print:overflow-visible print:whitespace-normal">{column.heading}</span>
                  {sorted && <Icon name={sorted === 'ascending' ? 'arrow-up' : 'arrow-down'} size={12} />}
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
