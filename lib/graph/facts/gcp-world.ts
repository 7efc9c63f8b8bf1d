import { conditionHolds } from '../../access/gcp/condition.ts';
import { type GcpIndex, indexGcp } from '../../access/gcp/gcp-index.ts';
import { givingBindings } from '../../access/gcp/giving.ts';
import type { GcpIdentity } from '../../access/gcp/identity.ts';
import type { Judgement } from '../../access/gcp/judgement.ts';
import type { Member } from '../../access/gcp/members.ts';
import { federatedPopulations, gkePopulation, type Population, type Resident } from '../../access/gcp/population.ts';
import type { GcpResource } from '../../access/gcp/resource.ts';
import type { GcpBinding, GcpPolicy } from '../../inventory/gcp.ts';
import type { NodeId } from '../model.ts';
import type { Facts } from './facts.ts';

/** What techniques about Google share: the index, and the cluster's service accounts as principals. */
export interface GcpWorld {
  readonly index: GcpIndex;
  readonly populations: readonly Population[];
}

const worlds = new WeakMap<Facts, GcpWorld>();

/** Made once per graph. */
export function gcpWorld(facts: Facts): GcpWorld {
  let world = worlds.get(facts);
  if (world === undefined) {
    const index = indexGcp(facts.inventory);
    const gke = gkePopulation(facts.inventory, index);
    world = { index, populations: [...(gke === undefined ? [] : [gke]), ...federatedPopulations(facts.inventory)] };
    worlds.set(facts, world);
  }
  return world;
}

/** The node of a Google service account, whether or not it was read. */
export function gsaNode(facts: Facts, email: string): number {
  return facts.nodes.intern('gcp-service-account', email, '', gcpWorld(facts).index.accounts.get(email));
}

export const residentNode = (facts: Facts, { account }: Resident): number =>
  facts.nodes.intern('service-account', account.name, account.namespace, account);

/** What stands behind a node of kind `gcp-grant`: a binding of a policy. */
export interface GrantRecord {
  readonly policy: GcpPolicy;
  readonly binding: GcpBinding;
}

/** The node of a binding, shared by all its members. */
export function grantNode({ nodes }: Facts, record: GrantRecord): number {
  const { policy, binding } = record;
  const limit = binding.condition === undefined ? '' : ` if ${binding.condition.title ?? binding.condition.expression}`.slice(0, 100);
  return nodes.internAs(`gcp-grant:${policy.resource}#${binding.index}` as NodeId, {
    kind: 'gcp-grant',
    name: `${binding.role} on ${policy.resource}${limit}`,
    record,
  });
}

/** The node that stands for all enabled service accounts of a project, so that no edge is drawn per principal and account. */
export function everyAccountNode({ nodes }: Facts, project: string): number {
  const name = `every service account of projects/${project}`;
  return nodes.internAs(`gcp-grant:${name}` as NodeId, { kind: 'gcp-grant', name });
}

/** Somebody in the graph who may hold rights in Google Cloud. */
export interface GcpHolder {
  readonly node: number;
  readonly identity: GcpIdentity;
}

/**
 * Service accounts of Google that are not disabled, and of the cluster, that bindings name whose roles hold or may hold the permission: on the
 * resources of `names` alone. Each once. What everybody holds is no edge but a warning.
 */
export function holders(facts: Facts, permission: string, names: readonly string[]): readonly GcpHolder[] {
  const { index } = gcpWorld(facts);
  const found = new Map<string, GcpHolder>();
  const policies = names.flatMap((name) => index.policies.get(name) ?? []);
  const members = policies.flatMap((policy) => givingBindings(index, policy, permission).flatMap(({ binding }) => binding.members));
  for (const text of new Set(members))
    for (const holder of meantBy(facts, index.member(text))) {
      const key = `${holder.node} ${holder.identity.kind === 'federated' ? JSON.stringify(holder.identity.pool) : ''}`;
      if (!found.has(key)) found.set(key, holder);
    }
  return [...found.values()];
}

/** Whom a member means, of those that the graph knows. */
function* meantBy(facts: Facts, member: Member): Generator<GcpHolder> {
  const { index, populations } = gcpWorld(facts);
  if (member.kind === 'service-account' && index.accounts.get(member.email)?.disabled !== true)
    yield { node: gsaNode(facts, member.email), identity: { kind: 'service-account', email: member.email } };
  if (member.kind !== 'pool') return;
  for (const { pool, meant } of populations)
    for (const resident of pool.id === member.pool ? meant(member.who) : [])
      yield { node: residentNode(facts, resident), identity: resident.identity };
}

/** A binding whose condition holds, or may on some resource below the policy's. */
export interface OpenBinding extends GrantRecord {
  readonly judgement: Judgement;
}

/**
 * Bindings outside of service accounts' own policies that are not known to be closed, by a condition or as their role is deleted or
 * disabled. What hangs on the resource below stays open.
 */
export function* openBindings({ inventory: { gcp, asOf } }: Facts): Generator<OpenBinding> {
  const idle = new Set(gcp.roles.filter(({ deleted, disabled }) => deleted || disabled === true).map(({ name }) => name));
  for (const policy of gcp.policies) {
    if (policy.resource.startsWith('projects/-/serviceAccounts/')) continue;
    const anywhere: GcpResource = { name: policy.resource, lineage: [policy.resource], conditionNames: [] };
    for (const binding of policy.bindings) {
      if (idle.has(binding.role)) continue;
      const judgement = conditionHolds(binding.condition, anywhere, asOf === undefined ? {} : { at: asOf });
      if (judgement !== false) yield { policy, binding, judgement };
    }
  }
}
