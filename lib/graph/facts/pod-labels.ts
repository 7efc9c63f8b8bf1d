import { selects } from '../../access/network/selects.ts';
import type { LabelSelector, Pod, StringMap } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';

type ByValue = Map<string, number[]>;

/** Live pods by the labels that selectors ask for, so that no selector is held against every pod. */
export interface PodsByLabel {
  /** Places of the live pods of a namespace that have all of these labels. */
  readonly withLabels: (namespace: string, labels: StringMap) => readonly number[];
  /** Places of the live pods that a selector selects: of a namespace, or of all. */
  readonly selected: (selector: LabelSelector, namespace?: string) => readonly number[];
}

/** Indexes live pods by some label keys; a selector without any of those is held against every pod of the namespace. */
export function podsByLabel({ pods }: Facts, keys: ReadonlySet<string>): PodsByLabel {
  const index = new Map<string, Map<string, ByValue>>();
  for (const [place, { namespace, labels }] of pods.pods.entries()) {
    if (pods.live[place] === 0) continue;
    for (const key of keys) {
      const value = labels.get(key);
      if (value !== undefined) listAt(mapAt(mapAt(index, namespace), key), value).push(place);
    }
  }
  const podAt = (place: number): Pod => pods.pods[place] as Pod;
  const withLabels = (namespace: string, labels: StringMap): readonly number[] => {
    const ofNamespace = index.get(namespace);
    let fewest: readonly number[] | undefined;
    for (const [key, value] of labels) {
      if (!keys.has(key)) continue;
      const found = ofNamespace?.get(key)?.get(value) ?? [];
      if (fewest === undefined || found.length < fewest.length) fewest = found;
    }
    const all = fewest ?? (pods.byNamespace.get(namespace) ?? []).filter((place) => pods.live[place] === 1);
    return all.filter((place) => [...labels].every(([key, value]) => podAt(place).labels.get(key) === value));
  };
  const candidates = (namespace: string, { matchLabels, matchExpressions }: LabelSelector): readonly number[] => {
    if (matchLabels.size > 0) return withLabels(namespace, matchLabels);
    const key = matchExpressions.find((one) => one.operator === 'Exists' && keys.has(one.key))?.key;
    return key === undefined ? withLabels(namespace, matchLabels) : [...(index.get(namespace)?.get(key)?.values() ?? [])].flat();
  };
  return {
    withLabels,
    selected: (selector, namespace) =>
      (namespace === undefined ? [...index.keys()] : [namespace])
        .flatMap((one) => candidates(one, selector))
        .filter((place) => selects(selector, podAt(place).labels)),
  };
}

function mapAt<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, V>();
  map.set(key, made);
  return made;
}

function listAt(map: ByValue, key: string): number[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: number[] = [];
  map.set(key, made);
  return made;
}
