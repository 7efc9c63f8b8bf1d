import { both, isOpen, type Judgement } from '../../access/gcp/judgement.ts';
import { GSA_ANNOTATION } from '../../access/gcp/link-evidence.ts';
import { memberMeans } from '../../access/gcp/member-match.ts';
import type { Member } from '../../access/gcp/members.ts';
import type { Population, Resident } from '../../access/gcp/population.ts';
import type { GcpBinding, GcpPolicy } from '../../inventory/gcp.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import { removeBinding } from '../evidence/gcp.ts';
import type { Facts } from '../facts/facts.ts';
import { type GrantRecord, gcpWorld, grantNode, openBindings, residentNode } from '../facts/gcp-world.ts';
import { gkeNodes, POOL_UNKNOWN } from '../facts/gke-nodes.ts';
import type { Certainty } from '../kinds.ts';
import { defineTechnique } from './technique.ts';

interface Found {
  readonly resident: Resident;
  readonly policy: GcpPolicy;
  readonly binding: GcpBinding;
  readonly place: number;
  readonly judgement: Judgement;
  /** GKE's metadata server has the token; elsewhere it takes one that the pod projects. */
  readonly served: boolean;
}

/** Every service account of the cluster that a binding names itself, alone or in a set. */
function* directGrants(facts: Facts): Generator<Found> {
  const { index, populations } = gcpWorld(facts);
  if (populations.length === 0) return;
  for (const { policy, binding, judgement: holds } of openBindings(facts))
    for (const [place, text] of binding.members.entries()) {
      const member = index.member(text);
      if (member.kind !== 'pool') continue;
      for (const { resident, served } of residentsOf(populations, member)) {
        const judgement = both(both(memberMeans(index, member, resident.identity), resident.admitted), holds);
        if (judgement !== false) yield { resident, policy, binding, place, judgement, served };
      }
    }
}

function* residentsOf(
  populations: readonly Population[],
  member: Member & { kind: 'pool' },
): Generator<Pick<Found, 'resident' | 'served'>> {
  for (const { pool, meant, method } of populations)
    for (const resident of pool.id === member.pool ? meant(member.who) : []) yield { resident, served: method === 'gke' };
}

/** Places of live pods by `namespace/service account`. */
function podsByAccount({ pods }: Facts): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [place, pod] of pods.pods.entries()) {
    if (pods.live[place] !== 1) continue;
    const key = `${pod.namespace}/${pod.spec.serviceAccountName}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, [place]);
    else list.push(place);
  }
  return found;
}

const isAnnotated = ({ annotations }: ServiceAccount): boolean => (annotations.get(GSA_ANNOTATION) ?? '') !== '';

/** An annotation puts the metadata server to other use, so that the grant takes a token that somebody exchanges by hand. */
const certaintyOf = ({ judgement, resident }: Found): Certainty =>
  isOpen(judgement) ? 'conditional' : isAnnotated(resident.account) ? 'possible' : 'wired';

const SHADOWED = `the annotation ${GSA_ANNOTATION} shadows the grant: the metadata server gives the annotated account's tokens; a token of the service account for the pool has to be exchanged by hand`;

export const gcpDirectGrant = defineTechnique({
  id: 'gcp-direct-grant',
  title: 'Has a role in Google Cloud itself',
  class: 'cloud',
  walked: true,
  from: ['service-account', 'pod'],
  to: ['gcp-grant'],
  action:
    "Uses the role with the federated token of the Kubernetes service account, which the metadata server or Google's token service gives.",
  precondition:
    "A binding names the service account's principal, its namespace, its cluster or its pool, and the condition holds; pods are on nodes with GKE_METADATA and their service account carries no Google service account's annotation.",
  remediation: 'Name the one service account, on the smallest resource.',
  coverage: {
    level: 'partial',
    misses: 'deny policies, APIs that take no federated tokens, and which pods of clusters elsewhere hold a token for the pool',
  },
  attck: ['T1078.004'],
  references: ['https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#authenticating_to'],
  find(facts, emit) {
    if (gcpWorld(facts).populations.length === 0) return;
    let podsOf: ReadonlyMap<string, readonly number[]> | undefined;
    const { metadataOf } = gkeNodes(facts);
    for (const found of directGrants(facts)) {
      const to = grantNode(facts, found);
      const certainty = certaintyOf(found);
      emit(residentNode(facts, found.resident), to, found.place, certainty);
      if (certainty === 'possible' || !found.served) continue;
      podsOf ??= podsByAccount(facts);
      for (const place of podsOf.get(found.resident.key) ?? []) {
        const server = metadataOf(place);
        if (server !== 'node') emit(facts.pods.node[place] as number, to, found.place, server === 'own' ? certainty : 'conditional');
      }
    }
  },
  changes({ nodes }, { to, detail }) {
    const { policy, binding } = nodes.records[to] as GrantRecord;
    return [`GcpPolicy/${policy.resource}/${binding.role}/${binding.members[detail]}`];
  },
  explain(facts, { from, to, detail, certainty }) {
    const { policy, binding } = facts.nodes.records[to] as GrantRecord;
    const member = binding.members[detail] as string;
    const place = facts.pods.placeOf.get(from);
    const hangsOn = [
      ...(certainty === 'possible' ? [SHADOWED] : []),
      ...(place !== undefined && gkeNodes(facts).metadataOf(place) === 'either' ? [POOL_UNKNOWN] : []),
      ...(certainty === 'conditional' && binding.condition !== undefined ? [binding.condition.expression] : []),
    ];
    return {
      evidence: [
        {
          kind: 'GcpPolicy',
          name: policy.resource,
          pointer: `/bindings/${binding.index}/members/${detail}`,
          says: `grants ${binding.role} to ${member}`,
        },
      ],
      ...(certainty === 'wired' || certainty === 'certain'
        ? {}
        : { hangsOn: hangsOn.join('; ') || 'what the provider of the pool maps and lets in' }),
      fix: removeBinding({ policy, binding, member }),
    };
  },
});
