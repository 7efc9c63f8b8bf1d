import type { ReachedNode } from '../../lib/api/contract.ts';
import type { TechniqueId } from '../../lib/graph/kinds.ts';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref, qualifiedName } from '../ui/node-name.ts';
import type { Column } from '../ui/table-column.ts';

interface ReachedColumnsOptions {
  readonly titleOf: (id: TechniqueId) => string;
  readonly openId: string | undefined;
  readonly onToggle: (id: string) => void;
}

/** Columns of the table of everything reached; the first opens the way to the row. */
export function reachedColumns({ titleOf, openId, onToggle }: ReachedColumnsOptions): readonly Column<ReachedNode>[] {
  return [
    {
      id: 'name',
      heading: 'Name',
      sortBy: qualifiedName,
      cell: (row) => {
        const open = row.id === openId;
        return (
          <span className="flex min-w-0 items-center gap-1">
            <button
              type="button"
              aria-expanded={open}
              aria-label={`Way to ${qualifiedName(row)}`}
              onClick={() => onToggle(row.id)}
              className="-ml-1.5 inline-flex size-6 shrink-0 items-center justify-center rounded-md text-faint hover:bg-sunken hover:text-text print:hidden"
            >
              <Icon name={open ? 'chevron-down' : 'chevron-right'} size={14} />
            </button>
            <NodeLabel node={row} href={explorerHref(row.id)} />
          </span>
        );
      },
    },
    {
      id: 'kind',
      heading: 'Kind',
      width: '9rem',
      sortBy: (row) => KIND_LABELS[row.kind].one,
      cell: (row) => <span className="text-muted text-xs">{KIND_LABELS[row.kind].one}</span>,
    },
    { id: 'hops', heading: 'Hop', width: '4rem', align: 'right', sortBy: (row) => row.hops, cell: (row) => row.hops },
    {
      id: 'certainty',
      heading: 'Certainty',
      width: '7.5rem',
      sortBy: (row) => row.certainty,
      cell: (row) => <CertaintyBadge certainty={row.certainty} />,
    },
    {
      id: 'via',
      heading: 'Falls by',
      width: '13rem',
      sortBy: (row) => titleOf(row.via.technique),
      cell: (row) => (
        <span className="text-muted text-xs" title={titleOf(row.via.technique)}>
          {titleOf(row.via.technique)}
        </span>
      ),
    },
  ];
}
