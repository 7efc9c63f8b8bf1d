'use client';
import { useState } from 'react';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { useReach } from '../api/use-reach.ts';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { NodeLink } from './node-link.tsx';

const PAGE = 20;

interface ReachListProps {
  readonly from: readonly string[];
  readonly kinds: readonly NodeKind[];
  readonly direction: 'forward' | 'reverse';
}

/** The nodes behind a number, nearest first, kind by kind; more on request. */
export function ReachList({ from, kinds, direction }: ReachListProps) {
  return (
    <div className="space-y-3 bg-sunken/60 px-3 py-2.5">
      {kinds.map((kind) => (
        <KindList key={kind} from={from} kind={kind} direction={direction} titled={kinds.length > 1} />
      ))}
    </div>
  );
}

function KindList({ from, kind, direction, titled }: Omit<ReachListProps, 'kinds'> & { kind: NodeKind; titled: boolean }) {
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refetch } = useReach({ from, kind, direction, limit });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-16" />;
  if (data.total === 0) return null;
  return (
    <div>
      {titled && <p className="mb-1 text-xs font-medium text-muted">{KIND_LABELS[kind].many}</p>}
      <ol className="space-y-1">
        {data.reached.map((node) => (
          <li key={node.id} className="flex min-h-6 min-w-0 items-center gap-2">
            <span className="min-w-0 flex-1">
              <NodeLink node={node} />
            </span>
            <span className="shrink-0 text-xs text-muted" title={node.certainty}>
              {node.hops} {node.hops === 1 ? 'hop' : 'hops'}
              {node.certainty === 'conditional' && ', conditional'}
            </span>
          </li>
        ))}
      </ol>
      {data.reached.length < data.total && (
        <Button size="small" look="ghost" className="mt-1" onClick={() => setLimit(Math.min(500, limit * 3))} disabled={limit >= 500}>
          {limit >= 500 ? `${data.total - data.reached.length} more: open Respond for the whole list` : `Show more of ${data.total}`}
        </Button>
      )}
    </div>
  );
}
