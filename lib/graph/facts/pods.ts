import type { Inventory } from '../../inventory/inventory.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import type { NodeTableBuilder } from '../table-builder.ts';

/** Pods as columns: place i of each list is about `inventory.kubernetes.pods[i]`. */
export interface PodFacts {
  readonly pods: readonly Pod[];
  readonly node: Int32Array;
  readonly serviceAccount: Int32Array;
  /** Number of the node that the pod is scheduled on, or -1. */
  readonly scheduledOn: Int32Array;
  /** 1 where containers can be running: a pod that has ended can neither be compromised nor entered. */
  readonly live: Uint8Array;
  readonly byNamespace: ReadonlyMap<string, readonly number[]>;
  /** Places of the pods on a node, by the node's number. */
  readonly byNode: ReadonlyMap<number, readonly number[]>;
  /** Place of a pod by its node's number. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** What `decide` says of a spec, worked out once for all copies of a template. */
  readonly perSpec: <T>(decide: (spec: PodSpec) => T) => (place: number) => T;
}

function listAt<K>(map: Map<K, number[]>, key: K): number[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: number[] = [];
  map.set(key, list);
  return list;
}

const ended = (pod: Pod): boolean => pod.phase === 'Succeeded' || pod.phase === 'Failed';

/** Interns a node for each pod, its service account and its node, and indexes them. */
export function podFacts(inventory: Inventory, nodes: NodeTableBuilder): PodFacts {
  const { pods } = inventory.kubernetes;
  const facts = {
    pods,
    node: new Int32Array(pods.length),
    serviceAccount: new Int32Array(pods.length),
    scheduledOn: new Int32Array(pods.length).fill(-1),
    live: new Uint8Array(pods.length),
    byNamespace: new Map<string, number[]>(),
    byNode: new Map<number, number[]>(),
    placeOf: new Map<number, number>(),
    perSpec,
  };
  for (const [place, pod] of pods.entries()) {
    const node = nodes.intern('pod', pod.name, pod.namespace, pod);
    facts.node[place] = node;
    facts.placeOf.set(node, place);
    facts.serviceAccount[place] = nodes.intern('service-account', pod.spec.serviceAccountName, pod.namespace);
    facts.live[place] = ended(pod) ? 0 : 1;
    listAt(facts.byNamespace, pod.namespace).push(place);
    if (pod.nodeName === undefined || pod.nodeName === '') continue;
    const scheduledOn = nodes.intern('node', pod.nodeName);
    facts.scheduledOn[place] = scheduledOn;
    listAt(facts.byNode, scheduledOn).push(place);
  }
  return facts;

  function perSpec<T>(decide: (spec: PodSpec) => T): (place: number) => T {
    const decided = new Map<PodSpec, T>();
    return (place) => {
      const { spec } = pods[place] as Pod;
      const known = decided.get(spec);
      if (known !== undefined || decided.has(spec)) return known as T;
      const answer = decide(spec);
      decided.set(spec, answer);
      return answer;
    };
  }
}
