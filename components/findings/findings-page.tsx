'use client';
import { useCallback, useRef, useState } from 'react';
import type { FindingSummary, FindingsAnswer } from '../../lib/api/findings-contract.ts';
import { useFinding, useFindings } from '../api/use-findings.ts';
import { useStatus } from '../api/use-status.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { ExportMenu } from '../ui/export-menu.tsx';
import { counted, whole } from '../ui/numbers.ts';
import { OpenSources } from '../ui/open-sources.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { FindingDetail } from './finding-detail.tsx';
import { FindingList } from './finding-list.tsx';
import { FindingsToolbar } from './findings-toolbar.tsx';
import { useExport } from './use-export.ts';
import { type FindingsState, useFindingsState } from './use-findings-state.ts';
import { whatWasChecked } from './what-was-checked.ts';

const NONE: readonly FindingSummary[] = [];
const NO_FILTERS = { class: null, severity: null, namespace: null, q: null } as const;

/** `4 findings hold, 36 were looked for`. */
function metaOf({ findings, looked }: FindingsAnswer): string {
  return `${counted(findings.length, 'finding')} of ${whole(looked)} that were looked for`;
}

/** That nothing was found is worth as much as what was looked at. */
function NothingFound() {
  const { data: status } = useStatus();
  const { there, missing } = whatWasChecked(status?.counts ?? { byKind: [] });
  if (there === undefined)
    return (
      <EmptyState title="Nothing could be checked" icon="sources" actions={<OpenSources />}>
        Not in what was read: {missing}.
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing was found" icon="check">
      <p>Looked at: {there}.</p>
      {missing !== undefined && <p className="mt-1.5">Not in what was read, so not checked: {missing}.</p>}
    </EmptyState>
  );
}

function Nothing({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  if (!filtered) return <NothingFound />;
  return (
    <EmptyState title="No finding fits" icon="filter" actions={<Button onClick={onClear}>Clear filters</Button>}>
      Widen the filters to see more.
    </EmptyState>
  );
}

interface DetailProps extends Pick<React.ComponentProps<typeof FindingDetail>, 'wanted' | 'onFocused'> {
  readonly view: FindingsState;
  readonly id: string;
}

/** The finding that is looked at; on narrow screens in place of the list. */
function Detail({ view, id, wanted, onFocused }: DetailProps) {
  const { state, setState, filters } = view;
  const { data, error, stale, refetch } = useFinding(id, filters);
  const onOpen = useCallback((row: string | null) => void setState({ row }), [setState]);
  return (
    <div className="min-w-0">
      <Button
        className={`mb-2 lg:hidden ${state.finding === null ? 'hidden' : ''}`}
        onClick={() => void setState({ finding: null, row: null })}
      >
        All findings
      </Button>
      {error && (
        <div className="mb-3">
          <ErrorState error={error} kept={data !== undefined} onRetry={refetch} />
        </div>
      )}
      {data === undefined ? (
        !error && <Skeleton className="h-[50vh]" />
      ) : (
        <div aria-busy={stale} className={stale ? 'opacity-60' : ''}>
          <FindingDetail finding={data} open={state.row} onOpen={onOpen} wanted={wanted} onFocused={onFocused} />
        </div>
      )}
    </div>
  );
}

/** What should not be so: findings grouped by what they are, worst first, each with its places, evidence, fixes and policy. */
export function FindingsPage() {
  const view = useFindingsState();
  const { state, setState, filters } = view;
  const { data, error, stale, refetch } = useFindings({ ...filters, class: state.class ?? undefined });
  const list = useRef<HTMLOListElement>(null);
  const [wanted, setWanted] = useState<string>();
  const onFocused = useCallback(() => setWanted(undefined), []);
  const choose = (finding: string) => {
    setWanted(finding);
    void setState({ finding, row: null });
  };
  const goBack = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  };
  const findings = data?.findings ?? NONE;
  const exported = useExport(findings, filters);
  const problem = error ?? exported.error;
  // On wide screens the worst is open where nobody chose, or where the filters hide what was chosen.
  const isChosen = findings.some(({ id }) => id === state.finding);
  const chosen = isChosen ? (state.finding as string) : findings[0]?.id;
  const filtered = state.class !== null || state.severity !== null || state.namespace !== '' || state.q !== '';
  return (
    <Page
      title="Findings"
      meta={data && <span aria-live="polite">{metaOf(data)}</span>}
      actions={<ExportMenu items={exported.items} busy={exported.busy ? 'Reading…' : undefined} />}
    >
      <FindingsToolbar state={state} setState={setState} namespaces={data?.namespaces ?? []} />
      {problem && (
        <div className="mb-3">
          <ErrorState error={problem} kept={data !== undefined} onRetry={refetch} />
        </div>
      )}
      {data === undefined && !error && <Skeleton className="h-[60vh]" />}
      {data !== undefined && findings.length === 0 && <Nothing filtered={filtered} onClear={() => void setState(NO_FILTERS)} />}
      {chosen !== undefined && findings.length > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
          <div aria-busy={stale} className={`${isChosen ? 'max-lg:hidden' : ''} ${stale ? 'opacity-60' : ''}`}>
            <FindingList ref={list} findings={findings} chosen={chosen} onChoose={choose} />
          </div>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in the list leads here, Escape leads back to it */}
          <div className={isChosen ? '' : 'max-lg:hidden'} onKeyDown={goBack}>
            <Detail view={view} id={chosen} wanted={wanted} onFocused={onFocused} />
          </div>
        </div>
      )}
    </Page>
  );
}
