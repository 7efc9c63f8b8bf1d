'use client';
import Link from 'next/link';
import type { Overview } from '../../lib/api/contract.ts';
import { DataTable } from '../ui/data-table.tsx';
import { Name } from '../ui/name.tsx';
import { numberColumn } from '../ui/number-column.tsx';
import { percent, whole } from '../ui/numbers.ts';
import { Section } from '../ui/section.tsx';
import { SeverityBadge } from '../ui/severity-badge.tsx';
import { SEVERITY_RANK } from '../ui/severity-words.ts';
import type { Column } from '../ui/table-column.ts';
import type { ReachTarget } from './reach-targets.ts';

type Heat = Overview['byNamespace'][number];

/** Deepest tint of a cell; text on it keeps a contrast of 4.5 in both themes. */
const TINT_MAX = 34;

function listHref(namespace: string, reaches?: ReachTarget): string {
  const query = new URLSearchParams({ ...(reaches !== undefined && { reaches }), namespace });
  return `/workloads?${query}`;
}

function HeatCell({ heat, count, reaches, what }: { heat: Heat; count: number; reaches: ReachTarget; what: string }) {
  if (count === 0) return <span className="text-faint">0</span>;
  const tint = 8 + (TINT_MAX - 8) * Math.min(1, count / Math.max(1, heat.workloads));
  return (
    <Link
      prefetch={false}
      href={listHref(heat.namespace, reaches)}
      aria-label={`${count} of ${heat.workloads} workloads of ${heat.namespace} reach ${what}`}
      title={`${percent(count, heat.workloads)} of ${heat.namespace}`}
      className="-my-0.5 ml-auto block h-6 w-full max-w-20 rounded px-2 text-right leading-6 hover:underline"
      style={{ backgroundColor: `color-mix(in oklab, var(--critical) ${tint.toFixed(0)}%, transparent)` }}
    >
      {whole(count)}
    </Link>
  );
}

interface HeatColumn {
  readonly id: ReachTarget;
  readonly heading: string;
  readonly width: string;
  readonly what: string;
  readonly of: (heat: Heat) => number;
}

const heatColumn = ({ what, ...column }: HeatColumn): Column<Heat> =>
  numberColumn({ ...column, cell: (heat) => <HeatCell heat={heat} count={column.of(heat)} reaches={column.id} what={what} /> });

const COLUMNS: readonly Column<Heat>[] = [
  {
    id: 'namespace',
    heading: 'Namespace',
    sortBy: (heat) => heat.namespace,
    cell: (heat) => (
      <Link prefetch={false} href={listHref(heat.namespace)} className="flex min-w-0 rounded-sm hover:underline">
        <Name>{heat.namespace}</Name>
      </Link>
    ),
  },
  {
    id: 'worst',
    heading: 'Worst',
    width: '7rem',
    descFirst: true,
    sortBy: (heat) => SEVERITY_RANK[heat.worst],
    cell: (heat) => <SeverityBadge severity={heat.worst} plain />,
  },
  numberColumn({ id: 'workloads', heading: 'Workloads', width: '6.5rem', of: (heat) => heat.workloads }),
  heatColumn({ id: 'cluster-admin', heading: 'Cluster admin', width: '7.5rem', what: 'cluster admin', of: (heat) => heat.clusterAdmin }),
  heatColumn({ id: 'node', heading: 'A node', width: '6rem', what: 'a node', of: (heat) => heat.node }),
  heatColumn({ id: 'cloud-role', heading: 'A cloud identity', width: '7rem', what: 'a cloud identity', of: (heat) => heat.cloud }),
];

/** How many workloads of each namespace reach what; the more of them, the deeper the tint. */
export function NamespaceHeat({ byNamespace }: { byNamespace: readonly Heat[] }) {
  return (
    <Section flush title="By namespace" hint="Workloads that reach each target; the deeper the tint, the larger their share">
      <DataTable
        caption="Workloads by namespace and what they reach"
        columns={COLUMNS}
        rows={byNamespace}
        rowId={(heat) => heat.namespace}
        rowHeight={36}
        tableClassName="print:table-auto print:[&>tbody:nth-of-type(n+19)]:hidden print:[&_tr]:h-auto!"
        className="max-h-[30rem] pb-1"
        empty={<p className="px-4 py-3 text-muted text-sm">No namespace has a workload.</p>}
      />
    </Section>
  );
}
