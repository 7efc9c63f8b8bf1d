'use client';
import type { GraphAnswer } from '../../lib/api/contract.ts';
import { useNode } from '../api/use-node.ts';
import { IconButton, LinkButton } from '../ui/button.tsx';
import { NodeLink } from './node-link.tsx';
import { ReachGroups, ReachVerdict } from './reach-summary.tsx';

/** Several nodes at once: which, and what they reach together. */
export function SelectionPanel({
  ids,
  graph,
  onRemove,
}: {
  ids: readonly string[];
  graph: GraphAnswer | undefined;
  onRemove: (id: string) => void;
}) {
  const search = new URLSearchParams(ids.map((id) => ['from', id]));
  return (
    <section aria-labelledby="selection-title" className="pb-6">
      <h2 id="selection-title" className="px-4 pb-2 pt-4 text-base font-semibold">
        {ids.length} selected
      </h2>
      <ul className="mb-4 space-y-1 px-4">
        {ids.map((id) => (
          <li key={id} className="flex min-w-0 items-center gap-2">
            <span className="min-w-0 flex-1">
              <SelectedNode id={id} />
            </span>
            <IconButton label={`Remove ${id}`} icon="close" size="small" onClick={() => onRemove(id)} />
          </li>
        ))}
      </ul>
      {graph?.summary && (
        <>
          <ReachVerdict summary={graph.summary} />
          <div className="space-y-3 px-4">
            <LinkButton href={`/respond?${search.toString()}`} icon="respond" size="small">
              Respond
            </LinkButton>
            <ReachGroups from={ids} summary={graph.summary} direction="forward" />
          </div>
        </>
      )}
    </section>
  );
}

function SelectedNode({ id }: { id: string }) {
  const { data } = useNode(id);
  return data && data.node.id === id ? <NodeLink node={data.node} /> : <bdi className="block truncate font-mono text-xs">{id}</bdi>;
}
