'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import type { PathsAnswer } from '../../lib/api/contract.ts';
import { useTechniqueTitles } from '../graph/use-technique-titles.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { GapNotes } from './gap-notes.tsx';
import { HopCard } from './hop-card.tsx';
import { NodePicker } from './node-picker.tsx';
import { PanelSkeleton } from './panel-skeleton.tsx';

interface PathPanelProps {
  readonly from: string | null;
  readonly to: string | null;
  /** Index of the path shown. */
  readonly chosen: number;
  readonly paths: UseQueryResult<PathsAnswer, Error>;
  readonly onEnds: (ends: { from?: string | null; to?: string | null }) => void;
  readonly onChoose: (path: number) => void;
}

/** From A to B: both ends, then the shortest path and its alternatives, a card for every hop. */
export function PathPanel({ from, to, chosen, paths, onEnds, onChoose }: PathPanelProps) {
  return (
    <div className="pb-6">
      <h2 className="sr-only">Path finder</h2>
      <div className="flex items-center gap-2 border-b border-line p-4">
        <div className="min-w-0 flex-1 space-y-2">
          <NodePicker label="From" value={from} onChange={(id) => onEnds({ from: id })} />
          <NodePicker label="To" value={to} onChange={(id) => onEnds({ to: id })} />
        </div>
        <IconButton
          label="Swap start and target"
          icon="swap"
          className="rotate-90"
          disabled={from === null && to === null}
          onClick={() => onEnds({ from: to, to: from })}
        />
      </div>
      {from === null || to === null ? (
        <EmptyState title={from === null ? 'Choose where it starts' : 'Choose a target'} icon={from === null ? 'flag' : 'target'}>
          Type a name above, or right-click a card on the canvas.
        </EmptyState>
      ) : (
        <PathAnswer from={from} to={to} chosen={chosen} paths={paths} onChoose={onChoose} />
      )}
    </div>
  );
}

function PathAnswer({
  from,
  to,
  chosen,
  paths,
  onChoose,
}: Pick<PathPanelProps, 'chosen' | 'paths' | 'onChoose'> & { from: string; to: string }) {
  const { data, error, refetch } = paths;
  const answered = data && data.from.id === from && data.to.id === to;
  if (error && !answered)
    return (
      <div className="p-4">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!answered) return <PanelSkeleton />;
  if (data.paths.length === 0) {
    return (
      <>
        <EmptyState title="No path" icon="shield">
          Nothing that was read leads from the start to the target. Swap them to look the other way.
        </EmptyState>
        {data.gaps.length > 0 && (
          <div className="px-4 pb-4">
            <GapNotes gaps={data.gaps} />
          </div>
        )}
      </>
    );
  }
  const index = Math.min(chosen, data.paths.length - 1);
  const path = data.paths[index];
  if (!path) return null;
  return (
    <div className="space-y-3 p-4">
      {data.paths.length > 1 && (
        <Segmented
          label="Paths"
          value={String(index)}
          onChange={(value) => onChoose(Number(value))}
          segments={data.paths.map((one, nth) => ({
            value: String(nth),
            label: `${nth + 1}`,
            name: `Path ${nth + 1}, ${one.hops.length} hops, ${one.certainty}`,
          }))}
        />
      )}
      <p className="text-sm">
        <span className="font-semibold">
          {path.hops.length} {path.hops.length === 1 ? 'hop' : 'hops'}
        </span>
        , {path.certainty === 'certain' ? 'every one of them certain' : 'hangs on a condition'}
        {data.paths.length === 1 ? '. No other path was found.' : index === 0 ? '. The shortest path.' : '.'}
      </p>
      {data.gaps.length > 0 && <GapNotes gaps={data.gaps} />}
      <Between techniques={data.techniques} />
      <ol aria-label="Hops" className="space-y-2">
        {path.hops.map((hop, nth) => (
          <HopCard key={`${hop.from.id} ${hop.technique} ${hop.to.id}`} hop={hop} number={nth + 1} last={nth === path.hops.length - 1} />
        ))}
      </ol>
    </div>
  );
}

/** Every technique on ways as short as these: what has to be watched besides the paths that are shown. */
function Between({ techniques }: Pick<PathsAnswer, 'techniques'>) {
  const titles = useTechniqueTitles();
  return (
    <p className="text-muted text-xs">
      <span className="font-medium text-text">All techniques between these two: </span>
      {techniques.map((id) => titles.get(id) ?? id).join(', ')}
    </p>
  );
}
