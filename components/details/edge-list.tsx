'use client';
import { useMemo, useState } from 'react';
import type { EdgeSummary } from '../../lib/api/contract.ts';
import type { EdgeKey } from '../graph/edge-key.ts';
import { Button } from '../ui/button.tsx';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { NodeLabel } from '../ui/node-label.tsx';

const SHOWN = 6;

interface EdgeListProps {
  readonly edges: readonly EdgeSummary[];
  readonly total: number;
  /** Which end is listed: the other one is the node at hand. */
  readonly end: 'from' | 'to';
  readonly onEdge: (edge: EdgeKey) => void;
}

/** Edges by technique; each opens its card with the evidence. */
export function EdgeList({ edges, total, end, onEdge }: EdgeListProps) {
  const groups = useMemo(() => byTechnique(edges), [edges]);
  if (edges.length === 0) return <p className="text-sm text-muted">None.</p>;
  return (
    <div className="space-y-3">
      {groups.map((group) => (
        <TechniqueGroup key={group[0]?.technique} edges={group} end={end} onEdge={onEdge} />
      ))}
      {total > edges.length && (
        <p className="text-xs text-muted">
          The {edges.length} most telling of {total} are listed.
        </p>
      )}
    </div>
  );
}

function TechniqueGroup({ edges, end, onEdge }: Omit<EdgeListProps, 'total'>) {
  const [all, setAll] = useState(false);
  const first = edges[0];
  if (!first) return null;
  return (
    <section>
      <h4 className="mb-1 flex items-center gap-2 text-xs font-medium text-muted">
        {first.title} <span className="tabular-nums">({edges.length})</span>
        {!first.walked && <span className="font-normal text-faint">not walked</span>}
      </h4>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {(all ? edges : edges.slice(0, SHOWN)).map((edge) => (
          <li key={edge[end].id}>
            <button
              type="button"
              onClick={() => onEdge({ from: edge.from.id, to: edge.to.id, technique: edge.technique })}
              className="flex min-h-8 w-full min-w-0 items-center gap-2 px-2.5 text-left hover:bg-sunken"
            >
              <span className="min-w-0 flex-1">
                <NodeLabel node={edge[end]} size={18} />
              </span>
              {edge.certainty !== 'certain' && <CertaintyBadge certainty={edge.certainty} />}
            </button>
          </li>
        ))}
      </ul>
      {!all && edges.length > SHOWN && (
        <Button size="small" look="ghost" onClick={() => setAll(true)}>
          Show all {edges.length}
        </Button>
      )}
    </section>
  );
}

function byTechnique(edges: readonly EdgeSummary[]): EdgeSummary[][] {
  const groups = new Map<string, EdgeSummary[]>();
  for (const edge of edges) {
    const group = groups.get(edge.technique);
    if (group) group.push(edge);
    else groups.set(edge.technique, [edge]);
  }
  return [...groups.values()];
}
