import { writtenIn, writtenPointer } from '../../access/pod/written-in.ts';
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

/** Evidence in a pod, or in the controller whose template it would be made from. */
export function podEvidence(pod: Pod, pointer: string, says: string): Evidence {
  const place = writtenIn(pod, pointer);
  return objectEvidence(place.kind, { ...place, ...(pod.uid === undefined ? {} : { uid: pod.uid }) }, place.pointer, says);
}

/** Evidence in the object behind a node, where it was read; otherwise the name alone. */
export function nodeEvidence(nodes: NodeTable, node: number, at: { kind: string; pointer: string; says: string }): Evidence {
  const record = nodes.records[node] as Secret | ServiceAccount | Workload | Pod | undefined;
  if (nodes.kinds[node] === 'pod' && record !== undefined) return podEvidence(record as Pod, at.pointer, at.says);
  const namespace = nodes.namespaces[node];
  return {
    kind: at.kind,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
    name: nodes.names[node] as string,
    ...(record?.uid === undefined ? {} : { uid: record.uid }),
    pointer: record === undefined || record.uid !== undefined ? at.pointer : writtenPointer({ namespace: namespace ?? '' }, at.pointer),
    says: at.says,
  };
}
