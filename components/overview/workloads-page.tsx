'use client';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { useOverview } from '../api/use-overview.ts';
import { useWorkloads } from '../api/use-workloads.ts';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { downloadFile } from '../ui/download-file.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { ExportMenu } from '../ui/export-menu.tsx';
import { ChoiceFilter, Filters, NamespaceFilter, SeverityFilter, TextFilter } from '../ui/filters.tsx';
import { NoPods } from '../ui/no-pods.tsx';
import { counted, whole } from '../ui/numbers.ts';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { EXPOSURE_VALUES, EXPOSURES } from './exposures.ts';
import { REACH_TARGET_VALUES, REACH_TARGETS } from './reach-targets.ts';
import { type WorkloadRow, workloadColumns } from './workload-columns.tsx';
import { workloadsCsv } from './workloads-csv.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'none'] as const;
const NONE: readonly WorkloadRow[] = [];

const STATE = {
  reaches: parseAsStringLiteral(REACH_TARGET_VALUES),
  exposed: parseAsStringLiteral(EXPOSURE_VALUES),
  namespace: parseAsString.withDefault(''),
  severity: parseAsStringLiteral(SEVERITIES),
  q: parseAsString.withDefault(''),
};

/** Rows whose name, namespace or verdict holds the text and whose severity fits. */
function useFiltered(rows: readonly WorkloadRow[], text: string, severity: (typeof SEVERITIES)[number] | null): readonly WorkloadRow[] {
  const needle = useDeferredValue(text).trim().toLowerCase();
  return useMemo(
    () =>
      rows.filter(
        (row) =>
          (severity === null || row.severity === severity) &&
          (needle === '' || `${row.workload.namespace}/${row.workload.name} ${row.verdict}`.toLowerCase().includes(needle)),
      ),
    [rows, needle, severity],
  );
}

/** What the list is of, by its filters. */
function titleOf(reaches: string | null, exposed: string | null): string {
  const target = REACH_TARGETS.find((one) => one.value === reaches)?.title ?? 'Workloads';
  const outside = EXPOSURES.find((one) => one.value === exposed);
  return outside === undefined ? target : `${target}${reaches === null ? '' : ','} ${outside.title}`;
}

function exportItems(rows: readonly WorkloadRow[]) {
  return [
    { label: 'CSV', onSelect: () => downloadFile('podreach-workloads.csv', 'text/csv', workloadsCsv(rows)) },
    { label: 'JSON', onSelect: () => downloadFile('podreach-workloads.json', 'application/json', JSON.stringify(rows, null, 2)) },
  ];
}

/** The list behind a number of the Overview: workloads, what they reach, filters in the URL. */
export function WorkloadsPage() {
  const [state, setState] = useQueryStates(STATE, { history: 'replace' });
  const { data, error, stale, refetch } = useWorkloads({
    reaches: state.reaches ?? undefined,
    exposed: state.exposed ?? undefined,
    namespace: state.namespace,
  });
  const { data: overview } = useOverview();
  const rows = data?.workloads ?? NONE;
  const shown = useFiltered(rows, state.q, state.severity);
  const namespaces = useMemo(() => overview?.byNamespace.map((heat) => heat.namespace).sort() ?? [], [overview]);
  const columns = useMemo(() => workloadColumns(state.reaches !== null), [state.reaches]);
  const title = titleOf(state.reaches, state.exposed);
  const clear = () => void setState({ reaches: null, exposed: null, namespace: null, severity: null, q: null });
  return (
    <Page
      title={title}
      meta={
        data && (
          <span aria-live="polite">
            {shown.length === data.total ? counted(data.total, 'workload') : `${whole(shown.length)} of ${counted(data.total, 'workload')}`}
          </span>
        )
      }
      actions={<ExportMenu items={exportItems(shown)} />}
    >
      <Filters>
        <TextFilter label="Filter by name or verdict" value={state.q} onChange={(q) => void setState({ q })} />
        <ChoiceFilter
          label="Reaches"
          all="Reach anything"
          value={state.reaches}
          options={REACH_TARGETS}
          onChange={(reaches) => void setState({ reaches })}
        />
        <ChoiceFilter
          label="Exposure"
          all="Any exposure"
          value={state.exposed}
          options={EXPOSURES}
          onChange={(exposed) => void setState({ exposed })}
        />
        <NamespaceFilter value={state.namespace} namespaces={namespaces} onChange={(namespace) => void setState({ namespace })} />
        <SeverityFilter value={state.severity} severities={SEVERITIES} onChange={(severity) => void setState({ severity })} />
      </Filters>
      {error && (
        <div className="mb-3">
          <ErrorState error={error} kept={data !== undefined} onRetry={refetch} />
        </div>
      )}
      {data === undefined ? (
        !error && <Skeleton className="h-[60vh]" />
      ) : (
        <div aria-busy={stale} className={`overflow-hidden rounded-xl border border-line bg-surface ${stale ? 'opacity-60' : ''}`}>
          <DataTable
            caption={title}
            columns={columns}
            rows={shown}
            rowId={(row) => row.workload.id}
            rowHeight={44}
            minWidth={1020}
            className="max-h-[calc(100dvh-var(--topbar)-var(--dock)-9.5rem)] min-h-40"
            empty={
              overview?.workloads === 0 ? (
                <NoPods />
              ) : (
                <EmptyState title="No workload fits" icon="filter" actions={<Button onClick={clear}>Clear filters</Button>}>
                  {rows.length === 0 && (state.reaches !== null || state.exposed !== null)
                    ? 'No workload is like this: that is good news.'
                    : 'Widen the filters to see more.'}
                </EmptyState>
              )
            }
          />
        </div>
      )}
    </Page>
  );
}
