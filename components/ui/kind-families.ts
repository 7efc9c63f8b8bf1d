import type { NodeKind } from '../../lib/graph/kinds.ts';

/** What a kind belongs to; each family has one colour, `--kind-FAMILY` in globals.css, in both themes. */
export type KindFamily = 'workload' | 'identity' | 'secret' | 'binding' | 'role' | 'target' | 'cloud';

export const KIND_FAMILIES: Record<NodeKind, KindFamily> = {
  pod: 'workload',
  workload: 'workload',
  'all-pods': 'workload',
  'service-account': 'identity',
  user: 'identity',
  group: 'identity',
  'all-service-accounts': 'identity',
  'all-users': 'identity',
  'all-groups': 'identity',
  secret: 'secret',
  'all-secrets': 'secret',
  'role-binding': 'binding',
  'cluster-role-binding': 'binding',
  role: 'role',
  'cluster-role': 'role',
  'role-grant': 'role',
  node: 'target',
  'all-nodes': 'target',
  'namespace-admin': 'target',
  'cluster-admin': 'target',
  'aws-role': 'cloud',
  'aws-statement': 'cloud',
  'aws-admin': 'target',
  'aws-user': 'cloud',
  'aws-resource': 'secret',
  'cloud-key': 'secret',
  'gcp-service-account': 'cloud',
  'gcp-grant': 'cloud',
  'gcp-admin': 'target',
  'azure-identity': 'cloud',
  'azure-grant': 'cloud',
  'azure-admin': 'target',
};
