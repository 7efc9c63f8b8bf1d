import type { GcpBinding, GcpPolicy } from '../../inventory/gcp.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudEvidence } from '../cloud/link.ts';
import { type GcpIndex, indexGcp } from './gcp-index.ts';
import { GET_ACCESS_TOKEN } from './impersonation.ts';
import type { Member } from './members.ts';
import { roleHolds } from './roles.ts';

/**
 * What somebody should look at. Codes: `all-users`, `all-authenticated-users`, `deleted-member`, `project-level-workload-identity-user`,
 * `project-level-token-creator`, `open-to-pool`, `open-to-cluster`, `shared-pool`.
 */
export interface GcpWarning {
  readonly code: string;
  /** The resource whose policy says it; for `shared-pool` the pool. */
  readonly resource: string;
  readonly member?: string;
  /** Where the member is named; undefined: it is no member. */
  readonly grant?: { readonly policy: GcpPolicy; readonly binding: GcpBinding };
  readonly says: string;
  readonly evidence: readonly CloudEvidence[];
}

/** Warnings of all policies and clusters that were read, by resource. */
export function gcpWarnings(inventory: Inventory): readonly GcpWarning[] {
  const index = indexGcp(inventory);
  const found = [...sharedPools(inventory)];
  for (const policy of inventory.gcp.policies)
    for (const binding of policy.bindings)
      for (const [place, member] of binding.members.entries()) {
        const warning = memberWarning(index, { policy, binding, member, place });
        if (warning !== undefined) found.push(warning);
      }
  return found;
}

interface Place {
  readonly policy: GcpPolicy;
  readonly binding: GcpBinding;
  readonly member: string;
  readonly place: number;
}

function memberWarning(index: GcpIndex, at: Place): GcpWarning | undefined {
  const { policy, binding, member, place } = at;
  const found = codeOf(index, at);
  if (found === undefined) return undefined;
  const evidence: CloudEvidence = {
    kind: 'GcpPolicy',
    name: policy.resource,
    pointer: `/bindings/${binding.index}/members/${place}`,
    says: `grants ${binding.role} to ${member}`,
  };
  return { code: found.code, resource: policy.resource, member, grant: { policy, binding }, says: found.says, evidence: [evidence] };
}

function codeOf(
  index: GcpIndex,
  { policy: { resource }, binding: { role }, member: text }: Place,
): { code: string; says: string } | undefined {
  const member = index.member(text);
  if (member.kind === 'everyone') return { code: 'all-users', says: `anybody on the internet has ${role} on ${resource}` };
  if (member.kind === 'authenticated')
    return { code: 'all-authenticated-users', says: `anybody with a Google account has ${role} on ${resource}` };
  if (member.kind === 'deleted') return { code: 'deleted-member', says: `${role} on ${resource} is still granted to a deleted principal` };
  if (roleHolds(index, role, GET_ACCESS_TOKEN) !== true) return undefined;
  if (!resource.includes('/serviceAccounts/')) return inheritedWarning(resource, { role, text, member });
  if (member.kind !== 'pool') return undefined;
  const email = resource.slice(resource.lastIndexOf('/') + 1);
  if (member.who.kind === 'all')
    return { code: 'open-to-pool', says: `every service account of every cluster of pool ${member.pool} can become ${email}` };
  if (member.who.kind !== 'attribute' || member.who.name !== 'kubernetes.cluster') return undefined;
  return { code: 'open-to-cluster', says: `every service account of cluster ${member.who.value.split('/').pop()} can become ${email}` };
}

/** On a project, folder or organisation it covers every service account below, those of owners too. */
function inheritedWarning(
  resource: string,
  { role, text, member }: { readonly role: string; readonly text: string; readonly member: Member },
): { code: string; says: string } | undefined {
  if (member.kind !== 'pool' && member.kind !== 'service-account') return undefined;
  const code = role === 'roles/iam.workloadIdentityUser' ? 'project-level-workload-identity-user' : 'project-level-token-creator';
  return { code, says: `${text} can become every service account of ${resource}` };
}

/** Namespace and name are the identity in a pool, so the same pair in another cluster is the same principal. */
function* sharedPools({ gcp }: Inventory): Generator<GcpWarning> {
  const byPool = new Map<string, CloudEvidence[]>();
  for (const { workloadPool, selfLink } of gcp.clusters) {
    if (workloadPool === undefined) continue;
    const list = byPool.get(workloadPool) ?? [];
    byPool.set(workloadPool, list);
    list.push({ kind: 'GkeCluster', name: selfLink, pointer: '/workloadIdentityConfig/workloadPool', says: `is in pool ${workloadPool}` });
  }
  for (const [pool, evidence] of byPool) {
    if (evidence.length < 2) continue;
    const names = evidence.map(({ name }) => name.slice(name.lastIndexOf('/') + 1));
    const shown = names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
    yield {
      code: 'shared-pool',
      resource: pool,
      says: `the clusters ${shown} share a pool: a service account of the same namespace and name in any of them is the same principal`,
      evidence,
    };
  }
}
