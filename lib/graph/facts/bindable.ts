import { type Grant, roleKey, roleOf } from '../../access/rbac/bindings.ts';
import type { Binding, Role } from '../../inventory/kubernetes.ts';
import type { NodeId } from '../model.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { NodeTableBuilder } from '../table-builder.ts';
import { HoldingIndex } from './holding-index.ts';
import { isOfOneGroup } from './one-group.ts';
import { holdsAnyOf } from './right-holders.ts';
import { type AnyOf, eitherWay, type Holding, holdings, type Part } from './rights.ts';
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
function* pairs(creates: readonly Holding[], binds: HoldingIndex): Generator<Pair> {
  for (const create of creates) {
    if (create.scope === '') for (const bind of binds.all) yield { create, bind, scope: bind.scope };
    else for (const bind of binds.covering(create.scope)) yield { create, bind, scope: create.scope };
  }
}

/** RoleBindings may be made in every namespace, which is still not the cluster: nothing cluster-wide comes of them. */
const everyNamespace = (pair: Pair): Pair => (pair.scope === '' ? { ...pair, scope: EVERYWHERE } : pair);

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

/** What there is to bind and to join, found by where it lies. */
interface There {
  readonly roles: readonly Role[];
  readonly rolesByNamespace: ReadonlyMap<string | undefined, readonly Role[]>;
  readonly rolesByName: ReadonlyMap<string, readonly Role[]>;
  readonly bindings: Readonly<Record<Binding['kind'], readonly Joinable[]>>;
  readonly bindingsByScope: Readonly<Record<Binding['kind'], ReadonlyMap<string, readonly Joinable[]>>>;
}

/** A binding whose role is there. */
interface Joinable {
  readonly binding: Binding;
  readonly role: Role;
  readonly scope: string;
  /** In the order of the inventory. */
  readonly place: number;
}

function thereIs(roles: readonly Role[], bindings: readonly Binding[], byKey: ReadonlyMap<string, Role>): There {
  const namespaced = roles.filter((role) => role.namespace !== undefined);
  const joinable = bindings.flatMap((binding, place): Joinable[] => {
    const role = roleOf(binding, byKey);
    return role === undefined ? [] : [{ binding, role, scope: binding.namespace ?? '', place }];
  });
  const ofKind = (kind: Binding['kind']): readonly Joinable[] => joinable.filter(({ binding }) => binding.kind === kind);
  const lists = { ClusterRoleBinding: ofKind('ClusterRoleBinding'), RoleBinding: ofKind('RoleBinding') };
  const byScope = (list: readonly Joinable[]): ReadonlyMap<string, readonly Joinable[]> => Map.groupBy(list, ({ scope }) => scope);
  return {
    roles: namespaced,
    rolesByNamespace: Map.groupBy(namespaced, ({ namespace }) => namespace),
    rolesByName: Map.groupBy(namespaced, ({ name }) => name),
    bindings: lists,
    bindingsByScope: { ClusterRoleBinding: byScope(lists.ClusterRoleBinding), RoleBinding: byScope(lists.RoleBinding) },
  };
}

/** Namespaced roles that a `bind` on roles reaches in the scope of a pair. */
function rolesWithin(there: There, { scope, bind: { name } }: Pair): readonly Role[] {
  if (scope === EVERYWHERE) return name === undefined ? there.roles : (there.rolesByName.get(name) ?? []);
  const roles = there.rolesByNamespace.get(scope) ?? [];
  return name === undefined ? roles : roles.filter((role) => role.name === name);
}

/** Who asks, with what it and its groups hold of the verb `bind`. */
interface Asker {
  readonly subject: SubjectFacts;
  readonly grants: readonly Grant[];
  readonly own: ReadonlySet<Grant>;
  readonly binds: Readonly<Record<Role['kind'], HoldingIndex>>;
}

/** Whether two rights together are the subject's to be told of: what one group gives alone is told of the group, what two give is not. */
const isOfAsker = (own: ReadonlySet<Grant>, rights: readonly [Holding['by'], Holding['by']]): boolean =>
  rights.some((by) => by.some(({ grant }) => own.has(grant))) || !isOfOneGroup(rights.map((by) => ({ rights: [], by })));

/** Every role that one subject may bind, widest scope first; a target comes once for every way to it. */
function* bindableBy({ subject, grants, own, binds }: Asker, { rbac }: Subjects, there: There): Generator<Omit<Bindable, 'target'>> {
  const clusterCreates = holdings(grants, CREATE_CLUSTER_BINDING).filter((holding) => holding.scope === '');
  const creates = holdings(grants, CREATE_BINDING);
  if (clusterCreates.length === 0 && creates.length === 0) return;
  const gains = (pair: Pair): boolean => isOfAsker(own, [pair.create.by, pair.bind.by]);
  const found = (pair: Pair, role: Role | undefined, [create, bind]: readonly [AnyOf, AnyOf]): Omit<Bindable, 'target'> => ({
    subject,
    scope: pair.scope,
    role,
    parts: [
      { rights: create, by: pair.create.by },
      { rights: bind, by: pair.bind.by },
    ],
  });
  const clusterPairs = [...pairs(clusterCreates, binds.ClusterRole)].filter((pair) => pair.bind.scope === '');
  const namespacePairs = [...pairs(creates, binds.ClusterRole)].map(everyNamespace);
  for (const [list, create] of [
    [clusterPairs, CREATE_CLUSTER_BINDING],
    [namespacePairs, CREATE_BINDING],
  ] as const) {
    for (const pair of list.filter(gains)) {
      const role = pair.bind.name === undefined ? undefined : rbac.roles.get(roleKey('ClusterRole', '', pair.bind.name));
      if (pair.bind.name === undefined || role !== undefined) yield found(pair, role, [create, BIND_CLUSTER_ROLE]);
    }
  }
  const anything = new Set(namespacePairs.filter((pair) => pair.bind.name === undefined).map((pair) => pair.scope));
  for (const pair of [...pairs(creates, binds.Role)].map(everyNamespace).filter(gains)) {
    if (anything.has(pair.scope) || anything.has(EVERYWHERE)) continue;
    for (const role of rolesWithin(there, pair))
      yield found({ ...pair, scope: role.namespace as string }, role, [CREATE_BINDING, BIND_ROLE]);
  }
}

/** Bindings of a kind in the namespaces in which both rights are held; all of them where either is held everywhere. */
function* within(
  there: There,
  kind: Binding['kind'],
  { change, binds }: Pick<Asker, 'binds'> & { change: HoldingIndex },
): Generator<Joinable> {
  const [ofClusterRoles, ofRoles] = [binds.ClusterRole.namespaces(), binds.Role.namespaces()];
  const toBind = ofClusterRoles === undefined || ofRoles === undefined ? undefined : new Set([...ofClusterRoles, ...ofRoles]);
  const scopes = change.namespaces() ?? toBind;
  if (scopes === undefined) yield* there.bindings[kind];
  else for (const scope of scopes) yield* there.bindingsByScope[kind].get(scope) ?? [];
}

/**
 * Roles of existing bindings that one subject may add itself to: it may change the binding, and bind the role that it refers to for good. Scopes are
 * open where it binds any role anyway.
 */
function* joinableBy(
  { subject, grants, own, binds }: Asker,
  there: There,
  isOpen: (scope: string) => boolean,
): Generator<Omit<Bindable, 'target'>> {
  const changes = {
    ClusterRoleBinding: new HoldingIndex(holdings(grants, CHANGE.ClusterRoleBinding)),
    RoleBinding: new HoldingIndex(holdings(grants, CHANGE.RoleBinding)),
  };
  const candidates = (['ClusterRoleBinding', 'RoleBinding'] as const).flatMap((kind) =>
    changes[kind].all.length === 0 ? [] : [...within(there, kind, { change: changes[kind], binds })],
  );
  if (candidates.length === 0) return;
  const joined = new Set(grants.map(({ binding }) => binding));
  for (const { binding, role, scope } of candidates.sort((one, other) => one.place - other.place)) {
    if (joined.has(binding) || isOpen(scope)) continue;
    const change = changes[binding.kind].over(scope, binding.name);
    const bind = change.length === 0 ? [] : binds[role.kind].over(scope, role.name);
    if (bind.length === 0 || !isOfAsker(own, [change, bind])) continue;
    const parts = [
      { rights: CHANGE[binding.kind], by: change },
      { rights: BIND[role.kind], by: bind },
    ];
    yield { subject, scope, role, parts };
  }
}

/** Every role that one subject may get by a new binding or an existing one; existing ones only where it could not bind any role anyway. */
function* gainsOf(subject: SubjectFacts, subjects: Subjects, there: There): ReturnType<typeof joinableBy> {
  const grants = subjects.effective(subject);
  const binds = {
    ClusterRole: new HoldingIndex(holdings(grants, BIND_CLUSTER_ROLE)),
    Role: new HoldingIndex(holdings(grants, BIND_ROLE)),
  };
  const asker: Asker = { subject, grants, own: new Set(subject.own), binds };
  const open = new Set<string>();
  for (const found of bindableBy(asker, subjects, there)) {
    if (found.role === undefined) open.add(found.scope);
    yield found;
  }
  if (open.has('')) return;
  yield* joinableBy(asker, there, (scope) => open.has(scope) || (scope !== '' && open.has(EVERYWHERE)));
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
  const there = thereIs(roles, bindings, subjects.rbac.roles);
  const mayBind = holdsAnyOf(subjects.rbac, [BIND_CLUSTER_ROLE, BIND_ROLE]);
  const hypothetical = new Map<number, SubjectFacts>();
  const bindable: Bindable[] = [];
  const askers = [...subjects.all];
  // The list grows while it is walked: a role that somebody binds may let him bind further ones.
  for (const subject of askers) {
    if (!mayBind(subject)) continue;
    const byTarget = new Map<number, Bindable>();
    for (const found of gainsOf(subject, subjects, there)) {
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
