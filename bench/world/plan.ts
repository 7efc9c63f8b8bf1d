/** What the generated cluster holds, before any object is made of it. All sizes follow from the number of pods. */

export const PODS_PER_NAMESPACE = 200;
export const WORKLOADS_PER_NAMESPACE = 20;
export const REPLICAS = PODS_PER_NAMESPACE / WORKLOADS_PER_NAMESPACE;
export const PODS_PER_NODE = 40;

/** Ten service accounts a namespace. */
export const SERVICE_ACCOUNTS = ['default', 'api', 'web', 'worker', 'jobs', 'cache', 'ingest', 'reports', 'deployer', 'monitor'] as const;
export type ServiceAccountName = (typeof SERVICE_ACCOUNTS)[number];

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';
export const CLUSTER_NAME = 'bench';
export const ISSUER = `oidc.eks.${REGION}.amazonaws.com/id/BE4C40000000000000000000000BE4C4`;
export const CREATED = '2026-11-20T08:15:42Z';

export interface NamespacePlan {
  readonly index: number;
  readonly name: string;
  /** Its jobs may read every secret of the namespace. */
  readonly readsSecrets: boolean;
  /** A debugging right was left behind: exec into the pods. */
  readonly execs: boolean;
  /** Its deployer was made cluster admin. */
  readonly admin: boolean;
  /** One of its workloads is privileged with the node's root mounted. */
  readonly escapes: boolean;
  /** Its ingest pods have a role in AWS. */
  readonly cloud: boolean;
}

const WORDS = ['billing', 'catalog', 'checkout', 'search', 'media', 'ledger', 'shipping', 'profile', 'pricing', 'fraud'] as const;

export function planNamespaces(pods: number): readonly NamespacePlan[] {
  return Array.from({ length: Math.ceil(pods / PODS_PER_NAMESPACE) }, (_, index) => ({
    index,
    name: `${WORDS[index % WORDS.length]}-${String(index).padStart(3, '0')}`,
    readsSecrets: index % 3 === 0,
    execs: index % 5 === 1,
    admin: index % 25 === 4,
    escapes: index % 10 === 7,
    cloud: index % 4 === 2,
  }));
}

export const roleName = (namespace: NamespacePlan): string => `bench-${namespace.name}-ingest`;
export const roleArn = (namespace: NamespacePlan): string => `arn:aws:iam::${ACCOUNT}:role/${roleName(namespace)}`;

/** Which service account the workload with this index runs as. Few pods hold the dangerous ones. */
export function serviceAccountOf(workload: number): ServiceAccountName {
  const order = [
    'api',
    'web',
    'web',
    'api',
    'worker',
    'worker',
    'jobs',
    'cache',
    'default',
    'default',
    'web',
    'api',
    'worker',
    'cache',
    'web',
    'default',
    'monitor',
    'ingest',
    'reports',
    'deployer',
  ] as const;
  return order[workload % order.length] ?? 'default';
}

export const nodeCount = (pods: number): number => Math.max(3, Math.ceil(pods / PODS_PER_NODE));
export const nodeName = (index: number): string => `ip-10-${Math.floor(index / 250)}-${index % 250}-17.${REGION}.compute.internal`;
