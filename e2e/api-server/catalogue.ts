import type { KubernetesObject } from './objects.ts';

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
  { plural: 'ingresses', kind: 'Ingress', groupVersion: 'networking.k8s.io/v1', namespaced: true },
  { plural: 'ingressclasses', kind: 'IngressClass', groupVersion: 'networking.k8s.io/v1', namespaced: false },
  { plural: 'endpointslices', kind: 'EndpointSlice', groupVersion: 'discovery.k8s.io/v1', namespaced: true },
  { plural: 'persistentvolumes', kind: 'PersistentVolume', groupVersion: 'v1', namespaced: false },
  { plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim', groupVersion: 'v1', namespaced: true },
  { plural: 'storageclasses', kind: 'StorageClass', groupVersion: 'storage.k8s.io/v1', namespaced: false },
  { plural: 'customresourcedefinitions', kind: 'CustomResourceDefinition', groupVersion: 'apiextensions.k8s.io/v1', namespaced: false },
  { plural: 'apiservices', kind: 'APIService', groupVersion: 'apiregistration.k8s.io/v1', namespaced: false },
  { plural: 'mutatingwebhookconfigurations', kind: 'MutatingWebhookConfiguration', groupVersion: ADMISSION, namespaced: false },
  { plural: 'validatingwebhookconfigurations', kind: 'ValidatingWebhookConfiguration', groupVersion: ADMISSION, namespaced: false },
  { plural: 'clusterrolebindings', kind: 'ClusterRoleBinding', groupVersion: RBAC, namespaced: false },
  { plural: 'clusterroles', kind: 'ClusterRole', groupVersion: RBAC, namespaced: false },
  { plural: 'rolebindings', kind: 'RoleBinding', groupVersion: RBAC, namespaced: true },
  { plural: 'roles', kind: 'Role', groupVersion: RBAC, namespaced: true },
];

/** The resources of a cluster with these objects: what every server has, and of other groups what there are objects of. */
export function servedResources(objects: readonly KubernetesObject[]): readonly ServedResource[] {
  const known = new Map(SERVED_RESOURCES.map((resource) => [keyOf(resource.groupVersion, resource.kind), resource]));
  for (const { apiVersion, kind, metadata } of objects) {
    if (apiVersion === undefined || kind === undefined || !isOptional(apiVersion)) continue;
    const key = keyOf(apiVersion, kind);
    if (!known.has(key))
      known.set(key, { plural: pluralOf(kind), kind, groupVersion: apiVersion, namespaced: metadata.namespace !== undefined });
  }
  return [...known.values()];
}

const keyOf = (groupVersion: string, kind: string): string => `${groupVersion} ${kind}`;

/** Groups of definitions and add-ons, and admission policies, which old servers do not have. */
function isOptional(groupVersion: string): boolean {
  return (
    groupVersion.includes('.') && !groupVersion.startsWith('rbac.') && !/^(?:networking|storage|discovery)\.k8s\.io\//.test(groupVersion)
  );
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('y')) return `${name.slice(0, -1)}ies`;
  return name.endsWith('s') ? name : `${name}s`;
}

/** Bodies of `/api`, `/apis`, `/api/v1` and `/apis/GROUP/VERSION`; undefined where the path is none of them. */
export function discovery(path: string, served: readonly ServedResource[]): object | undefined {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups(served) };
  const groupVersion = path === '/api/v1' ? 'v1' : /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1];
  const resources = served.filter((resource) => resource.groupVersion === groupVersion);
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

function groups(served: readonly ServedResource[]): object[] {
  const byGroup = new Map<string, Set<string>>();
  for (const { groupVersion } of served) {
    const [group = '', version] = groupVersion.split('/');
    if (version !== undefined) byGroup.set(group, (byGroup.get(group) ?? new Set()).add(version));
  }
  return [...byGroup].map(([name, found]) => {
    // `v1` before `v1beta1` before `v1alpha1`, as the API server prefers them.
    const versions = [...found].sort(byMaturity).map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions, preferredVersion: versions[0] };
  });
}

function byMaturity(one: string, other: string): number {
  const rank = (version: string): number => (version.includes('alpha') ? 2 : version.includes('beta') ? 1 : 0);
  return rank(one) - rank(other) || (one < other ? 1 : -1);
}
