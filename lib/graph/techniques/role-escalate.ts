import { type Grant, roleKey } from '../../access/rbac/bindings.ts';
import type { Role } from '../../inventory/kubernetes.ts';
import { proven } from '../evidence/proven.ts';
import { type Composed, eachComposed, type Need } from '../facts/composed.ts';
import { everything } from '../facts/everything.ts';
import type { Facts, Proof } from '../facts/facts.ts';
import { HoldingIndex } from '../facts/holding-index.ts';
import { isOfOneGroup } from '../facts/one-group.ts';
import { holdsAnyOf } from '../facts/right-holders.ts';
import { type AnyOf, eitherWay, type Holding, holdings, type Part } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique, type Emit } from './technique.ts';

const GROUP = 'rbac.authorization.k8s.io';
const RIGHTS = (['clusterroles', 'roles'] as const).map((resource) => ({
  kind: resource === 'roles' ? ('Role' as const) : ('ClusterRole' as const),
  escalate: [{ verbs: ['escalate'], apiGroup: GROUP, resource }] satisfies AnyOf,
  change: [{ verbs: ['update', 'patch'], apiGroup: GROUP, resource }] satisfies AnyOf,
}));

/** Every rule that gives a right over a role: cluster-wide for ClusterRoles, in the role's namespace for Roles. */
const overRole = (held: HoldingIndex, { role }: Grant): Holding['by'] =>
  held.over(role?.kind === 'Role' ? (role.namespace ?? '') : '', role?.name);

const NO_RULE = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

/** What a subject holds of the rights over one kind of role. */
interface Held {
  readonly own: ReadonlySet<Grant>;
  readonly escalates: HoldingIndex;
  readonly changes: HoldingIndex;
}

/** What one group gives alone is an edge of the group; what several give together is one of whoever is in all of them. */
const isOfSubject = (own: ReadonlySet<Grant>, parts: readonly Part[]): boolean =>
  parts.some(({ by }) => by.some(({ grant }) => own.has(grant))) || !isOfOneGroup(parts);

/** The proof that a subject may write anything into the role of one of its grants, where it may. */
function proofFor(grant: Grant, rights: (typeof RIGHTS)[number], { own, escalates, changes }: Held): Proof | undefined {
  const { role } = grant;
  if (role?.kind !== rights.kind) return undefined;
  const escalate = overRole(escalates, grant);
  const change = escalate.length === 0 ? [] : overRole(changes, grant);
  if (change.length === 0) return undefined;
  const parts = [
    { rights: rights.escalate, by: escalate },
    { rights: rights.change, by: change },
    { rights: [], by: [{ grant, rule: role.rules[0] ?? NO_RULE, ruleIndex: 0 }] },
  ];
  return isOfSubject(own, parts) ? { parts } : undefined;
}

/** Where the gain holds. */
const targetOf = (facts: Facts, { scope }: Grant): number =>
  scope === '' ? facts.nodes.clusterAdmin() : everything(facts, 'namespace-admin', scope);

function emitFor(facts: Facts, subject: SubjectFacts, emit: Emit): void {
  const proofs = new Map<number, Proof>();
  const grants = facts.subjects.effective(subject);
  const own = new Set(subject.own);
  for (const rights of RIGHTS) {
    const escalates = holdings(grants, rights.escalate);
    if (escalates.length === 0) continue;
    const held = { own, escalates: new HoldingIndex(escalates), changes: new HoldingIndex(holdings(grants, rights.change)) };
    for (const grant of grants) {
      const proof = proofFor(grant, rights, held);
      if (proof === undefined) continue;
      const target = targetOf(facts, grant);
      const known = proofs.get(target);
      proofs.set(target, known === undefined ? proof : { parts: eitherWay(known.parts, proof.parts) });
    }
  }
  for (const [target, proof] of proofs) emit(subject.node, target, facts.keep(proof));
}

const right = (resource: string, ...verbs: string[]): AnyOf => [{ verbs, apiGroup: GROUP, resource }];

/** Ways to write a role and bind it to oneself, by the kinds of role and binding. */
const WRITES = (
  [
    { kind: 'ClusterRole', binding: 'clusterrolebindings' },
    { kind: 'ClusterRole', binding: 'rolebindings' },
    { kind: 'Role', binding: 'rolebindings' },
  ] as const
).map(({ kind, binding }) => {
  const resource = kind === 'Role' ? 'roles' : 'clusterroles';
  const where = kind === 'Role' ? {} : ({ clusterWide: true } as const);
  const existing: readonly Need[] = [
    { rights: right(resource, 'escalate'), names: 'chosen', ...where },
    { rights: right(resource, 'update', 'patch'), names: 'chosen', ...where },
    { rights: right(binding, 'create'), ...(binding === 'rolebindings' ? {} : { clusterWide: true }) },
  ];
  // A write to a name that is free creates the role, and `create` is asked under that name. Source: pkg/registry/rbac/role/strategy.go (`AllowCreateOnUpdate`).
  const byName: AnyOf = [{ verbs: ['create'], apiGroup: GROUP, resource, named: true }];
  const made: readonly (readonly Need[])[] = [
    [...existing, { rights: right(resource, 'create'), ...where }],
    [...existing, { rights: byName, names: 'chosen', ...where }],
  ];
  return { kind, binding, existing, made };
});

/** Which roles are there: `KIND/NAME` wherever it lies, and `KIND` with each namespace that has one. */
function rolesThere({ inventory }: Facts): { readonly named: ReadonlySet<string>; readonly placed: ReadonlySet<string> } {
  const named = new Set<string>();
  const placed = new Set<string>();
  for (const { kind, name, namespace = '' } of inventory.kubernetes.roles) {
    named.add(`${kind}/${name}`);
    placed.add(`${kind} ${namespace}`).add(kind);
  }
  return { named, placed };
}

const isWide = (scope: string): boolean => scope === '' || scope === EVERYWHERE;

interface PlaceOfRole {
  readonly scope: string;
  readonly hangsOn?: string;
}

const remembered = new WeakMap<Facts, (name: string | undefined) => readonly PlaceOfRole[]>();

/** Across the cluster, by name: worked out once, however many may write Roles everywhere. */
function placesEverywhere({ inventory, everyNamespace }: Facts): (name: string | undefined) => readonly PlaceOfRole[] {
  const all = new Set<string>();
  const byName = new Map<string, Set<string>>();
  for (const { kind, name, namespace = '' } of inventory.kubernetes.roles) {
    if (kind !== 'Role') continue;
    all.add(namespace);
    byName.set(name, (byName.get(name) ?? new Set()).add(namespace));
  }
  const known = new Map<string | undefined, readonly PlaceOfRole[]>();
  const decide = (name: string | undefined): readonly PlaceOfRole[] => {
    const namespaces = name === undefined ? all : (byName.get(name) ?? new Set<string>());
    if (everyNamespace.every((namespace) => namespaces.has(namespace))) return [{ scope: '' }];
    if (name !== undefined) return [...namespaces].map((scope) => ({ scope }));
    return [{ scope: '', hangsOn: `a Role in the namespace, as one lies in ${[...namespaces][0]}` }];
  };
  return (name) => {
    const places = known.get(name) ?? decide(name);
    known.set(name, places);
    return places;
  };
}

/**
 * Where a Role is there to be written into: under a name in each namespace that has it; under any wherever there is one, which across the cluster
 * is told once, and hangs on the namespace having one.
 */
function placesOfRole(facts: Facts, { scope, name }: Pick<Composed, 'scope' | 'name'>): readonly PlaceOfRole[] {
  if (!isWide(scope)) return [{ scope }];
  const places = remembered.get(facts) ?? placesEverywhere(facts);
  remembered.set(facts, places);
  // What holds for all of the scope holds for the scope as it was asked.
  return places(name).map((place) => (place.scope === '' ? { ...place, scope } : place));
}

type RoleExists = (kind: Role['kind'], scope: string, name: string | undefined) => boolean;

/** Tells whether a role of the kind is there in a scope, under a name or any. */
function existingRoles(facts: Facts): RoleExists {
  const { named, placed } = rolesThere(facts);
  return (kind, scope, name) => {
    const wide = kind === 'ClusterRole' || isWide(scope);
    if (name === undefined) return placed.has(wide ? kind : `${kind} ${scope}`);
    return wide ? named.has(`${kind}/${name}`) : facts.subjects.rbac.roles.has(roleKey(kind, scope, name));
  };
}

/**
 * Writing a role and binding it: a role without rules may be bound by everybody who makes bindings, as nothing has to be covered, and
 * `escalate` lets him write into it afterwards. So `bind` is not needed. Source: pkg/registry/rbac/escalation_check.go, validation/rule.go (`Covers`).
 */
function emitWritten(facts: Facts, emit: Emit): void {
  const exists = existingRoles(facts);
  for (const { kind, binding, existing, made } of WRITES) {
    const visit = ({ node }: SubjectFacts, { scope, parts }: Composed, hangsOn?: string): void => {
      if (binding === 'clusterrolebindings' && scope !== '') return;
      const target = binding === 'clusterrolebindings' ? facts.nodes.clusterAdmin() : everything(facts, 'namespace-admin', scope);
      if (hangsOn === undefined) emit(node, target, facts.keep({ parts }));
      else emit(node, target, facts.keep({ parts, hangsOn }), 'conditional');
    };
    const written = (subject: SubjectFacts, composed: Composed): void => {
      if (!exists(kind, composed.scope, composed.name)) return;
      if (kind === 'ClusterRole') visit(subject, composed);
      else for (const { scope, hangsOn } of placesOfRole(facts, composed)) visit(subject, { ...composed, scope }, hangsOn);
    };
    // What is certain comes first: of an edge that is found twice the first one stays.
    for (const needs of made) eachComposed(facts, needs, (subject, composed) => visit(subject, composed));
    eachComposed(facts, existing, written, { usable: (name, scope) => exists(kind, scope, name), each: kind === 'Role' });
  }
}

const ESCALATE: AnyOf = right('clusterroles', 'escalate');
const CREATE: AnyOf = right('clusterroles', 'create');

/** A new ClusterRole with any rule and the labels that an aggregated role selects: the controller adds its rules to that role, which is held. */
function emitAggregated(facts: Facts, subject: SubjectFacts, emit: Emit): void {
  const grants = facts.subjects.effective(subject);
  const aggregated = grants.filter(({ role }) => (role?.aggregation ?? []).length > 0);
  if (aggregated.length === 0) return;
  const anywhere = (rights: AnyOf): Holding['by'] =>
    holdings(grants, rights)
      .filter(({ scope, name }) => scope === '' && name === undefined)
      .flatMap(({ by }) => by);
  const parts = [ESCALATE, CREATE].map((rights) => ({ rights, by: anywhere(rights) }));
  if (parts.some(({ by }) => by.length === 0)) return;
  const own = new Set(subject.own);
  for (const grant of aggregated) {
    const held: Part = { rights: [], by: [{ grant, rule: grant.role?.rules[0] ?? NO_RULE, ruleIndex: 0 }] };
    const all = [...parts, held];
    if (isOfSubject(own, all)) emit(subject.node, targetOf(facts, grant), facts.keep({ parts: all }));
  }
}

export const roleEscalate = defineTechnique({
  id: 'role-escalate',
  title: 'Adds rules to a role that it holds',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['cluster-admin', 'namespace-admin'],
  action:
    'Writes any rule into a role that is bound to itself, or that it binds to itself while the role is empty, or whose rules the controller adds to one.',
  precondition:
    '`escalate` and (`update` or `patch`) on a role, unnamed or naming it, and either that role is bound to the subject or one of its groups, or the subject may `create` a binding; or `escalate` and `create` on ClusterRoles, unnamed, where it holds an aggregated one. The gain holds where the binding does.',
  remediation: 'Take `escalate` away; nobody but the control plane needs it.',
  coverage: {
    level: 'partial',
    misses:
      'joining an existing binding of the role instead of making one; writing into a role by name that is aggregated into one that it holds',
  },
  attck: ['T1098.006'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update'],
  find(facts, emit) {
    const mayEscalate = holdsAnyOf(
      facts.subjects.rbac,
      RIGHTS.map(({ escalate }) => escalate),
    );
    for (const subject of facts.subjects.all) {
      if (!mayEscalate(subject)) continue;
      emitFor(facts, subject, emit);
      emitAggregated(facts, subject, emit);
    }
    emitWritten(facts, emit);
  },
  ...proven,
});
