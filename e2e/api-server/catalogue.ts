/** The resources that the server knows, as discovery prints them. */
export interface ServedResource {
  readonly plural: string;
  readonly kind: string;
  readonly groupVersion: string;
  readonly namespaced: boolean;
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';

export const SERVED_RESOURCES: readonly ServedResource[] = [
  { plural: 'configmaps', kind: 'ConfigMap', groupVersion: 'v1', namespaced: true },
  { plural: 'namespaces', kind: 'Namespace', groupVersion: 'v1', namespaced: false },
  { plural: 'nodes', kind: 'Node', groupVersion: 'v1', namespaced: false },
  { plural: 'pods', kind: 'Pod', groupVersion: 'v1', namespaced: true },
  { plural: 'replicationcontrollers', kind: 'ReplicationController', groupVersion: 'v1', namespaced: true },
  { plural: 'secrets', kind: 'Secret', groupVersion: 'v1', namespaced: true },
  { plural: 'serviceaccounts', kind: 'ServiceAccount', groupVersion: 'v1', namespaced: true },
  { plural: 'services', kind: 'Service', groupVersion: 'v1', namespaced: true },
  { plural: 'daemonsets', kind: 'DaemonSet', groupVersion: 'apps/v1', namespaced: true },
  { plural: 'deployments', kind: 'Deployment', groupVersion: 'apps/v1', namespaced: true },
  { plural: 'replicasets', kind: 'ReplicaSet', groupVersion: 'apps/v1', namespaced: true },
  { plural: 'statefulsets', kind: 'StatefulSet', groupVersion: 'apps/v1', namespaced: true },
  { plural: 'cronjobs', kind: 'CronJob', groupVersion: 'batch/v1', namespaced: true },
  { plural: 'jobs', kind: 'Job', groupVersion: 'batch/v1', namespaced: true },
  { plural: 'networkpolicies', kind: 'NetworkPolicy', groupVersion: 'networking.k8s.io/v1', namespaced: true },
  { plural: 'mutatingwebhookconfigurations', kind: 'MutatingWebhookConfiguration', groupVersion: ADMISSION, namespaced: false },
  { plural: 'validatingwebhookconfigurations', kind: 'ValidatingWebhookConfiguration', groupVersion: ADMISSION, namespaced: false },
  { plural: 'clusterrolebindings', kind: 'ClusterRoleBinding', groupVersion: RBAC, namespaced: false },
  { plural: 'clusterroles', kind: 'ClusterRole', groupVersion: RBAC, namespaced: false },
  { plural: 'rolebindings', kind: 'RoleBinding', groupVersion: RBAC, namespaced: true },
  { plural: 'roles', kind: 'Role', groupVersion: RBAC, namespaced: true },
];

/** Bodies of `/api`, `/apis`, `/api/v1` and `/apis/GROUP/VERSION`; undefined where the path is none of them. */
export function discovery(path: string): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() };
  const groupVersion = path === '/api/v1' ? 'v1' : /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1];
  const resources = SERVED_RESOURCES.filter((resource) => resource.groupVersion === groupVersion);
  if (resources.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: resources.map(({ plural, kind, namespaced }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs: ['get', 'list', 'watch'],
    })),
  };
}

function groups(): object[] {
  const versions = [...new Set(SERVED_RESOURCES.map(({ groupVersion }) => groupVersion))].filter((one) => one.includes('/'));
  return versions.map((groupVersion) => {
    const version = { groupVersion, version: groupVersion.split('/')[1] };
    return { name: groupVersion.split('/')[0], versions: [version], preferredVersion: version };
  });
}
