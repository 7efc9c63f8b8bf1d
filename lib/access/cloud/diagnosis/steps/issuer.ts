import { command } from '../../../shell.ts';
import { federatedCredential } from '../azure-credential.ts';
import type { ChainFacts } from '../chain-facts.ts';
import type { Finding } from '../diagnosis.ts';

/** Does the cloud know the issuer of the cluster's tokens, and accept their audience? */
export function issuerStep(facts: ChainFacts): Finding {
  switch (facts.link.method) {
    case 'irsa':
      return oidcProvider(facts);
    case 'pod-identity':
      return { status: 'skipped', says: 'Pod Identity needs no OIDC provider: EKS vouches for the pod.', evidence: [] };
    case 'gke':
      return workloadPool(facts);
    default:
      return byCode(facts);
  }
}

/** Source: https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html; STS looks in the role's own account. */
function oidcProvider({ link, world }: ChainFacts): Finding {
  const { aws, cluster } = world.inventory;
  const parts = /^arn:([^:]{1,20}):iam::(\d{12}):role\//.exec(link.identity);
  const issuer = cluster.issuer?.replace(/^https:\/\//, '');
  if (parts === null)
    return {
      status: 'skipped',
      says: 'In which account the issuer has to be registered cannot be told: there is no role ARN.',
      evidence: [],
    };
  if (issuer === undefined)
    return {
      status: 'unknown',
      says: "The cluster's issuer is not known.",
      evidence: [],
      fix: { says: 'add it to the data', command: 'kubectl get --raw /.well-known/openid-configuration' },
    };
  const [, partition, account] = parts as unknown as [string, string, string];
  const arn = `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
  const provider = aws.oidcProviders.find((one) => one.arn === arn);
  if (provider === undefined && !aws.accountsWithProviders.includes(account))
    return {
      status: 'unknown',
      says: `The OIDC providers of account ${account} were not read.`,
      evidence: [],
      fix: { says: 'look whether the issuer is among them', command: 'aws iam list-open-id-connect-providers' },
    };
  if (provider === undefined)
    return {
      status: 'failed',
      says: `The issuer \`${issuer}\` is not registered as an OIDC provider in account ${account}, where the role is.`,
      evidence: [],
      fix: {
        says: `register it in account ${account}`,
        command: command('aws', 'iam', 'create-open-id-connect-provider', `--url=https://${issuer}`, `--client-id-list=${link.audience}`),
      },
    };
  const evidence = (pointer: string, says: string) => [{ kind: 'AwsOidcProvider', name: arn, pointer, says }];
  if (provider.clientIds === undefined)
    return {
      status: 'unknown',
      says: 'The issuer is registered; which audiences it accepts was not read.',
      evidence: evidence('/Url', 'registers the issuer'),
    };
  if (!provider.clientIds.includes(link.audience))
    return {
      status: 'failed',
      says: `The OIDC provider does not accept the audience \`${link.audience}\`.`,
      evidence: evidence('/ClientIDList', `holds ${provider.clientIds.slice(0, 5).join(', ') || 'nothing'}`),
      fix: {
        says: 'add the audience to its client ids, or annotate one that is there',
        command: command(
          'aws',
          'iam',
          'add-client-id-to-open-id-connect-provider',
          `--open-id-connect-provider-arn=${arn}`,
          `--client-id=${link.audience}`,
        ),
      },
    };
  const says = `The issuer is registered in account ${account} and accepts the audience \`${link.audience}\`.`;
  return { status: 'ok', says, evidence: evidence('/ClientIDList', `holds \`${link.audience}\``) };
}

/** Source: https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity (enable on the cluster). */
function workloadPool({ world }: ChainFacts): Finding {
  const { gcp, cluster } = world.inventory;
  const gke = gcp.clusters.find(({ selfLink }) => selfLink === cluster.gkeSelfLink);
  if (gke === undefined)
    return { status: 'unknown', says: 'Which GKE cluster this is is not known, so neither is its workload pool.', evidence: [] };
  const evidence = [
    {
      kind: 'GkeCluster',
      name: gke.selfLink,
      pointer: '/workloadIdentityConfig/workloadPool',
      says: `is ${gke.workloadPool ?? 'not set'}`,
    },
  ];
  if (gke.workloadPool !== undefined)
    return { status: 'ok', says: `Workload Identity is on, with the pool \`${gke.workloadPool}\`.`, evidence };
  const words = [`--location=${gke.location}`, `--project=${gke.project}`, `--workload-pool=${gke.project}.svc.id.goog`];
  return {
    status: 'failed',
    says: `Workload Identity is off in cluster ${gke.name}: its pods have no identity of their own in Google Cloud.`,
    evidence,
    fix: {
      says: 'switch it on, then in the node pools',
      command: command('gcloud', 'container', 'clusters', 'update', gke.name, ...words),
    },
  };
}

const ISSUER_CODES = new Set([
  'issuer-mismatch',
  'issuer-unknown',
  'wrong-issuer',
  'provider-missing',
  'provider-disabled',
  'no-provider',
  'oidc-issuer-off',
]);

function byCode(facts: ChainFacts): Finding {
  const { link, world } = facts;
  const { issuer } = world.inventory.cluster;
  if (!ISSUER_CODES.has(link.code)) {
    if (link.principal === undefined)
      return { status: 'skipped', says: 'What the identity trusts cannot be asked before the identity is found.', evidence: [] };
    if (issuer === undefined) return { status: 'unknown', says: "The cluster's issuer is not known.", evidence: [] };
    return {
      status: 'ok',
      says: `The identity trusts tokens of \`${issuer}\`.`,
      evidence: link.evidence.filter(({ pointer }) => pointer.endsWith('/issuer')),
    };
  }
  return {
    status: link.state === 'conditional' ? 'unknown' : 'failed',
    says: link.reason,
    evidence: link.evidence.slice(-2),
    ...(link.provider === 'azure' ? { fix: federatedCredential(facts) } : {}),
  };
}
