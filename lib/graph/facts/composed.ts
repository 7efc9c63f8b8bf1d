import type { Grant } from '../../access/rbac/bindings.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { Facts } from './facts.ts';
import { groupsOfAll } from './one-group.ts';
import { type AnyOf, type Holding, holdings, type Part } from './rights.ts';
import type { SubjectFacts } from './subjects.ts';

/** One part of a precondition that takes several rights at once. */
export interface Need {
  readonly rights: AnyOf;
  /**
   * Names on which the right is enough beside any name. `chosen`: any name at all, because whoever asks gives the object its name; the
   * other parts with chosen names have to be held on the same one. Without it only rights on any name count.
   */
  readonly names?: readonly string[] | 'chosen';
  /** The resource lies in no namespace: only what is held across the cluster counts, though the other parts be held in a namespace. */
  readonly clusterWide?: true;
}

/** That a subject holds every part in one scope. */
export interface Composed {
  /** As of `Holding`: a namespace; empty: the whole cluster; `*`: every namespace. */
  readonly scope: string;
  /** The name on which the chosen parts are held; undefined: any. */
  readonly name?: string;
  readonly parts: readonly Part[];
}

/** How chosen names count. */
export interface Names {
  /** Whether a chosen name will do in a scope. */
  readonly usable?: (name: string, scope: string) => boolean;
  /** The gain differs by name: every name is told for itself, beside any name. Otherwise all are one gain, told once. */
  readonly each?: boolean;
}

/** What some grants give of a need: by scope, then by name. */
type Held = ReadonlyMap<string, ReadonlyMap<string | undefined, Holding>>;

/** What a subject holds of a need: of its own, then by each of its groups. */
interface Candidate {
  readonly need: Need;
  readonly held: readonly Held[];
}

function heldOf(grants: readonly Grant[], { rights, names, clusterWide }: Need): Held {
  const held = new Map<string, Map<string | undefined, Holding>>();
  for (const holding of holdings(grants, rights)) {
    const { scope, name } = holding;
    const nameCounts = name === undefined || names === 'chosen' || names?.includes(name) === true;
    if (!nameCounts || (clusterWide === true && scope !== '')) continue;
    const byName = held.get(scope) ?? new Map<string | undefined, Holding>();
    held.set(scope, byName.set(name, holding));
  }
  return held;
}

/** Scopes in which a right has to be held to hold in this one. */
const coveringScopes = (scope: string): readonly string[] => (scope === '' ? [''] : [...new Set(['', EVERYWHERE, scope])]);

/** The parts as held in a scope, on a chosen name or on any; undefined where one of them is not. */
function partsIn(candidates: readonly Candidate[], scope: string, chosen: string | undefined): readonly Part[] | undefined {
  const scopes = coveringScopes(scope);
  const parts: Part[] = [];
  for (const { need, held } of candidates) {
    const names = need.names === 'chosen' ? [undefined, ...(chosen === undefined ? [] : [chosen])] : [undefined, ...(need.names ?? [])];
    const by = scopes.flatMap((wider) => names.flatMap((name) => held.flatMap((one) => one.get(wider)?.get(name)?.by ?? [])));
    if (by.length === 0) return undefined;
    parts.push({ rights: need.rights, by });
  }
  return parts;
}

/** Names on which something is held in a scope, of those that whoever asks may choose. */
function namesIn(candidates: readonly Candidate[], scope: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { need, held } of candidates) {
    if (need.names !== 'chosen') continue;
    for (const wider of coveringScopes(scope))
      for (const one of held) for (const name of one.get(wider)?.keys() ?? []) if (name !== undefined) found.add(name);
  }
  return found;
}

/** Several ways to one gain as one: a part is lost only with all that gives it. */
function anyOfWays(ways: readonly (readonly Part[])[]): readonly Part[] {
  const [first = []] = ways;
  if (ways.length === 1) return first;
  return first.map(({ rights }, index) => ({ rights, by: [...new Set(ways.flatMap((parts) => parts[index]?.by ?? []))] }));
}

function* composedIn(candidates: readonly Candidate[], scope: string, { usable, each }: Names): Generator<Composed> {
  const onAny = partsIn(candidates, scope, undefined);
  const onNames = [...namesIn(candidates, scope)].flatMap((name) => {
    const parts = usable?.(name, scope) === false ? undefined : partsIn(candidates, scope, name);
    return parts === undefined ? [] : [{ scope, name, parts }];
  });
  if (each === true) {
    if (onAny !== undefined) yield { scope, parts: onAny };
    yield* onNames;
    return;
  }
  const ways = [...(onAny === undefined ? [] : [onAny]), ...onNames.map(({ parts }) => parts)];
  const [first] = onNames;
  if (onAny !== undefined) yield { scope, parts: anyOfWays(ways) };
  else if (first !== undefined) yield { ...first, parts: anyOfWays(ways) };
}

/** Everything that candidates give together, in scopes where it may be of interest. */
function* composedOf(candidates: readonly Candidate[], scopes: Iterable<string>, names: Names): Generator<Composed> {
  if (candidates.some(({ held }) => held.every(({ size }) => size === 0))) return;
  for (const scope of scopes) yield* composedIn(candidates, scope, names);
}

/** Every scope in which something is held, each once. */
const allScopes = (candidates: readonly Candidate[]): ReadonlySet<string> =>
  new Set(candidates.flatMap(({ held }) => held.flatMap((one) => [...one.keys()])));

/**
 * What groups give together and none of them by itself: where one does, the edge is that group's, and its members follow it there. Undefined: nothing
 * is left without those.
 */
function byGroupsTogether(composed: Composed): Composed | undefined {
  const alone = groupsOfAll(composed.parts);
  if (alone.size === 0) return composed;
  const parts = composed.parts.map(({ rights, by }) => ({ rights, by: by.filter(({ grant }) => !alone.has(grant.subject.name)) }));
  return parts.some(({ by }) => by.length === 0) ? undefined : { ...composed, parts };
}

/** What everybody holds of some needs, with what groups hold worked out once for all of their members. */
class Composing {
  readonly #needs: readonly Need[];
  readonly #names: Names;
  readonly #grantsOfGroup: (group: string) => readonly Grant[];
  readonly #ofGroup = new Map<string, readonly Held[]>();
  readonly #byGroups = new Map<string, readonly Composed[]>();

  constructor({ subjects }: Facts, needs: readonly Need[], names: Names) {
    this.#needs = needs;
    this.#names = names;
    this.#grantsOfGroup = (group) => subjects.rbac.bySubject.get(`group:${group}`) ?? [];
  }

  /** What a group holds of each need; empty: of none. */
  #heldBy(group: string): readonly Held[] {
    let held = this.#ofGroup.get(group);
    if (held === undefined) {
      const grants = this.#grantsOfGroup(group);
      held = this.#needs.map((need) => heldOf(grants, need));
      if (held.every(({ size }) => size === 0)) held = [];
      this.#ofGroup.set(group, held);
    }
    return held;
  }

  #candidates(own: readonly Held[], groups: readonly (readonly Held[])[]): readonly Candidate[] {
    const sources = own.length === 0 ? groups : [own, ...groups];
    return this.#needs.map((need, index) => ({ need, held: sources.map((source) => source[index] as Held) }));
  }

  /** What several groups give together. One group by itself is no such thing: most accounts have nothing, and cost nothing. */
  byGroups({ groups }: SubjectFacts): readonly Composed[] {
    const holding = groups.filter((group) => this.#heldBy(group).length > 0);
    if (holding.length < 2) return [];
    const key = holding.join('\n');
    let found = this.#byGroups.get(key);
    if (found === undefined) {
      const candidates = this.#candidates(
        [],
        holding.map((group) => this.#heldBy(group)),
      );
      found = [...composedOf(candidates, allScopes(candidates), this.#names)].flatMap((composed) => byGroupsTogether(composed) ?? []);
      this.#byGroups.set(key, found);
    }
    return found;
  }

  /** What a subject has of its own, and what it has with its groups or they together. */
  *ofSubject(subject: SubjectFacts): Generator<Composed> {
    const ownHeld = this.#needs.map((need) => heldOf(subject.own, need));
    const groups = subject.groups.map((group) => this.#heldBy(group)).filter(({ length }) => length > 0);
    const candidates = this.#candidates(ownHeld, groups);
    const own = new Set(subject.own);
    for (const composed of composedOf(candidates, scopesFor(candidates, groups.length), this.#names)) {
      const isOwn = composed.parts.some(({ by }) => by.some(({ grant }) => own.has(grant)));
      const told = isOwn ? composed : byGroupsTogether(composed);
      if (told !== undefined) yield told;
    }
  }
}

/**
 * Scopes in which something comes of it that is not one group's alone: where fewer than two groups hold any of it, those in which the subject
 * (first among what is held) holds some, as a group may hold it in thousands.
 */
function scopesFor(candidates: readonly Candidate[], groups: number): ReadonlySet<string> {
  const own = new Set(candidates.flatMap(({ held }) => [...(held[0]?.keys() ?? [])]));
  if (groups !== 1 || own.has('') || own.has(EVERYWHERE)) return allScopes(candidates);
  const found = new Set<string>();
  for (const { held } of candidates) {
    const [ofSubject, ofGroup] = held as [Held, Held];
    for (const scope of ofSubject.keys()) found.add(scope);
    const beside = new Set([...own].filter((scope) => !found.has(scope) && ofGroup.has(scope)));
    // In the group's order, for which it is gone through only where there is an order to keep.
    for (const scope of beside.size > 1 ? ofGroup.keys() : beside) if (beside.has(scope)) found.add(scope);
  }
  return found;
}

/**
 * Calls back for every subject that holds all of the needs in composing scopes, its groups' rights counted, whichever bindings they come
 * from: by rights of its own, or by those of several groups together. What one group holds by itself is told of that group alone.
 */
export function eachComposed(
  facts: Facts,
  needs: readonly Need[],
  visit: (subject: SubjectFacts, composed: Composed) => void,
  names: Names = {},
): void {
  const { all } = facts.subjects;
  const composing = new Composing(facts, needs, names);
  const holders = new Set(needs.flatMap(({ rights }) => facts.holders.placesOf(rights)).sort((one, other) => one - other));
  const groups = [...holders].filter((place) => facts.nodes.kinds[(all[place] as SubjectFacts).node] === 'group');
  // Only where several groups hold some of it can their members hold something that none of them is told for.
  for (const place of groups.length < 2 ? holders : all.keys()) {
    const subject = all[place] as SubjectFacts;
    for (const composed of holders.has(place) ? composing.ofSubject(subject) : composing.byGroups(subject)) visit(subject, composed);
  }
}
