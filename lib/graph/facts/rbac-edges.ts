import type { NodeKind } from '../kinds.ts';
import { EVERYWHERE, ID_PREFIX } from '../node-id.ts';
import { type Everything, everything, hasAny } from './everything.ts';
import type { Facts, Proof } from './facts.ts';
import { namedObjects } from './named-objects.ts';
import type { AnyOf, Holding } from './rights.ts';
import type { SubjectFacts } from './subjects.ts';

/** Kinds that live in namespaces and have a node for all of them. */
export type NamespacedEverything = Extract<Everything, 'all-pods' | 'all-secrets' | 'all-service-accounts'>;

const MEMBER = { 'all-pods': 'pod', 'all-secrets': 'secret', 'all-service-accounts': 'service-account' } as const;

/** Whether the node is a pod that has ended, which nobody can enter any more. */
function hasEnded({ pods }: Facts, node: number): boolean {
  const place = pods.placeOf.get(node);
  return place !== undefined && pods.live[place] === 0;
}

/** What a holding reaches: everything of the kind in its scope, or the one object that it names, where that exists and lives. */
export function* reachedBy(facts: Facts, kind: NamespacedEverything, holding: Holding): Generator<number> {
  const { scope, name } = holding;
  if (name === undefined) {
    if (hasAny(facts, kind, scope)) yield everything(facts, kind, scope);
    return;
  }
  for (const node of named(facts, MEMBER[kind], { scope, name })) if (!hasEnded(facts, node)) yield node;
}

/** The object of this name in the scope, where it is there; across the cluster that of every namespace. */
function named(facts: Facts, kind: NodeKind, { scope, name }: { readonly scope: string; readonly name: string }): readonly number[] {
  if (scope === '' || scope === EVERYWHERE) return namedObjects(facts, kind, name);
  const node = facts.nodes.indexOf(`${ID_PREFIX[kind]}:${scope}/${name}`);
  return node === undefined ? [] : [node];
}

/** Calls back with every target of a right over objects of a kind, each subject and target once, with its proof kept. */
export function eachReached(
  facts: Facts,
  rights: AnyOf,
  kind: NamespacedEverything,
  visit: (subject: SubjectFacts, target: number, detail: number) => void,
): void {
  facts.eachHolding(rights, (subject, holding) => {
    let detail: number | undefined;
    for (const target of reachedBy(facts, kind, holding)) {
      detail ??= facts.keep({ parts: [{ rights, by: holding.by }] });
      visit(subject, target, detail);
    }
  });
}

/** The proof behind an edge whose detail is the number that `keep` gave. */
export function proofOf(facts: Facts, detail: number): Proof {
  const proof = facts.proofs[detail];
  if (proof === undefined) throw new Error(`no proof ${detail}`);
  return proof;
}
