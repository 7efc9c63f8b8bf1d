import type { KubernetesInventory } from './inventory.ts';
import type { PolicyRule, Role } from './kubernetes.ts';

const NOTHING: PolicyRule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

/** Verbs, API groups and resources, each with commas. */
const rule = (verbs: string, apiGroups: string, resources: string): PolicyRule => ({
  ...NOTHING,
  verbs: verbs.split(','),
  apiGroups: apiGroups.split(','),
  resources: resources.split(','),
});

/**
 * The roles for people that every API server makes when it starts, as v1.36 makes them, without what add-ons aggregate into them.
 * Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go
 */
export const DEFAULT_CLUSTER_ROLES: ReadonlyMap<string, readonly PolicyRule[]> = new Map([
  ['cluster-admin', [rule('*', '*', '*'), { ...NOTHING, verbs: ['*'], nonResourceURLs: ['*'] }]],
  [
    'admin',
    [
      rule('get,list,watch', '', 'pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy'),
      rule('impersonate', '', 'serviceaccounts'),
      rule('create,delete,deletecollection,patch,update', '', 'pods,pods/attach,pods/exec,pods/portforward,pods/proxy'),
      rule('create', '', 'pods/eviction'),
      rule(
        'create,delete,deletecollection,patch,update',
        '',
        'configmaps,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy',
      ),
      rule('create', '', 'serviceaccounts/token'),
      rule('create,delete,deletecollection,patch,update', ',events.k8s.io', 'events'),
      rule(
        'create,delete,deletecollection,patch,update',
        'apps',
        'daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale',
      ),
      rule('create,delete,deletecollection,patch,update', 'autoscaling', 'horizontalpodautoscalers'),
      rule('create,delete,deletecollection,patch,update', 'batch', 'cronjobs,jobs'),
      rule(
        'create,delete,deletecollection,patch,update',
        'extensions',
        'daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale',
      ),
      rule('create,delete,deletecollection,patch,update', 'policy', 'poddisruptionbudgets'),
      rule('create,delete,deletecollection,patch,update', 'networking.k8s.io', 'ingresses,networkpolicies'),
      rule('create,delete,deletecollection,get,list,patch,update,watch', 'coordination.k8s.io', 'leases'),
      rule('create,delete,deletecollection,patch,update', 'resource.k8s.io', 'resourceclaims,resourceclaimtemplates'),
      rule(
        'get,list,watch',
        '',
        'configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status',
      ),
      rule(
        'get,list,watch',
        '',
        'bindings,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status',
      ),
      rule('get,list,watch', '', 'namespaces'),
      rule('get,list,watch', ',events.k8s.io', 'events'),
      rule('get,list,watch', 'discovery.k8s.io', 'endpointslices'),
      rule(
        'get,list,watch',
        'apps',
        'controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status',
      ),
      rule('get,list,watch', 'autoscaling', 'horizontalpodautoscalers,horizontalpodautoscalers/status'),
      rule('get,list,watch', 'batch', 'cronjobs,cronjobs/status,jobs,jobs/status'),
      rule(
        'get,list,watch',
        'extensions',
        'daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale',
      ),
      rule('get,list,watch', 'policy', 'poddisruptionbudgets,poddisruptionbudgets/status'),
      rule('get,list,watch', 'networking.k8s.io', 'ingresses,ingresses/status,networkpolicies'),
      rule('get,list,watch', 'resource.k8s.io', 'resourceclaims,resourceclaims/status,resourceclaimtemplates'),
      rule('create', 'authorization.k8s.io', 'localsubjectaccessreviews'),
      rule('create,delete,deletecollection,get,list,patch,update,watch', 'rbac.authorization.k8s.io', 'rolebindings,roles'),
    ],
  ],
  [
    'edit',
    [
      rule('get,list,watch', '', 'pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy'),
      rule('impersonate', '', 'serviceaccounts'),
      rule('create,delete,deletecollection,patch,update', '', 'pods,pods/attach,pods/exec,pods/portforward,pods/proxy'),
      rule('create', '', 'pods/eviction'),
      rule(
        'create,delete,deletecollection,patch,update',
        '',
        'configmaps,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy',
      ),
      rule('create', '', 'serviceaccounts/token'),
      rule('create,delete,deletecollection,patch,update', ',events.k8s.io', 'events'),
      rule(
        'create,delete,deletecollection,patch,update',
        'apps',
        'daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale',
      ),
      rule('create,delete,deletecollection,patch,update', 'autoscaling', 'horizontalpodautoscalers'),
      rule('create,delete,deletecollection,patch,update', 'batch', 'cronjobs,jobs'),
      rule(
        'create,delete,deletecollection,patch,update',
        'extensions',
        'daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale',
      ),
      rule('create,delete,deletecollection,patch,update', 'policy', 'poddisruptionbudgets'),
      rule('create,delete,deletecollection,patch,update', 'networking.k8s.io', 'ingresses,networkpolicies'),
      rule('create,delete,deletecollection,get,list,patch,update,watch', 'coordination.k8s.io', 'leases'),
      rule('create,delete,deletecollection,patch,update', 'resource.k8s.io', 'resourceclaims,resourceclaimtemplates'),
      rule(
        'get,list,watch',
        '',
        'configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status',
      ),
      rule(
        'get,list,watch',
        '',
        'bindings,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status',
      ),
      rule('get,list,watch', '', 'namespaces'),
      rule('get,list,watch', ',events.k8s.io', 'events'),
      rule('get,list,watch', 'discovery.k8s.io', 'endpointslices'),
      rule(
        'get,list,watch',
        'apps',
        'controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status',
      ),
      rule('get,list,watch', 'autoscaling', 'horizontalpodautoscalers,horizontalpodautoscalers/status'),
      rule('get,list,watch', 'batch', 'cronjobs,cronjobs/status,jobs,jobs/status'),
      rule(
        'get,list,watch',
        'extensions',
        'daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale',
      ),
      rule('get,list,watch', 'policy', 'poddisruptionbudgets,poddisruptionbudgets/status'),
      rule('get,list,watch', 'networking.k8s.io', 'ingresses,ingresses/status,networkpolicies'),
      rule('get,list,watch', 'resource.k8s.io', 'resourceclaims,resourceclaims/status,resourceclaimtemplates'),
    ],
  ],
  [
    'view',
    [
      rule(
        'get,list,watch',
        '',
        'configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status',
      ),
      rule(
        'get,list,watch',
        '',
        'bindings,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status',
      ),
      rule('get,list,watch', '', 'namespaces'),
      rule('get,list,watch', ',events.k8s.io', 'events'),
      rule('get,list,watch', 'discovery.k8s.io', 'endpointslices'),
      rule(
        'get,list,watch',
        'apps',
        'controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status',
      ),
      rule('get,list,watch', 'autoscaling', 'horizontalpodautoscalers,horizontalpodautoscalers/status'),
      rule('get,list,watch', 'batch', 'cronjobs,cronjobs/status,jobs,jobs/status'),
      rule(
        'get,list,watch',
        'extensions',
        'daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale',
      ),
      rule('get,list,watch', 'policy', 'poddisruptionbudgets,poddisruptionbudgets/status'),
      rule('get,list,watch', 'networking.k8s.io', 'ingresses,ingresses/status,networkpolicies'),
      rule('get,list,watch', 'resource.k8s.io', 'resourceclaims,resourceclaims/status,resourceclaimtemplates'),
    ],
  ],
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

function byPlace(one: Role, other: Role): number {
  const left = [one.namespace ?? '', one.kind, one.name];
  const right = [other.namespace ?? '', other.kind, other.name];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1;
}
