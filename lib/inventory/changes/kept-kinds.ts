import type { KubernetesInventory } from '../inventory.ts';

/** Lists of the inventory that hold objects. */
export type ListName = Exclude<keyof KubernetesInventory, 'awsAuth'>;

/** A kind that the inventory keeps. */
export interface KeptKind {
  readonly kind: string;
  readonly list: ListName;
  /** Today's API version, for manifests that are made of what is kept. */
  readonly apiVersion: string;
  /** API groups that count as this kind; the first is today's. */
  readonly groups: readonly string[];
  readonly namespaced: boolean;
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const APPS = 'apps/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';
const GATEWAY = 'gateway.networking.k8s.io/v1';

const rows: readonly (readonly [kind: string, list: ListName, apiVersion: string, scope: 'cluster' | 'namespace', more?: string])[] = [
  ['Namespace', 'namespaces', 'v1', 'cluster'],
  ['ServiceAccount', 'serviceAccounts', 'v1', 'namespace'],
  ['Secret', 'secrets', 'v1', 'namespace'],
  ['Node', 'nodes', 'v1', 'cluster'],
  ['Role', 'roles', RBAC, 'namespace'],
  ['ClusterRole', 'roles', RBAC, 'cluster'],
  ['RoleBinding', 'bindings', RBAC, 'namespace'],
  ['ClusterRoleBinding', 'bindings', RBAC, 'cluster'],
  ['Pod', 'pods', 'v1', 'namespace'],
  ['Deployment', 'workloads', APPS, 'namespace', 'extensions'],
  ['ReplicaSet', 'workloads', APPS, 'namespace', 'extensions'],
  ['DaemonSet', 'workloads', APPS, 'namespace', 'extensions'],
  ['StatefulSet', 'workloads', APPS, 'namespace'],
  ['Job', 'workloads', 'batch/v1', 'namespace'],
  ['CronJob', 'workloads', 'batch/v1', 'namespace'],
  ['ReplicationController', 'workloads', 'v1', 'namespace'],
  ['NetworkPolicy', 'networkPolicies', 'networking.k8s.io/v1', 'namespace', 'extensions'],
  ['MutatingWebhookConfiguration', 'webhookConfigurations', ADMISSION, 'cluster'],
  ['ValidatingWebhookConfiguration', 'webhookConfigurations', ADMISSION, 'cluster'],
  ['Service', 'services', 'v1', 'namespace'],
  ['EndpointSlice', 'endpointSlices', 'discovery.k8s.io/v1', 'namespace'],
  ['Ingress', 'ingresses', 'networking.k8s.io/v1', 'namespace', 'extensions'],
  ['IngressClass', 'ingressClasses', 'networking.k8s.io/v1', 'cluster'],
  ['Gateway', 'gateways', GATEWAY, 'namespace'],
  ['HTTPRoute', 'routes', GATEWAY, 'namespace'],
  ['GRPCRoute', 'routes', GATEWAY, 'namespace'],
  ['TLSRoute', 'routes', GATEWAY, 'namespace'],
  ['TCPRoute', 'routes', GATEWAY, 'namespace'],
  ['UDPRoute', 'routes', GATEWAY, 'namespace'],
  ['ReferenceGrant', 'referenceGrants', GATEWAY, 'namespace'],
  ['PersistentVolume', 'persistentVolumes', 'v1', 'cluster'],
  ['PersistentVolumeClaim', 'persistentVolumeClaims', 'v1', 'namespace'],
  ['StorageClass', 'storageClasses', 'storage.k8s.io/v1', 'cluster'],
  ['ValidatingAdmissionPolicy', 'admissionPolicies', ADMISSION, 'cluster'],
  ['MutatingAdmissionPolicy', 'admissionPolicies', ADMISSION, 'cluster'],
  ['ValidatingAdmissionPolicyBinding', 'admissionPolicyBindings', ADMISSION, 'cluster'],
  ['MutatingAdmissionPolicyBinding', 'admissionPolicyBindings', ADMISSION, 'cluster'],
  ['CustomResourceDefinition', 'customResourceDefinitions', 'apiextensions.k8s.io/v1', 'cluster'],
  ['APIService', 'apiServices', 'apiregistration.k8s.io/v1', 'cluster'],
  ['SecurityContextConstraints', 'securityContextConstraints', 'security.openshift.io/v1', 'cluster'],
];

/** The API group of an `apiVersion`; empty for the core. */
export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

const KEPT: ReadonlyMap<string, KeptKind> = new Map(
  rows.map(([kind, list, apiVersion, scope, more]) => [
    kind,
    { kind, list, apiVersion, groups: [groupOf(apiVersion), ...(more === undefined ? [] : [more])], namespaced: scope === 'namespace' },
  ]),
);

/** Every kind that the inventory keeps, by the name that the API gives it. */
export const KEPT_KINDS: readonly string[] = [...KEPT.keys()];

/** The kind of this name and API version; undefined: the inventory keeps none, or only one of another API group. */
export function keptKind(kind: string, apiVersion?: string): KeptKind | undefined {
  const kept = KEPT.get(kind);
  return kept === undefined || apiVersion === undefined || apiVersion === '' || kept.groups.includes(groupOf(apiVersion))
    ? kept
    : undefined;
}
