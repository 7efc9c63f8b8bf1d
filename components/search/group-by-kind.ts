import type { NodeSummary } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';

export interface KindGroup {
  readonly kind: NodeKind;
  readonly nodes: readonly NodeSummary[];
}

/** Results by kind, kinds in the order of their best result. */
export function groupByKind(nodes: readonly NodeSummary[]): readonly KindGroup[] {
  const groups = new Map<NodeKind, NodeSummary[]>();
  for (const node of nodes) {
    const group = groups.get(node.kind);
    if (group) group.push(node);
    else groups.set(node.kind, [node]);
  }
  return [...groups].map(([kind, members]) => ({ kind, nodes: members }));
}
