import { hasEnded } from '../../inventory/has-ended.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import type { NodeTableBuilder } from '../table-builder.ts';

/** What copies of one template have in common: their spec and their namespace. */
export interface Template {
  readonly spec: PodSpec;
  readonly namespace: string;
}

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
  /** Namespaces in which a pod lives. */
  readonly liveNamespaces: ReadonlySet<string>;
  /** Places of the pods on a node, by the node's number. */
  readonly byNode: ReadonlyMap<number, readonly number[]>;
  /** Place of a pod by its node's number; undefined for a node that is no pod. */
  readonly placeOf: { readonly get: (node: number) => number | undefined };
  /** What `decide` says of a template, worked out once for all of its copies: most of 100,000 pods are copies. */
  readonly perTemplate: <T>(decide: (template: Template) => T) => (place: number) => T;
}

function listAt<K>(map: Map<K, number[]>, key: K): number[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: number[] = [];
  map.set(key, list);
  return list;
}

/** Numbers the templates of pods: equal specs are one object in the inventory. */
function templatesOf(pods: readonly Pod[]): { templates: readonly Template[]; templateOf: Int32Array } {
  const numbers = new Map<PodSpec, Map<string, number>>();
  const templates: Template[] = [];
  const templateOf = new Int32Array(pods.length);
  for (const [place, { spec, namespace }] of pods.entries()) {
    let byNamespace = numbers.get(spec);
    if (byNamespace === undefined) {
      byNamespace = new Map();
      numbers.set(spec, byNamespace);
    }
    let template = byNamespace.get(namespace);
    if (template === undefined) {
      template = templates.push({ spec, namespace }) - 1;
      byNamespace.set(namespace, template);
    }
    templateOf[place] = template;
  }
  return { templates, templateOf };
}

/** Interns a node for each pod; they get numbers in a row, so that a place is a subtraction away. */
function internPods(pods: readonly Pod[], nodes: NodeTableBuilder): { node: Int32Array; placeOf: PodFacts['placeOf'] } {
  const begin = nodes.count;
  const node = Int32Array.from(pods, (pod) => nodes.intern('pod', pod.name, pod.namespace, pod));
  if (nodes.count !== begin + pods.length) throw new Error('a pod is in the inventory twice');
  return { node, placeOf: { get: (number) => (number >= begin && number < begin + pods.length ? number - begin : undefined) } };
}

/** Interns a node for each pod, its service account and its node, and indexes them. */
export function podFacts(inventory: Inventory, nodes: NodeTableBuilder): PodFacts {
  const { pods } = inventory.kubernetes;
  const { templates, templateOf } = templatesOf(pods);
  const perTemplate: PodFacts['perTemplate'] = (decide) => {
    const decided: ReturnType<typeof decide>[] = [];
    const known = new Uint8Array(templates.length);
    return (place) => {
      const template = templateOf[place] as number;
      if (known[template] === 0) {
        known[template] = 1;
        decided[template] = decide(templates[template] as Template);
      }
      return decided[template] as ReturnType<typeof decide>;
    };
  };
  const facts = {
    pods,
    ...internPods(pods, nodes),
    serviceAccount: new Int32Array(pods.length),
    scheduledOn: new Int32Array(pods.length).fill(-1),
    live: new Uint8Array(pods.length),
    byNamespace: new Map<string, number[]>(),
    liveNamespaces: new Set<string>(),
    byNode: new Map<number, number[]>(),
    perTemplate,
  };
  const accountOf = perTemplate(({ spec, namespace }) => nodes.intern('service-account', spec.serviceAccountName, namespace));
  const placesOf = perTemplate(({ namespace }) => listAt(facts.byNamespace, namespace));
  const hosts = new Map<string, number>();
  for (const [place, pod] of pods.entries()) {
    facts.serviceAccount[place] = accountOf(place);
    if (!hasEnded(pod)) {
      facts.live[place] = 1;
      facts.liveNamespaces.add(pod.namespace);
    }
    placesOf(place).push(place);
    if (pod.nodeName === undefined || pod.nodeName === '') continue;
    const host = hosts.get(pod.nodeName) ?? nodes.intern('node', pod.nodeName);
    hosts.set(pod.nodeName, host);
    facts.scheduledOn[place] = host;
    listAt(facts.byNode, host).push(place);
  }
  return facts;
}
