import type { NodeKind } from '../../lib/graph/kinds.ts';

/** What people call a kind: one, and many. */
export const KIND_LABELS: Record<NodeKind, { readonly one: string; readonly many: string }> = {
  pod: { one: 'Pod', many: 'Pods' },
  workload: { one: 'Workload', many: 'Workloads' },
  'service-account': { one: 'Service account', many: 'Service accounts' },
  secret: { one: 'Secret', many: 'Secrets' },
  node: { one: 'Node', many: 'Nodes' },
  'namespace-admin': { one: 'Namespace admin', many: 'Namespace admins' },
  'cluster-admin': { one: 'Cluster admin', many: 'Cluster admin' },
  user: { one: 'User', many: 'Users' },
  group: { one: 'Group', many: 'Groups' },
  'role-binding': { one: 'Role binding', many: 'Role bindings' },
  'cluster-role-binding': { one: 'Cluster role binding', many: 'Cluster role bindings' },
  role: { one: 'Role', many: 'Roles' },
  'cluster-role': { one: 'Cluster role', many: 'Cluster roles' },
  'role-grant': { one: 'Grant', many: 'Grants' },
  'all-pods': { one: 'All pods', many: 'All pods' },
  'all-secrets': { one: 'All secrets', many: 'All secrets' },
  'all-service-accounts': { one: 'All service accounts', many: 'All service accounts' },
  'all-users': { one: 'All users', many: 'All users' },
  'all-groups': { one: 'All groups', many: 'All groups' },
  'all-nodes': { one: 'All nodes', many: 'All nodes' },
  'aws-role': { one: 'AWS role', many: 'AWS roles' },
  'aws-statement': { one: 'AWS permission', many: 'AWS permissions' },
  'aws-admin': { one: 'AWS administrator', many: 'AWS administrators' },
  'aws-user': { one: 'AWS user', many: 'AWS users' },
  'aws-resource': { one: 'AWS data', many: 'AWS data' },
  'cloud-key': { one: 'Cloud key', many: 'Cloud keys' },
  'gcp-service-account': { one: 'Google service account', many: 'Google service accounts' },
  'gcp-grant': { one: 'Google permission', many: 'Google permissions' },
  'gcp-admin': { one: 'Google project owner', many: 'Google project owners' },
  'azure-identity': { one: 'Azure identity', many: 'Azure identities' },
  'azure-grant': { one: 'Azure permission', many: 'Azure permissions' },
  'azure-admin': { one: 'Azure owner', many: 'Azure owners' },
  internet: { one: 'Internet', many: 'Internet' },
  'node-network': { one: 'Network of the nodes', many: 'Network of the nodes' },
  service: { one: 'Service', many: 'Services' },
  ingress: { one: 'Ingress', many: 'Ingresses' },
  gateway: { one: 'Gateway', many: 'Gateways' },
  'gateway-route': { one: 'Route', many: 'Routes' },
  'service-traffic': { one: 'Traffic of a service', many: 'Traffic of services' },
  'all-traffic': { one: 'All traffic', many: 'All traffic' },
  'kubelet-volumes': { one: 'Volumes of pods', many: 'Volumes of pods' },
};

/** Nodes that stand for many are counted as sets: `13 sets of secrets`. */
const SETS: ReadonlyMap<NodeKind, string> = new Map([
  ['all-pods', 'pods'],
  ['all-secrets', 'secrets'],
  ['all-service-accounts', 'service accounts'],
  ['all-nodes', 'nodes'],
  ['all-users', 'users'],
  ['all-groups', 'groups'],
]);

/** `service account`, `AWS roles`, `sets of secrets`: what so many of a kind are called in the middle of a sentence. */
export function kindInText(kind: NodeKind, count: number): string {
  const members = SETS.get(kind);
  if (members !== undefined) return `${count === 1 ? 'set' : 'sets'} of ${members}`;
  const label = count === 1 ? KIND_LABELS[kind].one : KIND_LABELS[kind].many;
  return /^(?:AWS|Google|Azure) /.test(label) ? label : label.toLowerCase();
}
