import { CLUSTER_NAME, CREATED, type NamespacePlan, nodeName, REGION, roleArn, SERVICE_ACCOUNTS } from './plan.ts';
import type { Random } from './random.ts';

/** Everything of the cluster but its pods and workloads, as the API prints it. */

const RBAC = 'rbac.authorization.k8s.io';

const meta = (random: Random, name: string, namespace?: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  creationTimestamp: CREATED,
  name,
  ...(namespace === undefined ? {} : { namespace }),
  resourceVersion: String(1000 + random.below(900_000)),
  uid: random.uid(),
  ...more,
});

export function nodeObject(index: number, random: Random): unknown {
  const name = nodeName(index);
  const labels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'eks.amazonaws.com/nodegroup': 'general',
    'topology.kubernetes.io/zone': `${REGION}${'abc'[index % 3]}`,
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: meta(random, name, undefined, { labels }),
    spec: { providerID: `aws:///${REGION}a/i-${random.uid().replaceAll('-', '').slice(0, 17)}` },
    status: { nodeInfo: { kubeletVersion: 'v1.34.1-eks-1', osImage: 'Amazon Linux 2023' } },
  };
}

export const namespaceObject = (plan: NamespacePlan, random: Random): unknown => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: meta(random, plan.name, undefined, { labels: { 'kubernetes.io/metadata.name': plan.name } }),
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
});

export const serviceAccountObjects = (plan: NamespacePlan, random: Random): readonly unknown[] =>
  SERVICE_ACCOUNTS.map((name) => {
    const annotations = plan.cloud && name === 'ingest' ? { annotations: { 'eks.amazonaws.com/role-arn': roleArn(plan) } } : {};
    return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(random, name, plan.name, annotations) };
  });

/** Values that decode to CANARY: whatever of them shows up in a graph is a leak. */
export const secretObjects = (plan: NamespacePlan, workloads: readonly string[], random: Random): readonly unknown[] =>
  workloads.map((workload) => ({
    apiVersion: 'v1',
    data: { password: Buffer.from(`CANARY-${plan.name}-${workload}`).toString('base64'), username: 'Q0FOQVJZ' },
    kind: 'Secret',
    metadata: meta(random, `${workload}-database`, plan.name),
    type: 'Opaque',
  }));

const rule = (apiGroups: string[], resources: string[], verbs: string[]): unknown => ({ apiGroups, resources, verbs });

const ROLE_RULES: Readonly<Record<string, readonly unknown[]>> = {
  reader: [rule([''], ['pods', 'configmaps', 'services'], ['get', 'list', 'watch'])],
  'secret-reader': [rule([''], ['secrets'], ['get', 'list'])],
  debugger: [rule([''], ['pods'], ['get', 'list']), rule([''], ['pods/exec'], ['create'])],
  leases: [rule(['coordination.k8s.io'], ['leases'], ['get', 'create', 'update'])],
};

const CLUSTER_ROLE_RULES: Readonly<Record<string, readonly unknown[]>> = {
  'cluster-admin': [rule(['*'], ['*'], ['*']), { nonResourceURLs: ['*'], verbs: ['*'] }],
  view: [rule([''], ['pods', 'configmaps', 'services', 'serviceaccounts'], ['get', 'list', 'watch'])],
  edit: [
    rule(
      [''],
      ['pods', 'pods/exec', 'pods/attach', 'secrets', 'services', 'configmaps'],
      ['get', 'list', 'create', 'update', 'patch', 'delete'],
    ),
    rule(['apps'], ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], ['get', 'list', 'create', 'update', 'patch', 'delete']),
    rule([''], ['serviceaccounts'], ['impersonate']),
  ],
  'node-metrics': [rule([''], ['nodes', 'nodes/metrics', 'nodes/proxy'], ['get', 'list'])],
  'secret-sync': [rule([''], ['secrets'], ['get', 'list', 'watch'])],
};

export const roleObjects = (plan: NamespacePlan, random: Random): readonly unknown[] =>
  Object.entries(ROLE_RULES).map(([name, rules]) => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: meta(random, name, plan.name),
    rules,
  }));

export const clusterRoleObjects = (random: Random): readonly unknown[] =>
  Object.entries(CLUSTER_ROLE_RULES).map(([name, rules]) => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: meta(random, name),
    rules,
  }));

const subject = (plan: NamespacePlan, name: string): unknown => ({ kind: 'ServiceAccount', name, namespace: plan.name });

/** Nine bindings a namespace: eight RoleBindings of its own, and one that is cluster-wide where the plan says so. */
export function bindingObjects(
  plan: NamespacePlan,
  random: Random,
): { readonly roleBindings: readonly unknown[]; readonly clusterRoleBindings: readonly unknown[] } {
  const rows: readonly (readonly [account: string, kind: 'Role' | 'ClusterRole', role: string])[] = [
    ['api', 'Role', 'reader'],
    ['web', 'Role', 'reader'],
    ['worker', 'Role', 'leases'],
    ['jobs', 'Role', plan.readsSecrets ? 'secret-reader' : 'reader'],
    ['cache', 'Role', 'leases'],
    ['ingest', 'Role', plan.execs ? 'debugger' : 'reader'],
    ['reports', 'ClusterRole', 'view'],
    ['monitor', 'Role', 'reader'],
  ];
  const roleBindings = rows.map(([account, kind, role]) => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: meta(random, `${account}-${role}`, plan.name),
    roleRef: { apiGroup: RBAC, kind, name: role },
    subjects: [subject(plan, account)],
  }));
  const wide = (account: string, role: string): unknown => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: meta(random, `${plan.name}-${account}-${role}`),
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [subject(plan, account)],
  });
  const edit = {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: meta(random, 'deployer-edit', plan.name),
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'edit' },
    subjects: [subject(plan, 'deployer')],
  };
  if (plan.admin) return { roleBindings, clusterRoleBindings: [wide('deployer', 'cluster-admin')] };
  if (plan.index % 50 === 10)
    return {
      roleBindings: [...roleBindings, edit],
      clusterRoleBindings: [wide('monitor', 'node-metrics'), wide('reports', 'secret-sync')],
    };
  return { roleBindings: [...roleBindings, edit], clusterRoleBindings: [] };
}

export const versionAnswer = {
  clientVersion: { gitVersion: 'v1.34.1' },
  serverVersion: { gitVersion: `v1.34.1-eks-${CLUSTER_NAME}`, major: '1', minor: '34', platform: 'linux/amd64' },
};
