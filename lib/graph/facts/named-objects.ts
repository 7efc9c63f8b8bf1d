import type { NodeKind } from '../kinds.ts';
import type { Facts } from './facts.ts';

interface Index {
  /** Numbers below this one are in it; later ones are added when it is asked again. */
  upTo: number;
  readonly byName: Map<string, number[]>;
}

interface Indexes {
  /** Place of each namespace in the sorted list. */
  readonly ranks: ReadonlyMap<string, number>;
  readonly byKind: Map<NodeKind, Index>;
}

const remembered = new WeakMap<Facts, Indexes>();

function indexesOf(facts: Facts): Indexes {
  let known = remembered.get(facts);
  if (known === undefined) {
    known = { ranks: new Map(facts.everyNamespace.map((namespace, rank) => [namespace, rank])), byKind: new Map() };
    remembered.set(facts, known);
  }
  return known;
}

/** Objects of a kind that have a name, in whichever namespaces, in their order: what a right on this name across the cluster is about. */
export function namedObjects(facts: Facts, kind: NodeKind, name: string): readonly number[] {
  const { nodes } = facts;
  const { ranks, byKind } = indexesOf(facts);
  const index = byKind.get(kind) ?? { upTo: 0, byName: new Map<string, number[]>() };
  byKind.set(kind, index);
  for (; index.upTo < nodes.count; index.upTo += 1) {
    if (nodes.kinds[index.upTo] !== kind || !ranks.has(nodes.namespaces[index.upTo] as string)) continue;
    const list = index.byName.get(nodes.names[index.upTo] as string);
    if (list === undefined) index.byName.set(nodes.names[index.upTo] as string, [index.upTo]);
    else list.push(index.upTo);
  }
  const rankOf = (node: number): number => ranks.get(nodes.namespaces[node] as string) as number;
  const found = index.byName.get(name) ?? [];
  return found.length < 2 ? found : found.sort((one, other) => rankOf(one) - rankOf(other));
}
