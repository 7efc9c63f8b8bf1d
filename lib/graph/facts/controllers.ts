import { DEPUTIES } from '../../access/deputies/deputies.ts';
import type { Deputy } from '../../access/deputies/deputy.ts';
import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import type { PolicyRule, Role } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';
import { type AnyOf, holdings } from './rights.ts';
import { isEverywhere } from './scopes.ts';
import type { SubjectFacts } from './subjects.ts';

/** A service account that is taken for that of a deputy's controller, and why. */
export interface Controller {
  readonly node: number;
  readonly namespace: string;
  readonly name: string;
  /** By its name and its rights, or by its rights alone. */
  readonly knownBy: 'name' | 'rights';
  /** Whether a pod runs as it. */
  readonly runs: boolean;
  /** Where it may watch the resources: namespaces; empty or `*`: everywhere. */
  readonly scopes: readonly string[];
  /** Rules by which it may; none where its name alone decides. */
  readonly by: readonly GrantedRule[];
}

/** Controllers of one deputy that look everywhere: more than these would make as many edges for everybody, and say nothing more. */
const LOOKING_EVERYWHERE = 8;

const watchOf = (deputy: Deputy): AnyOf =>
  (deputy.watches ?? deputy.resources).map((resource) => ({ verbs: ['list', 'watch'], apiGroup: deputy.group, resource }));

/** Deputies by every name that their accounts are known under. */
const BY_NAME: ReadonlyMap<string, readonly Deputy[]> = (() => {
  const found = new Map<string, Deputy[]>();
  for (const deputy of DEPUTIES) for (const name of deputy.accounts) found.set(name, [...(found.get(name) ?? []), deputy]);
  return found;
})();

const BY_GROUP: ReadonlyMap<string, readonly Deputy[]> = Map.groupBy(DEPUTIES, ({ group }) => group);

/** The name itself, and what stands behind each dash, where a known name has a dash too: `prod-argocd-server` → `argocd-server`. */
function* knownNames(name: string): Generator<string> {
  yield name;
  for (let dash = name.indexOf('-'); dash !== -1; dash = name.indexOf('-', dash + 1)) {
    const rest = name.slice(dash + 1);
    if (rest.includes('-')) yield rest;
  }
}

/** Whether the rule lets somebody write what only a controller writes of a resource: its status or its finalizers. */
const writesStatus = (rule: PolicyRule, resources: readonly string[]): boolean =>
  rule.verbs.some((verb) => verb === '*' || verb === 'update' || verb === 'patch') &&
  resources.some((resource) =>
    ['status', 'finalizers'].some((part) => rule.resources.includes(`${resource}/${part}`) || rule.resources.includes(`*/${part}`)),
  );

/** Deputies whose controller a role is written for: it names the group, and lets its holder write the status or the finalizers. */
function deputiesOfRole(role: Role): readonly Deputy[] {
  const found = new Set<Deputy>();
  for (const rule of role.rules)
    for (const group of rule.apiGroups)
      for (const deputy of BY_GROUP.get(group) ?? []) {
        // Of some deputies it is another account whose rights count than that of who writes the status.
        if (deputy.watches === undefined && writesStatus(rule, deputy.resources)) found.add(deputy);
      }
  return [...found];
}

/** Accounts that pods run as now. */
function runningAccounts({ pods }: Facts): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [place, node] of pods.serviceAccount.entries()) if (pods.live[place] === 1) found.add(node);
  return found;
}

interface Search {
  readonly facts: Facts;
  readonly running: ReadonlySet<number>;
  readonly ofRole: (role: Role) => readonly Deputy[];
}

const deputiesOfGrants = (grants: readonly Grant[], { ofRole }: Search): ReadonlySet<Deputy> =>
  new Set(grants.flatMap(({ role }) => (role === undefined ? [] : ofRole(role))));

/** The account as a controller of the deputy, where it may watch what that acts on. */
function controllerOf({ facts, running }: Search, subject: SubjectFacts, deputy: Deputy): Omit<Controller, 'knownBy'> | undefined {
  const held = holdings(facts.subjects.effective(subject), watchOf(deputy)).filter(({ name }) => name === undefined);
  if (held.length === 0 && deputy.watches?.length !== 0) return undefined;
  return {
    node: subject.node,
    namespace: facts.nodes.namespaces[subject.node] as string,
    name: facts.nodes.names[subject.node] as string,
    runs: running.has(subject.node),
    scopes: held.length === 0 ? [''] : held.map(({ scope }) => scope),
    by: held.flatMap(({ by }) => by),
  };
}

/** Those that run first, and of those that look everywhere only some. */
function bounded(controllers: readonly Controller[]): readonly Controller[] {
  const [everywhere, somewhere] = [true, false].map((wide) => controllers.filter(({ scopes }) => scopes.some(isEverywhere) === wide));
  const first = (everywhere ?? []).toSorted((one, other) => Number(other.runs) - Number(one.runs)).slice(0, LOOKING_EVERYWHERE);
  return [...first, ...(somewhere ?? [])];
}

/**
 * Whose rights a deputy acts with: accounts of a known name that may watch its resources; where there is none, accounts that run, may watch
 * them and may write their status or finalizers by a rule that names the group, which only a controller has to.
 */
export function controllersOf(facts: Facts): ReadonlyMap<Deputy, readonly Controller[]> {
  const roles = new Map<Role, readonly Deputy[]>();
  const ofRole = (role: Role): readonly Deputy[] => {
    const known = roles.get(role) ?? deputiesOfRole(role);
    roles.set(role, known);
    return known;
  };
  const search: Search = { facts, running: runningAccounts(facts), ofRole };
  const named = new Map<Deputy, Controller[]>();
  const byRights = new Map<Deputy, Controller[]>();
  const add = (to: Map<Deputy, Controller[]>, deputy: Deputy, controller: Controller | undefined): void => {
    if (controller === undefined) return;
    const list = to.get(deputy);
    if (list === undefined) to.set(deputy, [controller]);
    else list.push(controller);
  };
  for (const subject of facts.subjects.all) {
    if (facts.nodes.kinds[subject.node] !== 'service-account' || facts.isAbsentAccount(subject.node)) continue;
    const asController = (deputy: Deputy, knownBy: Controller['knownBy']): Controller | undefined => {
      const found = controllerOf(search, subject, deputy);
      return found === undefined ? undefined : { ...found, knownBy };
    };
    const deputies = new Set([...knownNames(facts.nodes.names[subject.node] as string)].flatMap((name) => BY_NAME.get(name) ?? []));
    for (const deputy of deputies) add(named, deputy, asController(deputy, 'name'));
    if (!search.running.has(subject.node)) continue;
    for (const deputy of deputiesOfGrants(subject.own, search)) add(byRights, deputy, asController(deputy, 'rights'));
  }
  return new Map(DEPUTIES.map((deputy) => [deputy, bounded(named.get(deputy) ?? byRights.get(deputy) ?? [])]));
}
