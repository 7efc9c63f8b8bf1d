import type { Pod, Secret, ServiceAccount, Workload } from '../../inventory/kubernetes.ts';
import type { Evidence, NodeTable } from '../model.ts';

/** Evidence in a namespaced object that the inventory holds. */
export function objectEvidence(
  kind: string,
  object: { namespace?: string; name: string; uid?: string },
  pointer: string,
  says: string,
): Evidence {
  return {
    kind,
    ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
    name: object.name,
    ...(object.uid === undefined ? {} : { uid: object.uid }),
    pointer,
    says,
  };
}

export const podEvidence = (pod: Pod, pointer: string, says: string): Evidence => objectEvidence('Pod', pod, pointer, says);

/** Evidence in the object behind a node, where it was read; otherwise the name alone. */
export function nodeEvidence(nodes: NodeTable, node: number, at: { kind: string; pointer: string; says: string }): Evidence {
  const record = nodes.records[node] as Secret | ServiceAccount | Workload | undefined;
  const namespace = nodes.namespaces[node];
  return {
    kind: at.kind,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
    name: nodes.names[node] as string,
    ...(record?.uid === undefined ? {} : { uid: record.uid }),
    pointer: at.pointer,
    says: at.says,
  };
}
