import type { Inventory } from '../../inventory/inventory.ts';
import type { Binding, Role, Subject } from '../../inventory/kubernetes.ts';
import { subjectKey } from './subject.ts';

/** One subject of one binding with the role that it gives, or none where the role does not exist. */
export interface Grant {
  readonly binding: Binding;
  readonly subject: Subject;
  /** Index in `.subjects`, for the JSON pointer. */
  readonly subjectIndex: number;
  readonly role: Role | undefined;
  /** Namespace that the grant is limited to; empty: the whole cluster. */
  readonly scope: string;
}

export interface RbacIndex {
  /** Grants by `user:NAME` or `group:NAME`, ClusterRoleBindings first, each list in the order of the inventory. */
  readonly bySubject: ReadonlyMap<string, readonly Grant[]>;
  readonly roles: ReadonlyMap<string, Role>;
  /** Whether the API server is OpenShift's, which asks `unsafeproxy` instead of `proxy` for the unauthenticated. */
  readonly guardsProxy: boolean;
}

/** A bootstrap role that only OpenShift's API server creates. */
const OPENSHIFT_ROLE = 'system:openshift:public-info-viewer';

export const roleKey = (kind: string, namespace: string, name: string): string =>
  `${kind}/${kind === 'ClusterRole' ? '' : namespace}/${name}`;

/** The role that a binding refers to; a Role is looked for in the binding's own namespace. */
export function roleOf(binding: Binding, roles: ReadonlyMap<string, Role>): Role | undefined {
  return roles.get(roleKey(binding.roleRef.kind, binding.namespace ?? '', binding.roleRef.name));
}

function* grantsOf(binding: Binding, role: Role | undefined): Generator<[string, Grant]> {
  const scope = binding.namespace ?? '';
  for (const [subjectIndex, subject] of binding.subjects.entries()) {
    const key = subjectKey(subject, scope);
    if (key !== undefined) yield [key, { binding, subject, subjectIndex, role, scope }];
  }
}

/**
 * Bindings by subject, so that a question costs what its subject holds and not what the cluster holds.
 * The order is the API server's: cluster-wide bindings before the namespace's
 * (`VisitRulesFor` in kubernetes/pkg/registry/rbac/validation/rule.go).
 */
export function indexRbac(roles: readonly Role[], bindings: readonly Binding[]): RbacIndex {
  const byName = new Map(roles.map((role) => [roleKey(role.kind, role.namespace ?? '', role.name), role]));
  const bySubject = new Map<string, Grant[]>();
  const clusterFirst = [...bindings.filter((b) => b.namespace === undefined), ...bindings.filter((b) => b.namespace !== undefined)];
  for (const binding of clusterFirst) {
    for (const [key, grant] of grantsOf(binding, roleOf(binding, byName))) {
      const list = bySubject.get(key);
      if (list === undefined) bySubject.set(key, [grant]);
      else list.push(grant);
    }
  }
  return { bySubject, roles: byName, guardsProxy: byName.has(roleKey('ClusterRole', '', OPENSHIFT_ROLE)) };
}

const remembered = new WeakMap<Inventory, RbacIndex>();

/** The index of a cluster's roles and bindings, made once for each inventory. */
export function rbacOf(inventory: Inventory): RbacIndex {
  let index = remembered.get(inventory);
  if (index === undefined) {
    index = indexRbac(inventory.kubernetes.roles, inventory.kubernetes.bindings);
    remembered.set(inventory, index);
  }
  return index;
}
