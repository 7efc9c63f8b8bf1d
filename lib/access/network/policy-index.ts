import type { StringMap } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy } from '../../inventory/network-policy.ts';
import { selects } from './selects.ts';

type Placed = readonly [place: number, policy: NetworkPolicy];

/** Policies of one namespace: those that ask for a label by the first one that they ask for, and the others. */
interface OfNamespace {
  readonly byLabel: Map<string, Map<string, Placed[]>>;
  readonly others: Placed[];
  /** Pods with the same labels have one object for them. */
  readonly known: WeakMap<StringMap, readonly NetworkPolicy[]>;
}

function keep(found: OfNamespace, placed: Placed): void {
  const [first] = placed[1].podSelector.matchLabels;
  if (first === undefined) {
    found.others.push(placed);
    return;
  }
  const [key, value] = first;
  const byValue = found.byLabel.get(key) ?? new Map<string, Placed[]>();
  found.byLabel.set(key, byValue);
  const list = byValue.get(value);
  if (list === undefined) byValue.set(value, [placed]);
  else list.push(placed);
}

function selecting({ byLabel, others }: OfNamespace, labels: StringMap): readonly NetworkPolicy[] {
  const near = [...others];
  for (const [key, value] of labels) for (const placed of byLabel.get(key)?.get(value) ?? []) near.push(placed);
  return near
    .filter(([, policy]) => selects(policy.podSelector, labels))
    .sort(([one], [other]) => one - other)
    .map(([, policy]) => policy);
}

/** NetworkPolicies, found by the pods that they select, of their own namespace alone: pods and policies are never held against each other one by one. */
export class PolicyIndex {
  readonly #byNamespace = new Map<string, OfNamespace>();

  constructor(policies: readonly NetworkPolicy[]) {
    for (const [place, policy] of policies.entries()) {
      const found = this.#byNamespace.get(policy.namespace) ?? { byLabel: new Map(), others: [], known: new WeakMap() };
      this.#byNamespace.set(policy.namespace, found);
      keep(found, [place, policy]);
    }
  }

  /** Policies that select a pod of the namespace with these labels, in the order in which they were given. */
  selecting({ namespace, labels }: { readonly namespace: string; readonly labels: StringMap }): readonly NetworkPolicy[] {
    const found = this.#byNamespace.get(namespace);
    if (found === undefined) return [];
    const known = found.known.get(labels) ?? selecting(found, labels);
    found.known.set(labels, known);
    return known;
  }
}
