import { type Grant, type RbacIndex, rbacOf } from '../../access/rbac/bindings.ts';
import { serviceAccountGroups, serviceAccountUser, splitServiceAccountUser } from '../../access/rbac/subject.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { NodeTableBuilder } from '../table-builder.ts';

/** Somebody who may hold rights: a service account, a user, a group, or a role that somebody could bind. */
export interface SubjectFacts {
  readonly node: number;
  /** What the subject's own bindings give. */
  readonly own: readonly Grant[];
  /** Groups that it is in; their grants hold for it as well. */
  readonly groups: readonly string[];
}

export interface Subjects {
  readonly rbac: RbacIndex;
  readonly all: readonly SubjectFacts[];
  readonly byNode: ReadonlyMap<number, SubjectFacts>;
  /** Own grants and those of the groups. */
  readonly effective: (subject: SubjectFacts) => readonly Grant[];
}

function groupsOfUser(user: string): readonly string[] {
  if (user === 'system:anonymous') return ['system:unauthenticated'];
  return user.startsWith('system:node:') ? ['system:nodes', 'system:authenticated'] : ['system:authenticated'];
}

/** Service accounts of the inventory and of its bindings, then users and groups that a binding names. */
function* subjectsOf(inventory: Inventory, rbac: RbacIndex, nodes: NodeTableBuilder): Generator<SubjectFacts> {
  const users = new Set<string>();
  const accounts = new Set<number>();
  for (const account of inventory.kubernetes.serviceAccounts) {
    accounts.add(nodes.intern('service-account', account.name, account.namespace, account));
  }
  for (const key of rbac.bySubject.keys()) if (key.startsWith('user:')) users.add(key.slice('user:'.length));
  for (const user of users) {
    const account = splitServiceAccountUser(user);
    if (account !== undefined) accounts.add(nodes.intern('service-account', account.name, account.namespace));
    else yield { node: nodes.intern('user', user), own: rbac.bySubject.get(`user:${user}`) ?? [], groups: groupsOfUser(user) };
  }
  for (const node of accounts) {
    const namespace = nodes.namespaces[node] as string;
    const own = rbac.bySubject.get(`user:${serviceAccountUser(namespace, nodes.names[node] as string)}`) ?? [];
    yield { node, own, groups: serviceAccountGroups(namespace) };
  }
  for (const [key, own] of rbac.bySubject) {
    if (key.startsWith('group:')) yield { node: nodes.intern('group', key.slice('group:'.length)), own, groups: [] };
  }
}

/** Who holds what, by the node's number. */
export function subjectFacts(inventory: Inventory, nodes: NodeTableBuilder): Subjects {
  const rbac = rbacOf(inventory);
  const all = [...subjectsOf(inventory, rbac, nodes)];
  const groupGrants = new Map<string, readonly Grant[]>();
  const effective = (subject: SubjectFacts): readonly Grant[] => {
    if (subject.groups.length === 0) return subject.own;
    const key = subject.groups.join('\n');
    let ofGroups = groupGrants.get(key);
    if (ofGroups === undefined) {
      ofGroups = subject.groups.flatMap((group) => rbac.bySubject.get(`group:${group}`) ?? []);
      groupGrants.set(key, ofGroups);
    }
    return ofGroups.length === 0 ? subject.own : [...subject.own, ...ofGroups];
  };
  return { rbac, all, byNode: new Map(all.map((subject) => [subject.node, subject])), effective };
}
