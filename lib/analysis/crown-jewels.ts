import type { NodeKind } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';

/** Kinds of which every node is a crown jewel. */
const JEWELS: ReadonlySet<NodeKind> = new Set(['cluster-admin', 'node', 'aws-admin', 'gcp-admin', 'azure-admin']);

/** Where the control plane keeps its secrets. */
const SYSTEM_NAMESPACE = 'kube-system';

/** What nobody should reach where nobody says otherwise: cluster admin, nodes, secrets of kube-system, administrators of cloud accounts. */
export function crownJewels({ nodes }: Graph): readonly number[] {
  const jewels: number[] = [];
  for (let node = 0; node < nodes.count; node += 1) {
    const kind = nodes.kinds[node] as NodeKind;
    if (JEWELS.has(kind) || (kind === 'secret' && nodes.namespaces[node] === SYSTEM_NAMESPACE)) jewels.push(node);
  }
  return jewels;
}
