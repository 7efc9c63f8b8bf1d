import type { GcpBinding, GcpPolicy } from '../../inventory/gcp.ts';
import { conditionHolds } from './condition.ts';
import type { GcpGrant } from './decide.ts';
import type { GcpIndex } from './gcp-index.ts';
import type { FederatedIdentity, GcpIdentity } from './identity.ts';
import { memberMeans } from './member-match.ts';
import type { Member } from './members.ts';
import type { GcpResource } from './resource.ts';
import { roleHolds } from './roles.ts';

/** What comes nearest to letting an identity in, and why it does not. */
export interface Miss {
  readonly code: string;
  readonly reason: string;
  /** The member that comes nearest, where there is one. */
  readonly at?: Pick<GcpGrant, 'policy' | 'binding' | 'member'>;
}

const PERMISSION = 'iam.serviceAccounts.getAccessToken';

/** Nearest first. */
const CODES = ['condition-false', 'role-without-getAccessToken', 'other-cluster', 'member-mismatch', 'other-pool', 'member-deleted'];

/**
 * Why nothing lets the identity in, told by the binding that comes nearest: the condition that fails, the role that is too small, the member
 * that names another cluster, service account or pool. Bindings of the account's own policy count before inherited ones.
 */
export function nearestMiss(index: GcpIndex, identity: GcpIdentity, account: GcpResource): Miss {
  const misses: Miss[] = [];
  for (const name of account.lineage) {
    const own = name === account.name;
    // Of inherited bindings only those that are about service accounts say something of this one.
    const policy = index.policies.get(name);
    for (const binding of policy?.bindings ?? [])
      if (policy !== undefined && (own || isAboutAccounts(index, binding.role)))
        misses.push(...missesOf(index, binding, { identity, account, own, policy }));
    if (own && misses.length > 0) break;
  }
  misses.sort((one, other) => CODES.indexOf(one.code) - CODES.indexOf(other.code));
  return misses[0] ?? { code: 'no-binding', reason: `No policy lets it become ${account.name.slice(account.name.lastIndexOf('/') + 1)}.` };
}

const isAboutAccounts = (index: GcpIndex, role: string): boolean =>
  roleHolds(index, role, PERMISSION) !== false || roleHolds(index, role, 'iam.serviceAccounts.actAs') === true;

function missesOf(index: GcpIndex, binding: GcpBinding, asked: Asked): Miss[] {
  const misses = binding.members.flatMap((text): Miss[] => {
    const miss = missOf(index, { ...asked, binding, text });
    return miss === undefined ? [] : [{ ...miss, at: { policy: asked.policy, binding, member: text } }];
  });
  return asked.own ? misses : misses.filter(({ code }) => code === 'condition-false' || code === 'role-without-getAccessToken');
}

interface Asked {
  readonly identity: GcpIdentity;
  readonly account: GcpResource;
  /** Whether it is the account's own policy. */
  readonly own: boolean;
  readonly policy: GcpPolicy;
}

interface Case extends Asked {
  readonly binding: GcpBinding;
  readonly text: string;
}

function missOf(index: GcpIndex, { binding, text, identity, account }: Case): Miss | undefined {
  const member = index.member(text);
  const held = roleHolds(index, binding.role, PERMISSION);
  if (memberMeans(index, member, identity) !== false) {
    if (held === false) return { code: 'role-without-getAccessToken', reason: `${binding.role} does not hold ${PERMISSION}.` };
    const known = index.asOf === undefined ? {} : { at: index.asOf };
    return conditionHolds(binding.condition, account, known) === false
      ? { code: 'condition-false', reason: `The condition ${binding.condition?.title ?? binding.condition?.expression} does not hold.` }
      : undefined;
  }
  if (held === false) return undefined;
  if (member.kind === 'deleted') return { code: 'member-deleted', reason: `The member ${text} is deleted.` };
  return member.kind === 'pool' && identity.kind === 'federated' ? poolMiss(member, text, identity) : undefined;
}

function poolMiss(member: Member & { kind: 'pool' }, text: string, { pool, attributes }: FederatedIdentity): Miss {
  if (member.pool !== pool.id) return { code: 'other-pool', reason: `The member is of pool ${member.pool}; the cluster's is ${pool.id}.` };
  if (member.number !== undefined && pool.number !== undefined && member.number !== pool.number)
    return { code: 'other-pool', reason: `The member names project number ${member.number}; the pool's project has ${pool.number}.` };
  const { who } = member;
  if (who.kind === 'attribute' && who.name === 'kubernetes.cluster')
    return { code: 'other-cluster', reason: `The set is of cluster ${who.value.slice(who.value.lastIndexOf('/') + 1)}.` };
  if (who.kind === 'attribute' && who.name === 'kubernetes.serviceaccount.uid')
    return {
      code: 'member-mismatch',
      reason: `The UID ${who.value} is another object's; this one has ${attributes.get(who.name) ?? 'none that is known'}.`,
    };
  return { code: 'member-mismatch', reason: `The member names another service account: ${text}.` };
}
