import type { Pod } from '../../../../inventory/kubernetes.ts';
import { type ChainFacts, counted, podsEvidence, restartCommand } from '../chain-facts.ts';
import type { Finding } from '../diagnosis.ts';

/**
 * The oldest versions that ask for these credentials and renew them.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts-minimum-sdk.html, …/pod-id-minimum-sdk.html,
 * https://azure.github.io/azure-workload-identity/docs/topics/language-specific-examples/azure-identity-sdk.html
 */
const MINIMUM = {
  irsa: 'boto3 1.9.220, AWS CLI 1.16.232, Java 2.10.11 or 1.12.782, Go 1.23.13, JavaScript 2.525.0 or 3.27.0',
  'pod-identity': 'boto3 1.34.41, AWS CLI 1.30.0 or 2.15.0, Java 2.21.30, Go 1.47.11, JavaScript 3.458.0',
  aks: 'Azure Identity for .NET 1.9.0, Go 1.3.0, Java 1.9.0, JavaScript 3.2.0, Python 1.13.0',
} as const;

/**
 * Are credentials renewed? That happens inside the containers and cannot be seen; what can be told is which versions do, and whether pods are
 * older than their service account.
 */
export function renewalStep(facts: ChainFacts): Finding {
  const { link, pods, account, world } = facts;
  const since = account?.creationTimestamp;
  const older =
    since === undefined
      ? []
      : pods.filter(({ creationTimestamp }) => creationTimestamp !== undefined && isBefore(creationTimestamp, since));
  const hint =
    link.method === 'gke' || link.method === 'federation'
      ? 'Client libraries renew their tokens by themselves; a process that read one at its start and keeps it fails when it expires.'
      : `An SDK older than these neither finds nor renews the credentials: ${MINIMUM[link.method]}.`;
  if (older.length === 0) return { status: 'skipped', says: `This cannot be seen from outside. ${hint}`, evidence: [] };
  const [first] = older as [Pod];
  return {
    status: 'unknown',
    says: `${counted(older.length, 'pod')} ${older.length === 1 ? 'is' : 'are'} older than the service account, which was made anew: what they cached may be of before. ${hint}`,
    evidence: podsEvidence(older, '/metadata/creationTimestamp', `is before that of the service account (${since})`),
    fix: { says: 'make the pods anew', command: restartCommand(world, first) },
  };
}

/** Timestamps of the API server are RFC 3339 in UTC with seconds, so their order as text is that of time. */
const isBefore = (one: string, other: string): boolean => one.length === other.length && one < other;
