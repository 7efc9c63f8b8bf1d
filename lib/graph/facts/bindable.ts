import { type Grant, roleKey, roleOf } from '../../access/rbac/bindings.ts';
import type { Binding, Role } from '../../inventory/kubernetes.ts';
import type { NodeId } from '../model.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { NodeTableBuilder } from '../table-builder.ts';
import { type AnyOf, covers, eitherWay, type Holding, holdings, type Part } from './rights.ts';
import type { SubjectFacts, Subjects } from './subjects.ts';

const RBAC_GROUP = 'rbac.authorization.k8s.io';
const right = (resource: string, ...verbs: string[]): AnyOf => [{ verbs, apiGroup: RBAC_GROUP, resource }];

const CREATE_CLUSTER_BINDING = right('clusterrolebindings', 'create');
const CREATE_BINDING = right('rolebindings', 'create');
const BIND_CLUSTER_ROLE = right('clusterroles', 'bind');
const BIND_ROLE = right('roles', 'bind');
const CHANGE = {
  ClusterRoleBinding: right('clusterrolebindings', 'update', 'patch'),
  RoleBinding: right('rolebindings', 'update', 'patch'),
};
const BIND = { ClusterRole: BIND_CLUSTER_ROLE, Role: BIND_ROLE };

/** That a subject may bind a role (or any role) in a scope, and so give itself what the role allows there. */
export interface Bindable {
  readonly subject: SubjectFacts;
  readonly scope: string;
  /** Undefined: any ClusterRole, cluster-admin included. */
  readonly role: Role | undefined;
  readonly target: number;
  readonly parts: readonly Part[];
}

interface Pair {
  readonly create: Holding;
  readonly bind: Holding;
  /** Scope of the binding that would be made. */
  readonly scope: string;
}

/** Pairs whose scopes compose: `bind` is checked in the namespace of the binding, or cluster-wide for a cluster binding. */
function* pairs(creates: readonly Holding[], binds: readonly Holding[]): Generator<Pair> {
  for (const create of creates) {
    for (const bind of binds) {
      if (covers(bind, create.scope)) yield { create, bind, scope: create.scope };
      else if (create.scope === '') yield { create, bind, scope: bind.scope };
    }
  }
}

/** RoleBindings may be made in every namespace, which is still not the cluster: nothing cluster-wide comes of them. */
const everyNamespace = (pair: Pair): Pair => (pair.scope === '' ? { ...pair, scope: EVERYWHERE } : pair);

const isOwn = (subject: SubjectFacts, holding: Holding): boolean => holding.by.some(({ grant }) => subject.own.includes(grant));

/** What a binding of this role would give, as grants of a subject that stands for it. */
function hypotheticalGrants(role: Role, scope: string): Grant[] {
  const binding: Binding = {
    kind: scope === '' ? 'ClusterRoleBinding' : 'RoleBinding',
    ...(scope === '' ? {} : { namespace: scope }),
    name: '',
    roleRef: { apiGroup: RBAC_GROUP, kind: role.kind, name: role.name },
    subjects: [],
  };
  return [{ binding, subject: { kind: 'Group', name: '' }, subjectIndex: 0, role, scope }];
}

/** Where binding leads: a role in a scope; any role cluster-wide is cluster admin, in namespaces everything there. */
function targetOf(nodes: NodeTableBuilder, role: Role | undefined, scope: string): number {
  const where = scope === '' ? EVERYWHERE : scope;
  const namespace = scope === EVERYWHERE ? '' : scope;
  if (role !== undefined) {
    // Without a namespace in front where it is the cluster's: `cluster` is a legal name for a namespace.
    const id = `role-grant:${scope === '' ? '' : `${scope}/`}${role.kind.toLowerCase()}/${role.name}` as NodeId;
    return nodes.internAs(id, { kind: 'role-grant', name: role.name, namespace, record: role });
  }
  if (scope === '') return nodes.clusterAdmin();
  return nodes.internAs(`namespace-admin:${where}` as NodeId, { kind: 'namespace-admin', name: where, namespace });
}

/** Namespaced roles that a `bind` on roles reaches in the scope of a pair. */
const rolesWithin = (roles: readonly Role[], pair: Pair): readonly Role[] =>
  roles.filter(
    (role) =>
      (pair.scope === EVERYWHERE || role.namespace === pair.scope) && (pair.bind.name === undefined || pair.bind.name === role.name),
  );

/** Every role that one subject may bind, widest scope first; a target comes once for every way to it. */
function* bindableBy(subject: SubjectFacts, subjects: Subjects, namespacedRoles: readonly Role[]): Generator<Omit<Bindable, 'target'>> {
  const grants = subjects.effective(subject);
  const clusterCreates = holdings(grants, CREATE_CLUSTER_BINDING).filter((holding) => holding.scope === '');
  const creates = holdings(grants, CREATE_BINDING);
  if (clusterCreates.length === 0 && creates.length === 0) return;
  const gains = (pair: Pair): boolean => isOwn(subject, pair.create) || isOwn(subject, pair.bind);
  const clusterBinds = holdings(grants, BIND_CLUSTER_ROLE);
  const found = (pair: Pair, role: Role | undefined, [create, bind]: readonly [AnyOf, AnyOf]): Omit<Bindable, 'target'> => ({
    subject,
    scope: pair.scope,
    role,
    parts: [
      { rights: create, by: pair.create.by },
      { rights: bind, by: pair.bind.by },
    ],
  });
  const clusterPairs = [...pairs(clusterCreates, clusterBinds)].filter((pair) => pair.bind.scope === '');
  const namespacePairs = [...pairs(creates, clusterBinds)].map(everyNamespace);
  for (const [list, create] of [
    [clusterPairs, CREATE_CLUSTER_BINDING],
    [namespacePairs, CREATE_BINDING],
  ] as const) {
    for (const pair of list.filter(gains)) {
      const role = pair.bind.name === undefined ? undefined : subjects.rbac.roles.get(roleKey('ClusterRole', '', pair.bind.name));
      if (pair.bind.name === undefined || role !== undefined) yield found(pair, role, [create, BIND_CLUSTER_ROLE]);
    }
  }
  const anything = new Set(namespacePairs.filter((pair) => pair.bind.name === undefined).map((pair) => pair.scope));
  for (const pair of [...pairs(creates, holdings(grants, BIND_ROLE))].map(everyNamespace).filter(gains)) {
    if (anything.has(pair.scope) || anything.has(EVERYWHERE)) continue;
    for (const role of rolesWithin(namespacedRoles, pair))
      yield found({ ...pair, scope: role.namespace as string }, role, [CREATE_BINDING, BIND_ROLE]);
  }
}

/** Every rule that gives a right over the object of this name in a namespace (empty: cluster-wide). */
const covering = (list: readonly Holding[], namespace: string, name: string): Holding['by'] =>
  list.filter((holding) => covers(holding, namespace) && (holding.name === undefined || holding.name === name)).flatMap(({ by }) => by);

/** Roles of existing bindings that one subject may add itself to: it may change the binding, and bind the role that it refers to for good. */
function* joinableBy(subject: SubjectFacts, subjects: Subjects, bindings: readonly Binding[]): Generator<Omit<Bindable, 'target'>> {
  const grants = subjects.effective(subject);
  const all = (rights: AnyOf): readonly Holding[] => holdings(grants, rights);
  const changes = { ClusterRoleBinding: all(CHANGE.ClusterRoleBinding), RoleBinding: all(CHANGE.RoleBinding) };
  if (changes.ClusterRoleBinding.length === 0 && changes.RoleBinding.length === 0) return;
  const binds = { ClusterRole: all(BIND_CLUSTER_ROLE), Role: all(BIND_ROLE) };
  if (binds.ClusterRole.length === 0 && binds.Role.length === 0) return;
  const joined = new Set(grants.map(({ binding }) => binding));
  for (const binding of bindings) {
    const role = roleOf(binding, subjects.rbac.roles);
    if (role === undefined || joined.has(binding)) continue;
    const scope = binding.namespace ?? '';
    const change = covering(changes[binding.kind], scope, binding.name);
    const bind = change.length === 0 ? [] : covering(binds[role.kind], scope, role.name);
    if (bind.length === 0 || ![...change, ...bind].some(({ grant }) => subject.own.includes(grant))) continue;
    const parts = [
      { rights: CHANGE[binding.kind], by: change },
      { rights: BIND[role.kind], by: bind },
    ];
    yield { subject, scope, role, parts };
  }
}

/** Every role that one subject may get by a new binding or an existing one; existing ones only where it could not bind any role anyway. */
function* gainsOf(
  subject: SubjectFacts,
  subjects: Subjects,
  roles: readonly Role[],
  bindings: readonly Binding[],
): ReturnType<typeof joinableBy> {
  const open = new Set<string>();
  for (const found of bindableBy(subject, subjects, roles)) {
    if (found.role === undefined) open.add(found.scope);
    yield found;
  }
  if (open.has('')) return;
  for (const found of joinableBy(subject, subjects, bindings))
    if (!open.has(found.scope) && (found.scope === '' || !open.has(EVERYWHERE))) yield found;
}

/**
 * What subjects may bind. Sources: kubernetes/pkg/registry/rbac/rolebinding/policybased/storage.go and
 * clusterrolebinding/policybased/storage.go (`BindingAuthorized`); without the `bind` verb the API server lets
 * nobody bind more than he already holds, which is no gain and therefore not listed.
 */
export function bindableRoles(
  subjects: Subjects,
  { roles, bindings }: { readonly roles: readonly Role[]; readonly bindings: readonly Binding[] },
  nodes: NodeTableBuilder,
): { bindable: Bindable[]; hypothetical: SubjectFacts[] } {
  const namespacedRoles = roles.filter((role) => role.namespace !== undefined);
  const hypothetical = new Map<number, SubjectFacts>();
  const bindable: Bindable[] = [];
  const askers = [...subjects.all];
  // The list grows while it is walked: a role that somebody binds may let him bind further ones.
  for (const subject of askers) {
    const byTarget = new Map<number, Bindable>();
    for (const found of gainsOf(subject, subjects, namespacedRoles, bindings)) {
      const target = targetOf(nodes, found.role, found.scope);
      if (target === subject.node) continue;
      const known = byTarget.get(target);
      byTarget.set(target, { ...found, target, parts: known === undefined ? found.parts : eitherWay(known.parts, found.parts) });
      if (found.role === undefined || hypothetical.has(target)) continue;
      const grant = { node: target, own: hypotheticalGrants(found.role, found.scope), groups: [] };
      hypothetical.set(target, grant);
      askers.push(grant);
    }
    bindable.push(...byTarget.values());
  }
  return { bindable, hypothetical: [...hypothetical.values()] };
}
