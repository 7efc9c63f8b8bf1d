'use client';
import { ApiProblem } from '../api/api-problem.ts';
import { useEdge } from '../api/use-edge.ts';
import type { EdgeKey } from '../graph/edge-key.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { Prose } from '../ui/prose.tsx';
import { EdgeBody } from './edge-body.tsx';
import { NodeLink } from './node-link.tsx';
import { PanelSkeleton } from './panel-skeleton.tsx';

interface EdgePanelProps {
  readonly edge: EdgeKey;
  readonly onClose: () => void;
  /** Draws the pods of a workload one by one. */
  readonly onOpenWorkload: (id: string) => void;
}

/** The evidence card of one edge. */
export function EdgePanel({ edge, onClose, onOpenWorkload }: EdgePanelProps) {
  const { data, error, refetch, isPlaceholderData } = useEdge(edge);
  // A workload may stand for its pods: then the answer is the edge of one of them.
  const answered = data && !isPlaceholderData;
  const workload = [edge.from, edge.to].find((id) => id.startsWith('workload:'));
  if (error && !answered) {
    const grouped = workload !== undefined && error instanceof ApiProblem && error.status === 404;
    return (
      <div className="p-4">
        <div className="mb-2 flex justify-end">
          <IconButton label="Close edge" icon="close" size="small" onClick={onClose} />
        </div>
        {grouped ? (
          <EmptyState
            title="A line for several pods"
            actions={<Button onClick={() => onOpenWorkload(workload)}>Show the pods one by one</Button>}
          >
            The evidence belongs to each pod of the workload. Open the workload, then choose a line of one of them.
          </EmptyState>
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </div>
    );
  }
  if (!answered) return <PanelSkeleton />;
  return (
    <article aria-labelledby="edge-title" className="space-y-4 p-4">
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-xs text-muted">Edge</p>
          <h2 id="edge-title" className="text-base font-semibold">
            {data.title}
          </h2>
        </div>
        <IconButton label="Close edge" icon="close" size="small" onClick={onClose} />
      </header>
      <div className="space-y-1 rounded-lg border border-line px-3 py-2">
        <div className="flex min-w-0">
          <NodeLink node={data.from} showKind />
        </div>
        <Icon name="arrow-down" size={14} className="ml-[3px] text-faint" />
        <div className="flex min-w-0">
          <NodeLink node={data.to} showKind />
        </div>
      </div>
      {!data.walked && (
        <p className="rounded-md bg-sunken px-3 py-2 text-xs text-muted">
          Says how things are. An attacker does not move along it by itself.
        </p>
      )}
      <EdgeBody edge={data} />
      <details className="text-xs">
        <summary className="min-h-6 cursor-pointer font-medium text-muted">Precondition and references</summary>
        <p className="mt-1 break-words">
          <Prose>{data.precondition}</Prose>
        </p>
        {data.attck.length > 0 && (
          <p className="mt-2 flex flex-wrap gap-1">
            {data.attck.map((id) => (
              <Badge key={id}>{id}</Badge>
            ))}
          </p>
        )}
        <ul className="mt-2 space-y-1">
          {data.references.map((reference) => (
            <li key={reference} className="break-all">
              {/^https:\/\//.test(reference) ? (
                <a href={reference} rel="noreferrer noopener" target="_blank" className="text-accent hover:underline">
                  {reference}
                </a>
              ) : (
                <bdi>{reference}</bdi>
              )}
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}
