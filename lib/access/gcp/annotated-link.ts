import type { Inventory } from '../../inventory/inventory.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import type { CloudEvidence, CloudLink } from '../cloud/link.ts';
import type { GcpIndex } from './gcp-index.ts';
import { gkeCluster, gkeLink, servesIdentities } from './gke-cluster.ts';
import { accountResource, bestGrant, impersonation, stateOf } from './impersonation.ts';
import { annotationEvidence, denialEvidence, GSA_ANNOTATION, grantEvidence, gsaEvidence } from './link-evidence.ts';
import type { Population, Resident } from './population.ts';
import { projectOfAccount } from './resource.ts';

interface Answer {
  readonly works: boolean | 'conditional';
  readonly code: string;
  readonly reason: string;
  readonly dependsOn?: readonly string[];
  readonly evidence?: readonly CloudEvidence[];
}

/**
 * What becomes of the annotation `iam.gke.io/gcp-service-account`; undefined: there is none. It grants nothing by itself: GKE's metadata server
 * asks IAM Credentials for the annotated account's token with the service account's own.
 * Source: https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#metadata_server
 */
export function annotatedLink(
  inventory: Inventory,
  index: GcpIndex,
  { account, population }: { readonly account: ServiceAccount; readonly population: Population | undefined },
): CloudLink | undefined {
  const email = account.annotations.get(GSA_ANNOTATION);
  if (email === undefined || email === '') return undefined;
  const resident = population?.byKey.get(`${account.namespace}/${account.name}`);
  const answer = clusterAnswer(inventory, population) ?? accountAnswer(index, email) ?? policyAnswer(index, email, resident);
  const record = index.accounts.get(email);
  return {
    serviceAccount: `${account.namespace}/${account.name}`,
    provider: 'gcp',
    identity: email,
    ...(record === undefined ? {} : { principal: record }),
    method: 'gke',
    audience: population?.pool.id ?? '',
    state: stateOf(answer.works, true),
    code: answer.code,
    reason: answer.reason,
    evidence: [
      annotationEvidence(account, `names ${email}`),
      ...(record === undefined ? [] : [gsaEvidence(record)]),
      ...(answer.evidence ?? []),
    ],
    ...(answer.dependsOn === undefined || answer.dependsOn.length === 0 ? {} : { dependsOn: answer.dependsOn }),
  };
}

/** What the cluster itself stands in the way with; undefined: nothing. */
function clusterAnswer(inventory: Inventory, population: Population | undefined): Answer | undefined {
  const link = gkeLink(inventory);
  const cluster = gkeCluster(inventory);
  if (link === undefined) {
    if (inventory.cluster.issuer !== undefined)
      return { works: false, code: 'not-gke', reason: "Only GKE's metadata server goes by the annotation, and this is no GKE cluster." };
    const on = 'which GKE cluster this is';
    return { works: 'conditional', code: 'cluster-unknown', reason: 'The data does not tell which cluster this is.', dependsOn: [on] };
  }
  if (cluster === undefined) return undefined;
  const evidence = (pointer: string, says: string): readonly CloudEvidence[] => [
    { kind: 'GkeCluster', name: cluster.selfLink, pointer, says },
  ];
  if (population === undefined)
    return {
      works: false,
      code: 'no-workload-identity',
      reason: 'The cluster has no workload pool: its pods act as the service account of their node.',
      evidence: evidence('', 'has no workloadIdentityConfig'),
    };
  if (servesIdentities(cluster) === false)
    return {
      works: false,
      code: 'node-pool-metadata',
      reason: "No node pool has workload metadata mode GKE_METADATA: pods act as their node's service account.",
      evidence: evidence('/nodePools', 'none has workloadMetadataConfig.mode GKE_METADATA'),
    };
  return undefined;
}

/** What of the annotated account itself is wrong; undefined: nothing. */
function accountAnswer(index: GcpIndex, email: string): Answer | undefined {
  if (!/^[^@\s/]{1,100}@[a-z0-9.-]{1,200}\.gserviceaccount\.com$/.test(email))
    return { works: false, code: 'annotation-malformed', reason: `\`${email.slice(0, 200)}\` is no email of a Google service account.` };
  if (index.accounts.has(email)) return undefined;
  const project = projectOfAccount(index, email);
  if (project === undefined || !index.gcp.projectsWithServiceAccounts.includes(project)) return undefined;
  return { works: false, code: 'gsa-missing', reason: `Project ${project} has no service account ${email}.` };
}

function policyAnswer(index: GcpIndex, email: string, resident: Resident | undefined): Answer {
  if (resident === undefined) throw new Error('annotated-link: a service account of the cluster is not in its population');
  const found = impersonation(index, resident.identity, accountResource(index, email));
  const grant = bestGrant(index, found.decision.grants) ?? found.nearest;
  const evidence = [...(grant === undefined ? [] : [grantEvidence(grant)]), ...found.decision.denials.map(denialEvidence)];
  if (found.works === false || resident.admitted === true) return { ...found, evidence };
  const on = [...found.dependsOn, ...(resident.admitted === false ? [] : resident.admitted)];
  return { works: 'conditional', code: 'cluster-unread', reason: `It hangs on ${on.join(', ')}.`, dependsOn: on, evidence };
}
