import { SeverityBadge } from './severity-badge.tsx';
import { SEVERITY_RANK, type Severity } from './severity-words.ts';
import type { Column } from './table-column.ts';

/** The column of a table that tells how bad a row is, worst first. */
export const severityColumn = <Item extends { readonly severity: Severity }>(): Column<Item> => ({
  id: 'severity',
  heading: 'Severity',
  width: '6.5rem',
  descFirst: true,
  sortBy: (row) => SEVERITY_RANK[row.severity],
  cell: (row) => <SeverityBadge severity={row.severity} />,
});
