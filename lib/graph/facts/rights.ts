import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import { ruleAllows } from '../../access/rbac/rule.ts';
import type { PolicyRule, Role } from '../../inventory/kubernetes.ts';
import { EVERYWHERE } from '../node-id.ts';

/** A right in the words of RBAC: any one of the verbs on the resource. */
export interface Right {
  readonly verbs: readonly string[];
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
  /** The request carries the object's name though its verb is `create`: server-side apply of an object that is not there yet. */
  readonly named?: true;
}

/** Where a right is held, on which names, and the rules that give it. */
export interface Holding {
  /** A namespace; empty: the whole cluster; `*`: every namespace, yet nothing cluster-wide. */
  readonly scope: string;
  /** One object's name; undefined: any. */
  readonly name?: string;
  readonly by: readonly GrantedRule[];
}

/** Rights of which any one will do. */
export type AnyOf = readonly Right[];

/** One part of a precondition, with every rule that gives it. */
export interface Part {
  readonly rights: AnyOf;
  readonly by: readonly GrantedRule[];
}

/** Two ways to the same edge as one, part by part, so that each part names everybody who would have to lose it. */
export function eitherWay(one: readonly Part[], other: readonly Part[]): readonly Part[] {
  return one.map(({ rights, by }, index) => ({
    rights: [...new Set([...rights, ...(other[index]?.rights ?? [])])],
    by: [...by, ...(other[index]?.by ?? [])],
  }));
}

/** `create pods/exec`, as people say it. */
export const describeRights = (rights: AnyOf): string => rights.map(describeRight).join(', or ');

function describeRight(right: Right): string {
  const resource = right.subresource === undefined ? right.resource : `${right.resource}/${right.subresource}`;
  return `${right.verbs.join(' or ')} ${resource}${right.apiGroup === '' ? '' : `.${right.apiGroup}`}`;
}

/** Requests that carry no name, so that a rule with resourceNames never allows them. */
const NAMELESS_VERBS = new Set(['create', 'deletecollection']);

type Names = 'none' | 'any' | readonly string[];

/** Verbs of a right that one rule gives on any name, whatever names it has. */
function verbsOnAnyName(rule: PolicyRule, { verbs, apiGroup, resource, subresource = '' }: Right): readonly string[] {
  const anyName = { ...rule, resourceNames: [] };
  return verbs.filter((verb) => ruleAllows(anyName, { verb, apiGroup, resource, subresource, name: '' }));
}

/** Whether a request carries no name, so that a rule with names does not give it. Create of a subresource carries its parent's name. */
const isNameless = (verb: string, { subresource = '', named }: Right): boolean =>
  subresource === '' && named !== true && NAMELESS_VERBS.has(verb);

/** Verbs of a right that one rule gives, on any name or on its own. */
export const verbsUnder = (rule: PolicyRule, right: Right): readonly string[] =>
  verbsOnAnyName(rule, right).filter((verb) => rule.resourceNames.length === 0 || !isNameless(verb, right));

/** On which names one rule gives a right. Source: evaluation_helpers.go (`ResourceNameMatches`). */
function namesUnder(rule: PolicyRule, right: Right): Names {
  if (verbsUnder(rule, right).length === 0) return 'none';
  return rule.resourceNames.length === 0 ? 'any' : rule.resourceNames;
}

/** On which names one rule gives any of the rights. */
function namesOfAny(rule: PolicyRule, rights: AnyOf): Names {
  const named = new Set<string>();
  for (const right of rights) {
    const found = namesUnder(rule, right);
    if (found === 'any') return 'any';
    if (found !== 'none') for (const name of found) named.add(name);
  }
  return named.size === 0 ? 'none' : [...named];
}

/** A rule of a role that gives one of some rights: on any name (undefined) or on these. */
interface Match {
  readonly rule: PolicyRule;
  readonly ruleIndex: number;
  readonly names: readonly (string | undefined)[];
}

/** Matches by rights and role: a role is asked once per technique, however many bindings give it to however many subjects. */
const remembered = new WeakMap<AnyOf, WeakMap<Role, readonly Match[]>>();

function matchesOf(role: Role, rights: AnyOf): readonly Match[] {
  let byRole = remembered.get(rights);
  if (byRole === undefined) {
    byRole = new WeakMap();
    remembered.set(rights, byRole);
  }
  let matches = byRole.get(role);
  if (matches === undefined) {
    matches = role.rules.flatMap((rule, ruleIndex): Match[] => {
      const names = namesOfAny(rule, rights);
      return names === 'none' ? [] : [{ rule, ruleIndex, names: names === 'any' ? [undefined] : names }];
    });
    byRole.set(role, matches);
  }
  return matches;
}

/** Whether a role gives any of the rights, on whatever name. */
export const givesAny = (role: Role, rights: AnyOf): boolean => matchesOf(role, rights).length > 0;

/** Each rule of the grants that gives any of the rights, once for every name that it gives it on. */
function* givingRules(grants: readonly Grant[], rights: AnyOf): Generator<{ name: string | undefined; by: GrantedRule }> {
  for (const grant of grants) {
    if (grant.role === undefined) continue;
    for (const { rule, ruleIndex, names } of matchesOf(grant.role, rights))
      for (const name of names) yield { name, by: { grant, rule, ruleIndex } };
  }
}

/**
 * Where these grants give any of the rights: one holding per scope for any name, and one per scope and name. Every rule that
 * contributes is listed, so that it is known whether removing one binding closes it.
 */
export function holdings(grants: readonly Grant[], rights: AnyOf): readonly Holding[] {
  const found = new Map<string, { scope: string; name?: string; by: GrantedRule[] }>();
  for (const { name, by } of givingRules(grants, rights)) {
    const { scope } = by.grant;
    const key = name === undefined ? scope : `${scope}\n${name}`;
    const entry = found.get(key);
    if (entry !== undefined) entry.by.push(by);
    else found.set(key, { scope, ...(name === undefined ? {} : { name }), by: [by] });
  }
  return [...found.values()];
}

/** Whether a holding in one scope covers a namespace (or, for an empty namespace, the whole cluster). */
export const covers = (holding: Holding, namespace: string): boolean =>
  holding.scope === '' || holding.scope === namespace || (holding.scope === EVERYWHERE && namespace !== '');
