'use client';
import { useReachAll } from '../api/use-reach-all.ts';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { GapList } from '../ui/gap-list.tsx';
import { Page } from '../ui/page.tsx';
import { PrintButton } from '../ui/print-button.tsx';
import { Section } from '../ui/section.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CutList } from './cut-list.tsx';
import { ExportIncident } from './export-incident.tsx';
import { HopTimeline } from './hop-timeline.tsx';
import { ReachedTable } from './reached-table.tsx';
import { StartChips } from './start-chips.tsx';
import { StartPicker } from './start-picker.tsx';
import { Suggestions } from './suggestions.tsx';
import { useRespondState } from './use-respond-state.ts';
import { Verdict } from './verdict.tsx';

function Waiting() {
  return (
    <output className="block space-y-5">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-9 w-2/3" />
      <Skeleton className="h-20" />
      <Skeleton className="h-96" />
    </output>
  );
}

/** This is compromised: what falls, and in which order. */
export function RespondPage() {
  const [state, setState] = useRespondState();
  const { answer, rows, complete, cut, error, stale, refetch } = useReachAll({ from: state.from });
  const add = (id: string) => void setState(({ from }) => ({ from: [...new Set([...from, id])] }));
  const remove = (id: string) => void setState(({ from }) => ({ from: from.filter((one) => one !== id) }));
  const some = state.from.length > 0;
  return (
    <Page
      title="Respond"
      actions={
        some &&
        answer && (
          <>
            <ExportIncident answer={answer} />
            <PrintButton />
          </>
        )
      }
    >
      <div className="mb-5 grid grid-cols-[minmax(0,1fr)] gap-2.5">
        <div className="max-w-3xl print:hidden">
          <StartPicker picked={state.from} onPick={(node) => add(node.id)} />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <StartChips ids={state.from} nodes={answer?.from ?? []} onRemove={remove} />
          {state.from.length > 1 && (
            <Button look="ghost" size="small" onClick={() => void setState({ from: null })} className="print:hidden">
              Remove all
            </Button>
          )}
        </div>
      </div>
      {some && error && (
        <div className="mb-4">
          <ErrorState error={error} kept={answer !== undefined} onRetry={refetch} />
        </div>
      )}
      {!some && <Suggestions onPick={add} />}
      {some && answer === undefined && !error && <Waiting />}
      {some && answer !== undefined && (
        <div aria-busy={stale} className={stale ? 'opacity-60' : ''}>
          <Verdict
            summary={answer.summary}
            kinds={state.kind}
            onKinds={(kinds) => void setState({ kind: kinds.length > 0 ? [...kinds] : null })}
          />
          <CutList from={state.from} />
          <div className="grid items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)]">
            <HopTimeline byHop={answer.byHop} hop={state.hop} onHop={(hop) => void setState({ hop })} />
            <ReachedTable
              answer={answer}
              rows={rows}
              complete={complete}
              cut={cut}
              filters={state}
              onFilter={(change) => void setState(change)}
            />
          </div>
          {answer.gaps.length > 0 && (
            <Section title="Gaps that could change this answer" className="mt-5">
              <GapList gaps={answer.gaps} />
            </Section>
          )}
        </div>
      )}
    </Page>
  );
}
