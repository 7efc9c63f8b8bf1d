import type { NodeSummary } from '../../lib/api/contract.ts';
import { IconButton } from '../ui/button.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref, qualifiedName } from '../ui/node-name.ts';

/** What is marked as compromised, each with a cross. An id that nobody knows (yet) is shown as it is. */
export function StartChips({
  ids,
  nodes,
  onRemove,
}: {
  ids: readonly string[];
  nodes: readonly NodeSummary[];
  onRemove: (id: string) => void;
}) {
  if (ids.length === 0) return null;
  const known = new Map(nodes.map((node) => [node.id, node]));
  return (
    <ul aria-label="Compromised" className="flex min-w-0 max-w-full flex-wrap gap-2">
      {ids.map((id) => {
        const node = known.get(id);
        return (
          <li key={id} className="inline-flex h-8 min-w-0 max-w-full items-center gap-1 rounded-lg border border-line bg-surface pr-1 pl-2">
            {node ? (
              <NodeLabel node={node} href={explorerHref(id)} showKind />
            ) : (
              <bdi className="truncate font-mono text-[0.8125rem]">{id}</bdi>
            )}
            <IconButton
              label={`Remove ${node ? qualifiedName(node) : id}`}
              icon="close"
              size="small"
              className="print:hidden"
              onClick={() => onRemove(id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
