import { ENGINE_KINDS } from '../inventory/normalise/engine-kinds.ts';

/** A kind that the collection lists, with what is needed to build its URL and to name the right it takes. */
export interface ListedResource {
  /** As in URLs and RBAC rules, for example `pods`. */
  readonly plural: string;
  readonly kind: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
  /** The server may well not have it: it is asked for only where discovery lists it. */
  readonly optional?: true;
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const NETWORKING = 'networking.k8s.io';

/**
 * Every list of one collection, the longest first so that it starts first. Namespaces lead, because the fallback of a
 * forbidden list waits for their names. Source: https://kubernetes.io/docs/reference/kubernetes-api/.
 */
export const LISTED_RESOURCES: readonly ListedResource[] = [
  { plural: 'namespaces', kind: 'Namespace', group: '', version: 'v1', namespaced: false },
  { plural: 'pods', kind: 'Pod', group: '', version: 'v1', namespaced: true },
  { plural: 'secrets', kind: 'Secret', group: '', version: 'v1', namespaced: true },
  { plural: 'replicasets', kind: 'ReplicaSet', group: 'apps', version: 'v1', namespaced: true },
  { plural: 'deployments', kind: 'Deployment', group: 'apps', version: 'v1', namespaced: true },
  { plural: 'serviceaccounts', kind: 'ServiceAccount', group: '', version: 'v1', namespaced: true },
  { plural: 'rolebindings', kind: 'RoleBinding', group: RBAC, version: 'v1', namespaced: true },
  { plural: 'clusterroles', kind: 'ClusterRole', group: RBAC, version: 'v1', namespaced: false },
  { plural: 'clusterrolebindings', kind: 'ClusterRoleBinding', group: RBAC, version: 'v1', namespaced: false },
  { plural: 'roles', kind: 'Role', group: RBAC, version: 'v1', namespaced: true },
  { plural: 'nodes', kind: 'Node', group: '', version: 'v1', namespaced: false },
  { plural: 'statefulsets', kind: 'StatefulSet', group: 'apps', version: 'v1', namespaced: true },
  { plural: 'daemonsets', kind: 'DaemonSet', group: 'apps', version: 'v1', namespaced: true },
  { plural: 'jobs', kind: 'Job', group: 'batch', version: 'v1', namespaced: true },
  { plural: 'cronjobs', kind: 'CronJob', group: 'batch', version: 'v1', namespaced: true },
  { plural: 'replicationcontrollers', kind: 'ReplicationController', group: '', version: 'v1', namespaced: true },
  {
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    group: 'apiextensions.k8s.io',
    version: 'v1',
    namespaced: false,
  },
  { plural: 'endpointslices', kind: 'EndpointSlice', group: 'discovery.k8s.io', version: 'v1', namespaced: true },
  { plural: 'services', kind: 'Service', group: '', version: 'v1', namespaced: true },
  { plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim', group: '', version: 'v1', namespaced: true },
  { plural: 'persistentvolumes', kind: 'PersistentVolume', group: '', version: 'v1', namespaced: false },
  { plural: 'ingresses', kind: 'Ingress', group: NETWORKING, version: 'v1', namespaced: true },
  { plural: 'networkpolicies', kind: 'NetworkPolicy', group: NETWORKING, version: 'v1', namespaced: true },
  { plural: 'ingressclasses', kind: 'IngressClass', group: NETWORKING, version: 'v1', namespaced: false },
  { plural: 'storageclasses', kind: 'StorageClass', group: 'storage.k8s.io', version: 'v1', namespaced: false },
  { plural: 'apiservices', kind: 'APIService', group: 'apiregistration.k8s.io', version: 'v1', namespaced: false },
  { plural: 'mutatingwebhookconfigurations', kind: 'MutatingWebhookConfiguration', group: ADMISSION, version: 'v1', namespaced: false },
  { plural: 'validatingwebhookconfigurations', kind: 'ValidatingWebhookConfiguration', group: ADMISSION, version: 'v1', namespaced: false },
];

/**
 * Kinds of groups that a server may not have, or not in a version that we know beforehand; `undefined`: every kind of the group. They are
 * listed in whatever version discovery names first.
 */
export const OPTIONAL_KINDS: ReadonlyMap<string, ReadonlySet<string> | undefined> = new Map([
  ['gateway.networking.k8s.io', new Set(['Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ReferenceGrant'])],
  [
    ADMISSION,
    new Set(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding']),
  ],
  ['security.openshift.io', new Set(['SecurityContextConstraints'])],
  ...[...ENGINE_KINDS].map(([group, kinds]) => [group, kinds === undefined ? undefined : new Set(kinds.keys())] as const),
]);
