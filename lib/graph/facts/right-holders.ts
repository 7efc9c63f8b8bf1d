import type { Grant, RbacIndex } from '../../access/rbac/bindings.ts';
import type { Role } from '../../inventory/kubernetes.ts';
import { type AnyOf, givesAny, type Right } from './rights.ts';
import type { SubjectFacts } from './subjects.ts';

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

/** What a rule may write for a resource: itself, everything, or the subresource of everything. Source: evaluation_helpers.go (`ResourceMatches`). */
const writtenAs = ({ resource, subresource = '' }: Right): readonly string[] =>
  subresource === '' ? ['*', resource] : ['*', `${resource}/${subresource}`, `*/${subresource}`];

/**
 * Who holds a right by grants of his own. Only roles that write the resource are asked, and each once: a right that nobody holds costs a look,
 * however many subjects there are.
 */
export class RightHolders {
  readonly #subjects: readonly SubjectFacts[];
  readonly #rolesByResource = new Map<string, Set<Role>>();
  readonly #placesByRole = new Map<Role, Set<number>>();
  readonly #known = new Map<AnyOf, readonly number[]>();

  constructor(subjects: readonly SubjectFacts[]) {
    this.#subjects = subjects;
    for (const [place, { own }] of subjects.entries())
      for (const { role } of own) if (role !== undefined) addTo(this.#placesByRole, role, place);
    for (const role of this.#placesByRole.keys())
      for (const { resources } of role.rules) for (const resource of resources) addTo(this.#rolesByResource, resource, role);
  }

  /** Places in the list of subjects, in its order. */
  placesOf(rights: AnyOf): readonly number[] {
    let places = this.#known.get(rights);
    if (places === undefined) {
      places = this.#search(rights);
      this.#known.set(rights, places);
    }
    return places;
  }

  /** The subjects, in the order of their list. */
  of(rights: AnyOf): readonly SubjectFacts[] {
    return this.placesOf(rights).map((place) => this.#subjects[place] as SubjectFacts);
  }

  #search(rights: AnyOf): readonly number[] {
    const roles = new Set<Role>();
    for (const right of rights)
      for (const written of writtenAs(right)) for (const role of this.#rolesByResource.get(written) ?? []) roles.add(role);
    const places = new Set<number>();
    for (const role of roles) if (givesAny(role, rights)) for (const place of this.#placesByRole.get(role) ?? []) places.add(place);
    return [...places].sort((one, other) => one - other);
  }
}

/** Tells whether a subject holds any of the rights, of its own or by a group: what one has to hold before anything else is asked of it. */
export function holdsAnyOf({ bySubject }: RbacIndex, rights: readonly AnyOf[]): (subject: SubjectFacts) => boolean {
  const gives = (grants: readonly Grant[]): boolean =>
    grants.some(({ role }) => role !== undefined && rights.some((one) => givesAny(role, one)));
  const groups = new Map<string, boolean>();
  const groupGives = (group: string): boolean => {
    const known = groups.get(group) ?? gives(bySubject.get(`group:${group}`) ?? []);
    groups.set(group, known);
    return known;
  };
  return (subject) => gives(subject.own) || subject.groups.some(groupGives);
}
