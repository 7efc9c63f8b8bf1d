import { MASTERS_GROUP } from '../../access/rbac/subject.ts';
import type { NodeId } from '../model.ts';
import type { Facts } from './facts.ts';

/** Users or groups that an attacker may become as he likes, where not every one of them is open to him. */
interface IdentitySet {
  readonly id: NodeId;
  readonly kind: 'all-users' | 'all-groups';
  readonly name: string;
  readonly has: (name: string) => boolean;
}

const NODE_USER = 'system:node:';

/** Groups that a bootstrap token may name. Source: kubernetes/plugin/pkg/auth/authenticator/token/bootstrap (`ValidateBootstrapGroupName`). */
export const BOOTSTRAPPERS = 'system:bootstrappers';
export const isBootstrapGroup = (name: string): boolean =>
  name === BOOTSTRAPPERS || /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/.test(name);

const SETS = {
  nodes: { id: 'all-users:nodes' as NodeId, kind: 'all-users', name: 'users of nodes', has: (name) => name.startsWith(NODE_USER) },
  'not-nodes': {
    id: 'all-users:not-nodes' as NodeId,
    kind: 'all-users',
    name: 'users but those of nodes',
    has: (name) => !name.startsWith(NODE_USER),
  },
  'not-masters': {
    id: 'all-groups:not-masters' as NodeId,
    kind: 'all-groups',
    name: `groups but ${MASTERS_GROUP}`,
    has: (name) => name !== MASTERS_GROUP,
  },
  bootstrappers: { id: 'all-groups:bootstrappers' as NodeId, kind: 'all-groups', name: 'bootstrap groups', has: isBootstrapGroup },
} as const satisfies Record<string, IdentitySet>;

/** The number of the node that stands for a set of users or groups; `contains` leads from it to its members. */
export function identitySet(facts: Facts, set: keyof typeof SETS): number {
  const { id, kind, name } = SETS[set];
  return facts.nodes.internAs(id, { kind, name });
}

/** The users of all nodes that were read, so that they have somewhere to lead to. */
export function nodeUsers(facts: Facts): number {
  for (const { name } of facts.inventory.kubernetes.nodes) facts.nodes.intern('user', `${NODE_USER}${name}`);
  return identitySet(facts, 'nodes');
}

/** Every set that an edge leads to, and each of its members among the nodes. */
export function* membersOfSets({ nodes }: Facts): Generator<{ readonly set: number; readonly member: number }> {
  for (const { id, kind, has } of Object.values(SETS) as readonly IdentitySet[]) {
    const set = nodes.indexOf(id);
    if (set === undefined) continue;
    const member = kind === 'all-users' ? 'user' : 'group';
    for (let node = 0, { count } = nodes; node < count; node += 1) {
      if (nodes.kinds[node] === member && has(nodes.names[node] as string)) yield { set, member: node };
    }
  }
}
