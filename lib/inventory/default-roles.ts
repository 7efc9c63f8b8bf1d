import type { KubernetesInventory } from './inventory.ts';
import type { PolicyRule, Role } from './kubernetes.ts';
import { byPlace } from './normalise/record-store.ts';

const NOTHING: PolicyRule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

/** Verbs, API groups and resources, each with commas. */
const rule = (verbs: string, apiGroups: string, resources: string): PolicyRule => ({
  ...NOTHING,
  verbs: verbs.split(','),
  apiGroups: apiGroups.split(','),
  resources: resources.split(','),
});

const READ = 'get,list,watch';
const WRITE = 'create,delete,deletecollection,patch,update';
const READ_WRITE = 'create,delete,deletecollection,get,list,patch,update,watch';

/** What `system:aggregate-to-view` adds to `view`, and so on. Source as below. */
export const AGGREGATE_TO_VIEW: readonly PolicyRule[] = [
  rule(
    READ,
    '',
    'configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status',
  ),
  rule(
    READ,
    '',
    'bindings,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status',
  ),
  rule(READ, '', 'namespaces'),
  rule(READ, ',events.k8s.io', 'events'),
  rule(READ, 'discovery.k8s.io', 'endpointslices'),
  rule(
    READ,
    'apps',
    'controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status',
  ),
  rule(READ, 'autoscaling', 'horizontalpodautoscalers,horizontalpodautoscalers/status'),
  rule(READ, 'batch', 'cronjobs,cronjobs/status,jobs,jobs/status'),
  rule(
    READ,
    'extensions',
    'daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale',
  ),
  rule(READ, 'policy', 'poddisruptionbudgets,poddisruptionbudgets/status'),
  rule(READ, 'networking.k8s.io', 'ingresses,ingresses/status,networkpolicies'),
  rule(READ, 'resource.k8s.io', 'resourceclaims,resourceclaims/status,resourceclaimtemplates'),
];

export const AGGREGATE_TO_EDIT: readonly PolicyRule[] = [
  rule(READ, '', 'pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy'),
  rule('impersonate', '', 'serviceaccounts'),
  rule(WRITE, '', 'pods,pods/attach,pods/exec,pods/portforward,pods/proxy'),
  rule('create', '', 'pods/eviction'),
  rule(
    WRITE,
    '',
    'configmaps,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy',
  ),
  rule('create', '', 'serviceaccounts/token'),
  rule(WRITE, ',events.k8s.io', 'events'),
  rule(
    WRITE,
    'apps',
    'daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale',
  ),
  rule(WRITE, 'autoscaling', 'horizontalpodautoscalers'),
  rule(WRITE, 'batch', 'cronjobs,jobs'),
  rule(
    WRITE,
    'extensions',
    'daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale',
  ),
  rule(WRITE, 'policy', 'poddisruptionbudgets'),
  rule(WRITE, 'networking.k8s.io', 'ingresses,networkpolicies'),
  rule(READ_WRITE, 'coordination.k8s.io', 'leases'),
  rule(WRITE, 'resource.k8s.io', 'resourceclaims,resourceclaimtemplates'),
];

export const AGGREGATE_TO_ADMIN: readonly PolicyRule[] = [
  rule('create', 'authorization.k8s.io', 'localsubjectaccessreviews'),
  rule(READ_WRITE, 'rbac.authorization.k8s.io', 'rolebindings,roles'),
];

const EDIT: readonly PolicyRule[] = [...AGGREGATE_TO_EDIT, ...AGGREGATE_TO_VIEW];

/**
 * The roles for people that every API server makes when it starts, as v1.36 makes them, without what add-ons aggregate into them.
 * Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go
 */
export const DEFAULT_CLUSTER_ROLES: ReadonlyMap<string, readonly PolicyRule[]> = new Map([
  ['cluster-admin', [rule('*', '*', '*'), { ...NOTHING, verbs: ['*'], nonResourceURLs: ['*'] }]],
  ['admin', [...EDIT, ...AGGREGATE_TO_ADMIN]],
  ['edit', EDIT],
  ['view', AGGREGATE_TO_VIEW],
]);

const NO_LABELS: ReadonlyMap<string, string> = new Map();

/**
 * Plain manifests bind `cluster-admin`, `admin`, `edit` and `view` and do not hold them, as every cluster has them: where no ClusterRole of an
 * API server was read, those that a binding names are added. A list of an API server says itself what there is.
 */
export function withDefaultRoles(kubernetes: KubernetesInventory): KubernetesInventory {
  const { roles, bindings } = kubernetes;
  const known = new Set(roles.filter(({ kind }) => kind === 'ClusterRole').map(({ name }) => name));
  if (roles.some(({ kind, uid }) => kind === 'ClusterRole' && uid !== undefined)) return kubernetes;
  // A binding with a uid comes from an API server, whose roles may be in another list (the live source builds each list alone).
  const named = new Set(
    bindings.filter(({ roleRef, uid }) => uid === undefined && roleRef.kind === 'ClusterRole').map(({ roleRef }) => roleRef.name),
  );
  const added = [...DEFAULT_CLUSTER_ROLES].flatMap(([name, rules]): Role[] =>
    named.has(name) && !known.has(name) ? [{ kind: 'ClusterRole', name, labels: NO_LABELS, rules }] : [],
  );
  return added.length === 0 ? kubernetes : { ...kubernetes, roles: [...roles, ...added].sort(byPlace) };
}
