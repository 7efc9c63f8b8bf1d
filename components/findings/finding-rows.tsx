'use client';
import { useMemo } from 'react';
import type { FindingAnswer, FindingRow } from '../../lib/api/findings-contract.ts';
import { IconButton } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Name } from '../ui/name.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref } from '../ui/node-name.ts';
import { whole } from '../ui/numbers.ts';
import { Prose } from '../ui/prose.tsx';
import { severityColumn } from '../ui/severity-column.tsx';
import type { Column } from '../ui/table-column.ts';
import { FindingRowDetail } from './finding-row-detail.tsx';

/** `shop/api`, or the name alone. */
export const subjectName = ({ subject: { namespace, name } }: FindingRow): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

function Subject({ row }: { readonly row: FindingRow }) {
  const { node, kind } = row.subject;
  if (node !== undefined) return <NodeLabel node={node} href={explorerHref(node.id)} />;
  return (
    <span className="flex min-w-0 items-baseline gap-2" title={`${kind} ${subjectName(row)}`}>
      <span className="shrink-0 text-faint text-xs">{kind}</span>
      <Name>{subjectName(row)}</Name>
    </span>
  );
}

function columnsOf(open: string | null, onOpen: (identity: string | null) => void): readonly Column<FindingRow>[] {
  return [
    {
      id: 'open',
      heading: '',
      width: '3.75rem',
      cell: (row) => {
        const isOpen = row.identity === open;
        return (
          <IconButton
            size="small"
            icon={isOpen ? 'chevron-down' : 'chevron-right'}
            label={`${isOpen ? 'Hide' : 'Show'} evidence and fix of ${subjectName(row)}`}
            aria-expanded={isOpen}
            onClick={() => onOpen(isOpen ? null : row.identity)}
          />
        );
      },
    },
    severityColumn(),
    { id: 'subject', heading: 'Object', width: '34%', sortBy: subjectName, cell: (row) => <Subject row={row} /> },
    {
      id: 'why',
      heading: 'Here',
      wraps: true,
      cell: (row) => (
        <span className="block text-muted text-xs first-letter:uppercase">
          <Prose>{row.whyHere}</Prose>
        </span>
      ),
    },
  ];
}

interface FindingRowsProps {
  readonly finding: FindingAnswer;
  readonly open: string | null;
  readonly onOpen: (identity: string | null) => void;
}

/** Where a finding holds; a row opens to its evidence and its fix. */
export function FindingRows({ finding, open, onOpen }: FindingRowsProps) {
  const columns = useMemo(() => columnsOf(open, onOpen), [open, onOpen]);
  return (
    <>
      <DataTable
        caption={`Where it holds: ${finding.title}`}
        columns={columns}
        rows={finding.list}
        rowId={(row) => row.identity}
        rowHeight={44}
        minWidth={620}
        isOpen={(row) => row.identity === open}
        detail={(row) => <FindingRowDetail row={row} />}
        className="max-h-[70vh]"
      />
      {finding.list.length < finding.rows && (
        <p className="border-line border-t px-4 py-2 text-muted text-xs">
          The worst {whole(finding.list.length)} of {whole(finding.rows)} are listed; `podreach findings` prints them all.
        </p>
      )}
    </>
  );
}
