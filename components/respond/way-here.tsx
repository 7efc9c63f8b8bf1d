import type { NodeSummary, ReachedNode } from '../../lib/api/contract.ts';
import type { TechniqueId } from '../../lib/graph/kinds.ts';
import { LinkButton } from '../ui/button.tsx';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref } from '../ui/node-name.ts';
import { hopChain } from './hop-chain.ts';

interface WayHereProps {
  readonly target: ReachedNode;
  readonly rows: ReadonlyMap<string, ReachedNode>;
  readonly starts: ReadonlyMap<string, NodeSummary>;
  readonly titleOf: (id: TechniqueId) => string;
}

/** Where the path finder shows the same way with all its evidence. */
function pathHref(from: string, to: string): string {
  return `/graph?${new URLSearchParams({ select: from, from, to })}`;
}

/** The way by which a node falls first, hop by hop, and the door to its evidence. */
export function WayHere({ target, rows, starts, titleOf }: WayHereProps) {
  const { start, steps, whole } = hopChain(target, rows, starts);
  const from = start?.id ?? starts.keys().next().value;
  return (
    <div className="flex flex-wrap items-start gap-4">
      <ol aria-label={`Way to ${target.name}`} className="min-w-0 flex-1 basis-80 space-y-1.5">
        <li>
          {start ? (
            <NodeLabel node={start} href={explorerHref(start.id)} />
          ) : (
            <span className="text-muted text-xs">Earlier hops are not among the rows at hand</span>
          )}
        </li>
        {steps.map(({ node }) => (
          <li key={node.id} className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-0.5 pl-1">
            <Icon name="arrow-right" size={13} className="text-faint" />
            <span className="shrink-0 text-muted text-xs">{titleOf(node.via.technique)}</span>
            <NodeLabel node={node} href={explorerHref(node.id)} />
            <CertaintyBadge certainty={node.via.certainty} />
          </li>
        ))}
      </ol>
      {from !== undefined && (
        <LinkButton prefetch={false} size="small" icon="explorer" href={pathHref(from, target.id)} className="print:hidden">
          {whole ? 'Evidence and alternatives' : 'Find the way'}
        </LinkButton>
      )}
    </div>
  );
}
