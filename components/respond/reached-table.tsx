'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import type { NodeSummary, ReachAnswer, ReachedNode } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ChoiceFilter, TextFilter } from '../ui/filters.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { whole } from '../ui/numbers.ts';
import { Section } from '../ui/section.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { reachedColumns } from './reached-columns.tsx';
import type { RespondState } from './use-respond-state.ts';
import { useTechniqueTitle } from './use-technique-title.ts';
import { WayHere } from './way-here.tsx';

type Filters = Pick<RespondState, 'kind' | 'hop' | 'certainty' | 'q'>;

interface ReachedTableProps {
  readonly answer: ReachAnswer;
  readonly rows: readonly ReachedNode[];
  readonly complete: boolean;
  readonly cut: boolean;
  readonly filters: Filters;
  readonly onFilter: (change: { [Name in keyof Filters]?: Filters[Name] | null }) => void;
}

function useMatching(rows: readonly ReachedNode[], filters: Filters): readonly ReachedNode[] {
  const needle = useDeferredValue(filters.q).trim().toLowerCase();
  const { kind, hop, certainty } = filters;
  return useMemo(() => {
    const kinds = new Set<NodeKind>(kind);
    return rows.filter(
      (row) =>
        (kinds.size === 0 || kinds.has(row.kind)) &&
        (hop === null || row.hops === hop) &&
        (certainty === null || row.certainty === certainty) &&
        (needle === '' || `${row.namespace ?? ''}/${row.name}`.toLowerCase().includes(needle)),
    );
  }, [rows, kind, hop, certainty, needle]);
}

function kindOptions({ byHop }: ReachAnswer) {
  const kinds = new Set(byHop.flatMap((hop) => hop.byKind.map(({ kind }) => kind)));
  return [...kinds].map((kind) => ({ value: kind, label: KIND_LABELS[kind].many })).sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

const CERTAINTIES = [
  { value: 'certain', label: 'Certain' },
  { value: 'conditional', label: 'Conditional' },
] as const;

function FilterBar({ answer, filters, onFilter }: Pick<ReachedTableProps, 'answer' | 'filters' | 'onFilter'>) {
  const options = kindOptions(answer);
  const several = filters.kind.length > 1;
  return (
    <search className="flex flex-wrap gap-2 px-4 pb-3 print:hidden">
      <TextFilter label="Filter by name" value={filters.q} onChange={(q) => onFilter({ q })} className="min-w-40 flex-1" />
      <SelectField
        label="Kind"
        value={several ? 'several' : (filters.kind[0] ?? '')}
        options={[
          { value: '', label: 'All kinds' },
          ...(several ? [{ value: 'several', label: filters.kind.map((kind) => KIND_LABELS[kind].many).join(', ') }] : []),
          ...options,
        ]}
        onChange={(value) => onFilter({ kind: value in KIND_LABELS ? [value as NodeKind] : null })}
        className="max-w-48"
      />
      <ChoiceFilter
        label="Hop"
        all="All hops"
        value={filters.hop === null ? null : String(filters.hop)}
        options={answer.byHop.map(({ hops }) => ({ value: String(hops), label: `Hop ${hops}` }))}
        onChange={(hop) => onFilter({ hop: hop === null ? null : Number(hop) })}
      />
      <ChoiceFilter
        label="Certainty"
        all="Any certainty"
        value={filters.certainty}
        options={CERTAINTIES}
        onChange={(certainty) => onFilter({ certainty })}
      />
    </search>
  );
}

/** Everything reached: filter, sort, open a row to see the way to it. */
export function ReachedTable({ answer, rows, complete, cut, filters, onFilter }: ReachedTableProps) {
  const [openId, setOpenId] = useState<string>();
  const titleOf = useTechniqueTitle();
  const matching = useMatching(rows, filters);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const starts = useMemo(() => new Map<string, NodeSummary>(answer.from.map((node) => [node.id, node])), [answer]);
  const columns = useMemo(
    () => reachedColumns({ titleOf, openId, onToggle: (id) => setOpenId((now) => (now === id ? undefined : id)) }),
    [titleOf, openId],
  );
  const said = matching.length === answer.total ? whole(answer.total) : `${whole(matching.length)} of ${whole(answer.total)}`;
  return (
    <Section
      flush
      title="Everything reached"
      hint={
        <span aria-live="polite">
          {complete ? said : `${said}, reading on`}
          {cut && `; the table holds the first ${whole(rows.length)}, an export holds all`}
        </span>
      }
    >
      <FilterBar answer={answer} filters={filters} onFilter={onFilter} />
      <DataTable
        caption="Everything reached"
        columns={columns}
        rows={matching}
        rowId={(row) => row.id}
        isOpen={(row) => row.id === openId}
        detail={(row) => <WayHere target={row} rows={byId} starts={starts} titleOf={titleOf} />}
        rowHeight={38}
        tableClassName="print:[&>tbody:nth-of-type(n+81)]:hidden print:[&_tr]:h-auto!"
        minWidth={720}
        className="max-h-[34rem] border-line border-t"
        empty={
          <EmptyState
            title={rows.length === 0 ? 'Nothing else falls' : 'Nothing fits these filters'}
            icon={rows.length === 0 ? 'shield' : 'filter'}
            actions={
              rows.length > 0 && (
                <Button onClick={() => onFilter({ kind: null, hop: null, certainty: null, q: null })}>Clear filters</Button>
              )
            }
          >
            {rows.length === 0 && 'From here no way leads further, as far as could be read.'}
          </EmptyState>
        }
      />
    </Section>
  );
}
