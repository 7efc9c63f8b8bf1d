import { type Composed, eachComposed } from './composed.ts';
import type { Facts } from './facts.ts';
import type { AnyOf } from './rights.ts';
import type { SubjectFacts } from './subjects.ts';

/**
 * Calls back for every subject that holds a right on something cluster-wide, which no RoleBinding gives, and a second one in some scope,
 * whichever bindings they come from.
 */
export function eachClusterWideWith(
  facts: Facts,
  clusterWide: AnyOf,
  other: AnyOf,
  visit: (subject: SubjectFacts, composed: Pick<Composed, 'scope' | 'parts'>) => void,
): void {
  eachComposed(facts, [{ rights: clusterWide }, { rights: other }], (subject, { scope, parts: [wide, second] }) => {
    const by = wide?.by.filter(({ grant }) => grant.scope === '') ?? [];
    if (by.length > 0 && second !== undefined) visit(subject, { scope, parts: [{ rights: clusterWide, by }, second] });
  });
}
