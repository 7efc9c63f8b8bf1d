import type { NodeDetail } from '../../api/contract.ts';
import type { NodeKind } from '../../graph/kinds.ts';
import type { Graph } from '../../graph/model.ts';
import type { AwsRole } from '../../inventory/aws.ts';
import type { Binding, Node, Pod, Role, Secret, ServiceAccount, Workload } from '../../inventory/kubernetes.ts';
import { CLOUD_ROWS, type PropertyRow } from './cloud-node-properties.ts';

type Property = NodeDetail['properties'][number];

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

/** Properties that have something to say; a value that is a node becomes a link. */
function listed(graph: Graph, rows: readonly PropertyRow[]): Property[] {
  return rows.flatMap(([name, value, id]): Property[] => {
    if (value === undefined || value === '') return [];
    return [{ name, value, ...(id !== undefined && graph.nodes.indexOf(id) !== undefined ? { id } : {}) }];
  });
}

const podRows = (pod: Pod): readonly PropertyRow[] => [
  ['Service account', `${pod.namespace}/${pod.spec.serviceAccountName}`, `sa:${pod.namespace}/${pod.spec.serviceAccountName}`],
  ['Scheduled on', pod.nodeName, `node:${pod.nodeName}`],
  ['Owner', pod.owner === undefined ? undefined : `${pod.owner.kind} ${pod.owner.name}`],
  ['Phase', pod.phase],
  ['Pod IP', pod.podIP],
  ['Images', pod.spec.containers.map(({ image }) => image).join(', ')],
  [
    'Host namespaces',
    [pod.spec.hostNetwork && 'network', pod.spec.hostPID && 'processes', pod.spec.hostIPC && 'IPC'].filter(Boolean).join(', '),
  ],
  ['Created', pod.creationTimestamp],
];

const ROWS: Partial<Record<NodeKind, (record: never) => readonly PropertyRow[]>> = {
  pod: (pod: Pod) => podRows(pod),
  workload: (workload: Workload) => [
    ['Kind', workload.kind],
    ['Replicas', workload.replicas?.toString()],
    [
      'Service account',
      `${workload.namespace}/${workload.spec.serviceAccountName}`,
      `sa:${workload.namespace}/${workload.spec.serviceAccountName}`,
    ],
    ['Images', workload.spec.containers.map(({ image }) => image).join(', ')],
  ],
  'service-account': (account: ServiceAccount) => [
    [
      'Mounts its token by default',
      account.automountServiceAccountToken === undefined ? 'not said (yes)' : yesNo(account.automountServiceAccountToken),
    ],
    ['Image pull secrets', account.imagePullSecrets.join(', ')],
    [
      'AWS role annotation',
      account.annotations.get('eks.amazonaws.com/role-arn'),
      `aws-role:${account.annotations.get('eks.amazonaws.com/role-arn')}`,
    ],
    [
      'Google service account annotation',
      account.annotations.get('iam.gke.io/gcp-service-account'),
      `gsa:${account.annotations.get('iam.gke.io/gcp-service-account')}`,
    ],
    [
      'Azure client id annotation',
      account.annotations.get('azure.workload.identity/client-id'),
      `azure-identity:${account.annotations.get('azure.workload.identity/client-id')}`,
    ],
    ['Created', account.creationTimestamp],
  ],
  secret: (secret: Secret) => [
    ['Type', secret.type],
    ['Keys', secret.keys?.join(', ')],
  ],
  node: (node: Node) => [
    ['Kubelet', node.kubeletVersion],
    ['Provider id', node.providerID],
    ['Taints', node.taints.map(({ key, value, effect }) => `${key}${value === undefined ? '' : `=${value}`}:${effect}`).join(', ')],
  ],
  role: (role: Role) => [['Rules', String(role.rules.length)]],
  'cluster-role': (role: Role) => [
    ['Rules', String(role.rules.length)],
    ['Aggregated', role.aggregation === undefined ? undefined : 'yes: its rules are filled in from others'],
  ],
  'role-binding': (binding: Binding) => [
    ['Role', `${binding.roleRef.kind} ${binding.roleRef.name}`],
    ['Subjects', String(binding.subjects.length)],
  ],
  'cluster-role-binding': (binding: Binding) => [
    ['Role', `${binding.roleRef.kind} ${binding.roleRef.name}`],
    ['Subjects', String(binding.subjects.length)],
  ],
  ...CLOUD_ROWS,
  'aws-role': (role: AwsRole) => [
    ['Account', role.account],
    ['Permissions boundary', role.permissionsBoundary],
    ['Attached policies', role.attachedPolicies.join(', ')],
    ['Inline policies', role.inlinePolicies.map(({ name }) => name).join(', ')],
  ],
};

/** What is worth a line about a node. An object that only others name has nothing but that. */
export function nodeProperties(graph: Graph, node: number): readonly Property[] {
  const record = graph.nodes.records[node];
  const kind = graph.nodes.kinds[node] as NodeKind;
  const namespace = graph.nodes.namespaces[node] as string;
  const general: PropertyRow[] = [['Namespace', namespace]];
  const rows = ROWS[kind];
  if (rows === undefined) return listed(graph, general);
  // A grant without a record stands for many, as `every service account of projects/P` does.
  if (record === undefined && kind === 'gcp-grant') return listed(graph, general);
  if (record === undefined) return listed(graph, [...general, ['Read', 'no: other objects name it, but it was not among the data']]);
  return listed(graph, [...general, ...rows(record as never)]);
}
