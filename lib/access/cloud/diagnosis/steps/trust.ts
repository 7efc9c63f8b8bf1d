import { letActAs } from '../../../gcp/let-act-as.ts';
import { awsTrustFix } from '../aws-trust.ts';
import { federatedCredential } from '../azure-credential.ts';
import type { ChainFacts } from '../chain-facts.ts';
import type { Finding, Remedy } from '../diagnosis.ts';

/** What another step tells of: the identity, the pods, the issuer. */
const TOLD_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['invalid-arn', 'Nothing can be trusted before the annotation names a role.'],
  ['annotation-malformed', 'Nothing can be trusted before the annotation names an identity.'],
  ['role-missing', 'There is no role whose trust policy could be asked.'],
  ['gsa-missing', 'There is no service account whose policy could be asked.'],
  ['client-id-unknown', 'There is no identity whose federated credentials could be asked.'],
  ['audience-not-registered', 'The token is refused before the trust policy is asked.'],
  ['issuer-mismatch', 'The token is refused because of its issuer.'],
  ['service-account-missing', 'There is no service account to let in.'],
]);

/** Codes that say that the trust is there although the link does not work for another reason. */
const FITS = new Set([
  'pod-label-missing',
  'tenant-mismatch',
  'gsa-disabled',
  'agent-not-found',
  'pod-identity-wins',
  'webhook-off',
  'service-account-unread',
]);

/** Does the identity let the service account in: trust policy, IAM policy of the Google service account, federated credential? */
export function trustStep(facts: ChainFacts): Finding {
  const { link } = facts;
  const elsewhere = link.state === 'broken' ? TOLD_ELSEWHERE.get(link.code) : undefined;
  if (elsewhere !== undefined) return { status: 'skipped', says: elsewhere, evidence: [] };
  const evidence = link.evidence.filter(({ kind }) => kind !== 'ServiceAccount' && kind !== 'PodIdentityAssociation' && kind !== 'Pod');
  if (FITS.has(link.code)) return { status: 'ok', says: 'The identity lets the service account in.', evidence };
  if (link.state === 'conditional')
    return {
      status: 'unknown',
      says: [link.reason, ...(link.dependsOn === undefined ? [] : [`It hangs on ${link.dependsOn.join(', ')}.`])].join(' '),
      evidence,
    };
  if (link.state !== 'broken') return { status: 'ok', says: link.reason, evidence };
  return { status: 'failed', says: link.reason, evidence, fix: letIn(facts) };
}

/** The change that lets the service account in, and nobody else. */
function letIn(facts: ChainFacts): Remedy {
  switch (facts.link.method) {
    case 'gke':
      return googleMember(facts);
    case 'aks':
      return federatedCredential(facts);
    case 'federation':
      return facts.link.provider === 'azure'
        ? federatedCredential(facts)
        : { says: 'let the pool provider accept the token, and the service account its subject (roles/iam.workloadIdentityUser)' };
    default:
      return awsTrustFix(facts);
  }
}

function googleMember({ link, namespace, name, world }: ChainFacts): Remedy {
  const { gcp, cluster } = world.inventory;
  const pool = gcp.clusters.find(({ selfLink }) => selfLink === cluster.gkeSelfLink)?.workloadPool ?? 'PROJECT.svc.id.goog';
  return {
    says: 'let the service account act as it',
    command: letActAs(link.identity, `serviceAccount:${pool}[${namespace}/${name}]`),
  };
}
