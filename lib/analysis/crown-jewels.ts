import type { NodeKind } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import { GROUPS, kindOfNodes, type Severity } from './summary.ts';

/** Kinds of which every node is a crown jewel, beside the one that nodes of the cluster have. */
const JEWELS: ReadonlySet<NodeKind> = new Set(['cluster-admin', 'aws-admin', 'gcp-admin', 'azure-admin']);

/** Where the control plane keeps its secrets. */
const SYSTEM_NAMESPACE = 'kube-system';

/**
 * What nobody should reach: cluster admin, nodes, secrets of kube-system, administrators of cloud accounts, and what somebody has marked besides.
 * In the order of the graph, none twice.
 */
export function crownJewels(graph: Graph, marked: readonly number[] = []): readonly number[] {
  const { nodes } = graph;
  const also = new Set(marked);
  const jewels: number[] = [];
  const standsForNodes = kindOfNodes(graph);
  for (let node = 0; node < nodes.count; node += 1) {
    const kind = nodes.kinds[node] as NodeKind;
    if (JEWELS.has(kind) || kind === standsForNodes || also.has(node) || (kind === 'secret' && nodes.namespaces[node] === SYSTEM_NAMESPACE))
      jewels.push(node);
  }
  return jewels;
}

const SEVERITY_OF = new Map<NodeKind, Severity>(
  GROUPS.flatMap(({ kinds, severity }) => kinds.map((kind): [NodeKind, Severity] => [kind, severity])),
);

/** How bad it is that somebody reaches a jewel: what the kind says, and never less than high, as it is one. One step below where the way is conditional. */
export function jewelSeverity(kind: NodeKind, certainty: 'certain' | 'conditional'): Severity {
  const isCritical = SEVERITY_OF.get(kind) === 'critical';
  if (certainty === 'certain') return isCritical ? 'critical' : 'high';
  return isCritical ? 'high' : 'medium';
}
