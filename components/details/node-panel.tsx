'use client';
import { useJewels } from '../api/use-jewels.ts';
import { useNode } from '../api/use-node.ts';
import type { EdgeKey } from '../graph/edge-key.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton, LinkButton } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { Name } from '../ui/name.tsx';
import { respondHref } from '../ui/node-label.tsx';
import { EdgeList } from './edge-list.tsx';
import { Fold } from './fold.tsx';
import { GapNotes } from './gap-notes.tsx';
import { AccountIdentitiesFold, IdentityFolds, isIdentity } from './identity-folds.tsx';
import { NodeLink } from './node-link.tsx';
import { NodeProperties } from './node-properties.tsx';
import { PanelSkeleton } from './panel-skeleton.tsx';
import { PermissionsTable } from './permissions-table.tsx';
import { ReachGroups, ReachVerdict } from './reach-summary.tsx';
import { StatementsTable } from './statements-table.tsx';
import { YamlBlock } from './yaml-block.tsx';

interface NodePanelProps {
  readonly id: string;
  /** Which way the canvas looks: what answers that question is open. */
  readonly direction: 'forward' | 'reverse';
  readonly menu: readonly MenuItem[];
  readonly onEdge: (edge: EdgeKey) => void;
  readonly onStart: (id: string) => void;
  readonly onTarget: (id: string) => void;
}

/** Everything about one node, most telling first. */
export function NodePanel({ id, direction, menu, onEdge, onStart, onTarget }: NodePanelProps) {
  const jewels = useJewels();
  const { data, error, refetch, isPlaceholderData } = useNode(id);
  if (error && (!data || data.node.id !== id))
    return (
      <div className="p-4">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  // The last good answer is kept for a reload of the same node, not for another one.
  if (!data || (isPlaceholderData && data.node.id !== id)) return <PanelSkeleton />;
  const { node, reaches, reachedBy, permissions, statements } = data;
  return (
    <article aria-labelledby="node-title" className="pb-6">
      <header className="flex items-start gap-3 px-4 pb-3 pt-4">
        <KindIcon kind={node.kind} size={34} />
        <div className="min-w-0 flex-1">
          <p className="text-xs text-muted">
            {KIND_LABELS[node.kind].one}
            {node.namespace !== undefined && (
              <>
                {' '}
                in <bdi>{node.namespace}</bdi>
              </>
            )}
            {jewels.includes(node.id) && (
              <>
                {' '}
                <Badge tone="accent">Crown jewel</Badge>
              </>
            )}
          </p>
          <h2 id="node-title" className="text-base font-semibold leading-snug">
            <Name copy wrap className="text-[0.9375rem]!">
              {node.name}
            </Name>
          </h2>
        </div>
        <Menu label="Actions" trigger={<IconButton label="More actions" icon="more" size="small" />} items={menu} />
      </header>
      <ReachVerdict summary={reaches} />
      <div className="flex flex-wrap gap-2 px-4 pb-4">
        <LinkButton href={respondHref(id)} icon="respond" size="small">
          Respond
        </LinkButton>
        <Button icon="flag" size="small" onClick={() => onStart(id)}>
          Set as start
        </Button>
        <Button icon="target" size="small" onClick={() => onTarget(id)}>
          Set as target
        </Button>
      </div>
      {data.gaps.length > 0 && (
        <div className="px-4 pb-4">
          <GapNotes gaps={data.gaps} />
        </div>
      )}
      <Fold title="What falls" count={reaches.total} open={direction === 'forward'}>
        <ReachGroups from={[id]} summary={reaches} direction="forward" />
      </Fold>
      <Fold title="Reached by" count={reachedBy.total} open={direction === 'reverse'}>
        <ReachedBy reachedBy={reachedBy} />
      </Fold>
      {isIdentity(node.kind) && <IdentityFolds id={node.id} />}
      {node.kind === 'service-account' && <AccountIdentitiesFold account={`${node.namespace ?? ''}/${node.name}`} />}
      {permissions.length > 0 && (
        <Fold title="Permissions" count={permissions.length}>
          <PermissionsTable permissions={permissions} />
        </Fold>
      )}
      {statements.length > 0 && (
        <Fold title="AWS statements" count={statements.length}>
          <StatementsTable statements={statements} />
        </Fold>
      )}
      <Fold title="Ways out" count={data.out.total}>
        <EdgeList edges={data.out.edges} total={data.out.total} end="to" onEdge={onEdge} />
      </Fold>
      <Fold title="Ways in" count={data.in.total}>
        <EdgeList edges={data.in.edges} total={data.in.total} end="from" onEdge={onEdge} />
      </Fold>
      {data.properties.length > 0 && (
        <Fold title="Properties" count={data.properties.length} open={reaches.groups.length === 0}>
          <NodeProperties properties={data.properties} />
        </Fold>
      )}
      {data.yaml !== undefined && (
        <Fold title="Object">
          <YamlBlock text={data.yaml} />
        </Fold>
      )}
    </article>
  );
}

function ReachedBy({
  reachedBy,
}: {
  reachedBy: { readonly total: number; readonly pods: number; readonly sample: readonly Parameters<typeof NodeLink>[0]['node'][] };
}) {
  if (reachedBy.total === 0) return <p className="text-sm text-muted">Nothing that was read reaches it.</p>;
  return (
    <>
      <p className="mb-2 text-sm text-muted">
        {reachedBy.total} {reachedBy.total === 1 ? 'node reaches' : 'nodes reach'} it, {reachedBy.pods} of them{' '}
        {reachedBy.pods === 1 ? 'a pod' : 'pods'}.
      </p>
      <ul className="space-y-1">
        {reachedBy.sample.map((node) => (
          <li key={node.id} className="flex min-h-6 min-w-0 items-center">
            <NodeLink node={node} />
          </li>
        ))}
      </ul>
    </>
  );
}
