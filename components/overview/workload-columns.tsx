import type { WorkloadsAnswer } from '../../lib/api/contract.ts';
import { LinkButton } from '../ui/button.tsx';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref, qualifiedName, respondHref } from '../ui/node-name.ts';
import { numberColumn } from '../ui/number-column.tsx';
import { severityColumn } from '../ui/severity-column.tsx';
import type { Column } from '../ui/table-column.ts';
import { ExposureBadge } from './exposure-badge.tsx';

export type WorkloadRow = WorkloadsAnswer['workloads'][number];

const COLUMNS: readonly Column<WorkloadRow>[] = [
  severityColumn(),
  {
    id: 'workload',
    heading: 'Workload',
    width: '32%',
    sortBy: (row) => qualifiedName(row.workload),
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <NodeLabel node={row.workload} href={explorerHref(row.start)} />
        {row.exposed !== undefined && <ExposureBadge from={row.exposed} by={row.exposedBy} />}
      </span>
    ),
  },
  {
    id: 'verdict',
    heading: 'When one of its pods is compromised',
    wraps: true,
    sortBy: (row) => row.verdict,
    cell: (row) => <span className="block text-muted text-xs first-letter:uppercase">{row.verdict}</span>,
  },
  numberColumn({ id: 'pods', heading: 'Pods', width: '5rem', of: (row) => row.pods }),
  numberColumn({ id: 'score', heading: 'Score', width: '5rem', of: (row) => row.score }),
  {
    id: 'actions',
    heading: '',
    width: '6.5rem',
    align: 'right',
    wraps: true,
    cell: (row) => (
      <LinkButton
        prefetch={false}
        look="ghost"
        size="small"
        href={respondHref(row.start)}
        aria-label={`Respond to ${qualifiedName(row.workload)}`}
      >
        Respond
      </LinkButton>
    ),
  },
];

const CERTAINTY: Column<WorkloadRow> = {
  id: 'certainty',
  heading: 'Certainty',
  width: '7.5rem',
  sortBy: (row) => row.certainty,
  cell: (row) => <CertaintyBadge certainty={row.certainty} />,
};

/** Columns of the list; how sure it is matters where something particular is reached. */
export function workloadColumns(reachesSomething: boolean): readonly Column<WorkloadRow>[] {
  return reachesSomething ? [...COLUMNS.slice(0, 3), CERTAINTY, ...COLUMNS.slice(3)] : COLUMNS;
}
