import { unreadIn } from '../../../../inventory/unread-list.ts';
import { command, kubectl } from '../../../shell.ts';
import { annotationEvidence, type ChainFacts } from '../chain-facts.ts';
import type { Finding, Remedy } from '../diagnosis.ts';

/** Annotation by which a service account names its identity, per method. */
export const POINTERS = {
  irsa: 'eks.amazonaws.com/role-arn',
  gke: 'iam.gke.io/gcp-service-account',
  aks: 'azure.workload.identity/client-id',
} as const;

/** What says that the annotation itself is wrong: what it names cannot be an identity of this account's kind. */
const MALFORMED = new Set(['invalid-arn', 'annotation-malformed', 'tenant-mismatch']);

/**
 * Does something point the service account at the identity: its annotation, or an association in EKS?
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html,
 * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity, https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
 */
export function pointerStep(facts: ChainFacts): Finding {
  const { link, account, pointed, namespace, name } = facts;
  if (link.method === 'federation') return federated(facts);
  if (account === undefined && !serviceAccountsUnread(facts))
    return {
      status: 'failed',
      says: `There is no service account ${namespace}/${name}, so no pod can run as it.`,
      evidence: link.evidence.slice(0, 1),
      fix: { says: 'create the service account, or remove what names it', command: kubectl(namespace, 'create', 'serviceaccount', name) },
    };
  if (!pointed)
    return {
      status: 'failed',
      says: `Nothing points ${namespace}/${name} at \`${link.identity}\`, so its pods are not given the identity by themselves.`,
      evidence: [{ kind: 'ServiceAccount', namespace, name, pointer: '/metadata/annotations', says: 'has no annotation that names it' }],
      fix: pointTo(facts),
    };
  if (MALFORMED.has(link.code)) return { status: 'failed', says: link.reason, evidence: pointing(facts), fix: pointTo(facts) };
  const how = link.method === 'pod-identity' ? 'A Pod Identity association gives it' : 'Its annotation names';
  return { status: 'ok', says: `${how} \`${link.identity}\`.`, evidence: pointing(facts) };
}

/** Every namespace has an account, so that none at all was not read. */
function serviceAccountsUnread({ world: { inventory }, namespace }: ChainFacts): boolean {
  return inventory.kubernetes.serviceAccounts.length === 0 || unreadIn(inventory, 'serviceaccounts')(namespace);
}

function pointing(facts: ChainFacts): Finding['evidence'] {
  const { link } = facts;
  if (link.method === 'pod-identity') return link.evidence.filter(({ kind }) => kind === 'PodIdentityAssociation');
  if (link.method === 'federation') return [];
  return [annotationEvidence(facts, POINTERS[link.method], `names \`${link.identity}\``)];
}

function federated({ link, pods }: ChainFacts): Finding {
  return {
    status: 'skipped',
    says: `No annotation is involved: a pod asks for a token of audience \`${link.audience}\` in its own spec${pods.length === 0 ? ', and no pod runs as it' : ''}.`,
    evidence: [],
  };
}

/** What to write where the annotation names nothing that could be an identity. */
const PLACEHOLDERS: ReadonlyMap<string, string> = new Map([
  ['invalid-arn', 'arn:aws:iam::ACCOUNT:role/NAME'],
  ['annotation-malformed', 'NAME@PROJECT.iam.gserviceaccount.com'],
]);

/** The command that makes the service account point at the link's identity. */
function pointTo({ link, namespace, name, world }: ChainFacts): Remedy {
  if (link.method === 'pod-identity' || link.method === 'federation') {
    const cluster = world.inventory.cluster.name ?? 'CLUSTER';
    const words = [`--cluster-name=${cluster}`, `--namespace=${namespace}`, `--service-account=${name}`, `--role-arn=${link.identity}`];
    return { says: 'associate the role', command: command('aws', 'eks', 'create-pod-identity-association', ...words) };
  }
  const value = PLACEHOLDERS.get(link.code) ?? link.identity;
  const says =
    link.code === 'tenant-mismatch'
      ? 'let the tenant annotation name the tenant of the identity, or remove it'
      : `annotate the service account; pods that are made afterwards get the identity`;
  const words = link.code === 'tenant-mismatch' ? ['azure.workload.identity/tenant-id-'] : [`${POINTERS[link.method]}=${value}`];
  return { says, command: kubectl(namespace, 'annotate', '--overwrite', 'serviceaccount', name, ...words) };
}
