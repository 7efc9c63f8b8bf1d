'use client';
import type { CanvasNode, GraphAnswer } from '../../lib/api/contract.ts';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { Name } from '../ui/name.tsx';

const FEW = 12;

/** What to read while nothing is selected: where the riskiest chains begin. */
export function StartPanel({ graph, onSelect }: { graph: GraphAnswer | undefined; onSelect: (id: string) => void }) {
  const entries = graph === undefined ? [] : beginnings(graph);
  return (
    <div className="p-4">
      <h2 className="text-base font-semibold">Riskiest chains</h2>
      <p className="mt-1 text-sm text-muted">
        From workloads on the left to what an attacker is after on the right. Select a card to see everything that falls with it.
      </p>
      {entries.length > 0 && (
        <>
          <h3 className="mb-1.5 mt-5 text-xs font-semibold text-muted">Where they begin</h3>
          <ul className="space-y-0.5">
            {entries.slice(0, FEW).map((node) => (
              <li key={node.id}>
                <button
                  type="button"
                  onClick={() => onSelect(node.id)}
                  className="flex min-h-9 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left hover:bg-sunken"
                >
                  <KindIcon kind={node.kind} size={22} title={KIND_LABELS[node.kind].one} />
                  <span className="flex min-w-0 flex-col">
                    <Name>{node.label}</Name>
                    {node.namespace !== undefined && (
                      <span className="truncate text-xs text-muted">
                        <bdi>{node.namespace}</bdi>
                        {node.count > 1 && ` · ${node.count} pods`}
                      </span>
                    )}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Workloads and pods that something drawn starts at, in the order of the answer. */
function beginnings(graph: GraphAnswer): CanvasNode[] {
  const starts = new Set(graph.edges.map((edge) => edge.from));
  return graph.nodes.filter((node) => starts.has(node.id) && (node.kind === 'workload' || node.kind === 'pod'));
}
