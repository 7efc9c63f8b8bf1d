import { splitServiceAccountUser } from '../access/rbac/subject.ts';
import type { NodeKind } from './kinds.ts';
import type { NodeId } from './model.ts';

/** The prefix of each kind's ids: short where people type them. */
export const ID_PREFIX: Readonly<Record<NodeKind, string>> = {
  pod: 'pod',
  workload: 'workload',
  'service-account': 'sa',
  secret: 'secret',
  node: 'node',
  'namespace-admin': 'namespace-admin',
  'cluster-admin': 'cluster-admin',
  user: 'user',
  group: 'group',
  'role-binding': 'rolebinding',
  'cluster-role-binding': 'clusterrolebinding',
  role: 'role',
  'cluster-role': 'clusterrole',
  'role-grant': 'role-grant',
  'all-pods': 'all-pods',
  'all-secrets': 'all-secrets',
  'all-service-accounts': 'all-service-accounts',
  'all-nodes': 'all-nodes',
  'all-users': 'all-users',
  'all-groups': 'all-groups',
  'aws-role': 'aws-role',
  'aws-statement': 'aws-statement',
  'aws-admin': 'aws-admin',
  'aws-user': 'aws-user',
  'aws-resource': 'aws-resource',
  'cloud-key': 'cloud-key',
  'gcp-service-account': 'gsa',
  'gcp-grant': 'gcp-grant',
  'gcp-admin': 'gcp-admin',
  'azure-identity': 'azure-identity',
  'azure-grant': 'azure-grant',
  'azure-admin': 'azure-admin',
  internet: 'internet',
  'node-network': 'node-network',
  service: 'service',
  ingress: 'ingress',
  gateway: 'gateway',
  'gateway-route': 'route',
  'service-traffic': 'traffic',
  'all-traffic': 'all-traffic',
  'kubelet-volumes': 'kubelet-volumes',
};

/** Everything of a kind in the cluster, as in `all-secrets:*`. */
export const EVERYWHERE = '*';

/** Everybody on the internet. */
export const INTERNET = 'internet:internet' as NodeId;

/** Whoever can send packets to the nodes' addresses: the cloud network, the office, other machines of the rack. */
export const NODE_NETWORK = 'node-network:nodes' as NodeId;

/** The one id of `cluster-admin`. */
export const CLUSTER_ADMIN = 'cluster-admin:cluster' as NodeId;

/** `prefix:name` or `prefix:namespace/name`. */
export function nodeId(kind: NodeKind, name: string, namespace = ''): NodeId {
  return (namespace === '' ? `${ID_PREFIX[kind]}:${name}` : `${ID_PREFIX[kind]}:${namespace}/${name}`) as NodeId;
}

/** Kubernetes' names of kinds, and kubectl's short ones, for ids that people write as KIND/NAMESPACE/NAME. */
const KIND_WORDS = new Map<string, NodeKind>([
  ['pod', 'pod'],
  ['pods', 'pod'],
  ['po', 'pod'],
  ['serviceaccount', 'service-account'],
  ['serviceaccounts', 'service-account'],
  ['sa', 'service-account'],
  ['secret', 'secret'],
  ['secrets', 'secret'],
  ['node', 'node'],
  ['nodes', 'node'],
  ['no', 'node'],
  ['rolebinding', 'role-binding'],
  ['rolebindings', 'role-binding'],
  ['clusterrolebinding', 'cluster-role-binding'],
  ['clusterrolebindings', 'cluster-role-binding'],
  ['role', 'role'],
  ['roles', 'role'],
  ['clusterrole', 'cluster-role'],
  ['clusterroles', 'cluster-role'],
  ['user', 'user'],
  ['group', 'group'],
  ['awsrole', 'aws-role'],
  ['gsa', 'gcp-service-account'],
  ['azureidentity', 'azure-identity'],
  ['service', 'service'],
  ['services', 'service'],
  ['svc', 'service'],
  ['ingress', 'ingress'],
  ['ingresses', 'ingress'],
  ['ing', 'ingress'],
  ['gateway', 'gateway'],
  ['gateways', 'gateway'],
  ['gtw', 'gateway'],
]);

/** What there is one of. */
const SINGLES = new Map<string, NodeId>([
  ['internet', INTERNET],
  ['node-network', NODE_NETWORK],
  ['cluster-admin', CLUSTER_ADMIN],
]);

const WORKLOAD_WORDS = new Map([
  ['deployment', 'deployment'],
  ['deployments', 'deployment'],
  ['deploy', 'deployment'],
  ['replicaset', 'replicaset'],
  ['replicasets', 'replicaset'],
  ['rs', 'replicaset'],
  ['statefulset', 'statefulset'],
  ['statefulsets', 'statefulset'],
  ['sts', 'statefulset'],
  ['daemonset', 'daemonset'],
  ['daemonsets', 'daemonset'],
  ['ds', 'daemonset'],
  ['job', 'job'],
  ['jobs', 'job'],
  ['cronjob', 'cronjob'],
  ['cronjobs', 'cronjob'],
  ['cj', 'cronjob'],
  ['replicationcontroller', 'replicationcontroller'],
  ['rc', 'replicationcontroller'],
]);

/**
 * The ids that a person may mean: the text itself, `KIND/NAMESPACE/NAME`, `KIND/NAME` or `KIND//NAME` for what has no
 * namespace, the ARN of an AWS role, user or resource, or the word for what there is one of. In the order in which they should be tried.
 */
export function candidateIds(text: string): readonly string[] {
  const candidates = [text];
  const account = splitServiceAccountUser(text.slice(text.indexOf('system:serviceaccount:')));
  if (account !== undefined) candidates.push(nodeId('service-account', account.name, account.namespace));
  if (text.startsWith('arn:')) candidates.push(nodeId('aws-role', text), nodeId('aws-user', text), nodeId('aws-resource', text));
  if (text.endsWith('.gserviceaccount.com')) candidates.push(nodeId('gcp-service-account', text));
  const single = SINGLES.get(text.toLowerCase());
  if (single !== undefined) candidates.push(single);
  const slash = text.indexOf('/');
  if (slash <= 0) return candidates;
  const word = text.slice(0, slash).toLowerCase();
  const rest = text.slice(slash + 1).replace(/^\//, '');
  const kind = KIND_WORDS.get(word);
  if (kind !== undefined) candidates.push(`${ID_PREFIX[kind]}:${rest}`);
  const workload = WORKLOAD_WORDS.get(word);
  const [namespace, ...name] = rest.split('/');
  if (workload !== undefined && name.length > 0) candidates.push(`${ID_PREFIX.workload}:${namespace}/${workload}/${name.join('/')}`);
  return candidates;
}
