import type { Labels } from './metadata.ts';
import { type BindingPlan, type RolePlan, type RulePlan, rule, urls } from './rbac.ts';

/**
 * The roles and bindings that Kubernetes 1.34 makes for itself, as far as they matter to a reader of this cluster.
 * Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/{policy,controller_policy}.go.
 */

const BOOTSTRAP: Labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const AUTO_UPDATE: Labels = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' };
const TO_ADMIN = 'rbac.authorization.k8s.io/aggregate-to-admin';
const TO_EDIT = 'rbac.authorization.k8s.io/aggregate-to-edit';
const TO_VIEW = 'rbac.authorization.k8s.io/aggregate-to-view';

const READ = 'get,list,watch';
const WRITE = 'create,delete,deletecollection,patch,update';
const READ_WRITE = 'create,delete,deletecollection,get,list,patch,update,watch';
const EVENTS = rule('create,patch,update', ',events.k8s.io', 'events');
const RBAC = 'rbac.authorization.k8s.io';

function stock(name: string, rules: readonly RulePlan[], more: Partial<RolePlan> = {}): RolePlan {
  return { name, rules, annotations: AUTO_UPDATE, ...more, labels: { ...BOOTSTRAP, ...more.labels } };
}

const AGGREGATE_TO_ADMIN: readonly RulePlan[] = [
  rule('create', 'authorization.k8s.io', 'localsubjectaccessreviews'),
  rule(READ_WRITE, RBAC, 'rolebindings,roles'),
];

const AGGREGATE_TO_EDIT: readonly RulePlan[] = [
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

const AGGREGATE_TO_VIEW: readonly RulePlan[] = [
  rule(
    READ,
    '',
    'configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status',
  ),
  rule(
    READ,
    '',
    'bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status',
  ),
  rule(READ, '', 'namespaces'),
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

const METRICS_READER: readonly RulePlan[] = [rule(READ, 'metrics.k8s.io', 'pods,nodes')];

// What the aggregation controller writes into `rules`: those of every selected role, in the order of their names.
const VIEW: readonly RulePlan[] = [...AGGREGATE_TO_VIEW, ...METRICS_READER];
const EDIT: readonly RulePlan[] = [...AGGREGATE_TO_EDIT, ...METRICS_READER, ...AGGREGATE_TO_VIEW];
const ADMIN: readonly RulePlan[] = [...EDIT, ...AGGREGATE_TO_ADMIN];

const USER_ROLES: readonly RolePlan[] = [
  stock('cluster-admin', [rule('*', '*', '*'), urls('*', '*')]),
  stock('admin', ADMIN, { aggregates: TO_ADMIN }),
  stock('edit', EDIT, { aggregates: TO_EDIT, labels: { [TO_ADMIN]: 'true' } }),
  stock('view', VIEW, { aggregates: TO_VIEW, labels: { [TO_EDIT]: 'true' } }),
  stock('system:aggregate-to-admin', AGGREGATE_TO_ADMIN, { labels: { [TO_ADMIN]: 'true' } }),
  stock('system:aggregate-to-edit', AGGREGATE_TO_EDIT, { labels: { [TO_EDIT]: 'true' } }),
  stock('system:aggregate-to-view', AGGREGATE_TO_VIEW, { labels: { [TO_VIEW]: 'true' } }),
  {
    name: 'system:aggregated-metrics-reader',
    rules: METRICS_READER,
    labels: { 'k8s-app': 'metrics-server', [TO_ADMIN]: 'true', [TO_EDIT]: 'true', [TO_VIEW]: 'true' },
  },
];

const EVERYBODY_ROLES: readonly RolePlan[] = [
  stock('system:basic-user', [
    rule('create', 'authorization.k8s.io', 'selfsubjectaccessreviews,selfsubjectrulesreviews'),
    rule('create', 'authentication.k8s.io', 'selfsubjectreviews'),
  ]),
  stock('system:discovery', [
    urls('get', '/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/openapi', '/openapi/*', '/readyz', '/version', '/version/'),
  ]),
  stock('system:public-info-viewer', [urls('get', '/healthz', '/livez', '/readyz', '/version', '/version/')]),
  stock('system:service-account-issuer-discovery', [
    urls('get', '/.well-known/openid-configuration', '/.well-known/openid-configuration/', '/openid/v1/jwks', '/openid/v1/jwks/'),
  ]),
  stock('system:auth-delegator', [
    rule('create', 'authentication.k8s.io', 'tokenreviews'),
    rule('create', 'authorization.k8s.io', 'subjectaccessreviews'),
  ]),
];

const COMPONENT_ROLES: readonly RolePlan[] = [
  stock('system:kube-dns', [rule('list,watch', '', 'endpoints,services')]),
  stock('system:kube-scheduler', [
    EVENTS,
    rule('create', 'coordination.k8s.io', 'leases'),
    rule('get,list,update,watch', 'coordination.k8s.io', 'leases', ['kube-scheduler']),
    rule(READ, '', 'nodes'),
    rule('delete,get,list,watch', '', 'pods'),
    rule('create', '', 'bindings,pods/binding'),
    rule('patch,update', '', 'pods/status'),
    rule(READ, '', 'replicationcontrollers,services'),
    rule(READ, 'apps,extensions', 'replicasets'),
    rule(READ, 'apps', 'statefulsets'),
    rule(READ, 'policy', 'poddisruptionbudgets'),
    rule(READ, '', 'persistentvolumeclaims,persistentvolumes'),
    rule('create', 'authentication.k8s.io', 'tokenreviews'),
    rule('create', 'authorization.k8s.io', 'subjectaccessreviews'),
    rule(READ, 'storage.k8s.io', 'csinodes'),
    rule(READ, '', 'namespaces'),
    rule(READ, 'storage.k8s.io', 'csidrivers'),
    rule(READ, 'storage.k8s.io', 'csistoragecapacities'),
  ]),
  stock('system:node', [
    rule('create', 'authentication.k8s.io', 'tokenreviews'),
    rule('create', 'authorization.k8s.io', 'localsubjectaccessreviews,subjectaccessreviews'),
    rule(READ, '', 'services'),
    rule('create,get,list,watch', '', 'nodes'),
    rule('patch,update', '', 'nodes/status'),
    rule('patch,update', '', 'nodes'),
    EVENTS,
    rule(READ, '', 'pods'),
    rule('create,delete', '', 'pods'),
    rule('patch,update', '', 'pods/status'),
    rule('create', '', 'pods/eviction'),
    rule(READ, '', 'configmaps,secrets'),
    rule('get', '', 'persistentvolumeclaims,persistentvolumes'),
    rule('get', '', 'endpoints'),
    rule('create,get,list,watch', 'certificates.k8s.io', 'certificatesigningrequests'),
    rule('create,delete,get,patch,update', 'coordination.k8s.io', 'leases'),
    rule('get', 'storage.k8s.io', 'volumeattachments'),
    rule('create', '', 'serviceaccounts/token'),
    rule('get,patch,update', '', 'persistentvolumeclaims/status'),
    rule(READ, 'storage.k8s.io', 'csidrivers'),
    rule('create,delete,get,patch,update', 'storage.k8s.io', 'csinodes'),
    rule(READ, 'node.k8s.io', 'runtimeclasses'),
    rule('get', 'resource.k8s.io', 'resourceclaims'),
    rule('deletecollection', 'resource.k8s.io', 'resourceslices'),
    rule('get', '', 'serviceaccounts'),
  ]),
  stock('system:node-proxier', [
    rule('list,watch', '', 'endpoints,services'),
    rule(READ, '', 'nodes'),
    EVENTS,
    rule('list,watch', 'networking.k8s.io', 'servicecidrs'),
    rule('list,watch', 'discovery.k8s.io', 'endpointslices'),
  ]),
];

/** Rules of each controller's account, by the name behind `system:controller:`. */
const CONTROLLERS: ReadonlyMap<string, readonly RulePlan[]> = new Map([
  ['clusterrole-aggregation-controller', [rule('escalate,get,list,patch,update,watch', RBAC, 'clusterroles')]],
  [
    'daemon-set-controller',
    [
      rule(READ, 'apps,extensions', 'daemonsets'),
      rule('update', 'apps,extensions', 'daemonsets/status'),
      rule('update', 'apps,extensions', 'daemonsets/finalizers'),
      rule('list,watch', '', 'nodes'),
      rule('create,delete,list,patch,watch', '', 'pods'),
      rule('create', '', 'pods/binding'),
      rule('create,delete,get,list,patch,update,watch', 'apps', 'controllerrevisions'),
      EVENTS,
    ],
  ],
  [
    'deployment-controller',
    [
      rule('get,list,update,watch', 'apps,extensions', 'deployments'),
      rule('update', 'apps,extensions', 'deployments/status'),
      rule('update', 'apps,extensions', 'deployments/finalizers'),
      rule('create,delete,get,list,patch,update,watch', 'apps,extensions', 'replicasets'),
      rule('get,list,update,watch', '', 'pods'),
      EVENTS,
    ],
  ],
  ['generic-garbage-collector', [rule('delete,get,list,patch,update,watch', '*', '*'), EVENTS]],
  [
    'job-controller',
    [
      rule('get,list,patch,update,watch', 'batch', 'jobs'),
      rule('update', 'batch', 'jobs/status'),
      rule('update', 'batch', 'jobs/finalizers'),
      rule('create,delete,list,patch,watch', '', 'pods'),
      EVENTS,
    ],
  ],
  [
    'namespace-controller',
    [
      rule('delete,get,list,watch', '', 'namespaces'),
      rule('update', '', 'namespaces/finalize,namespaces/status'),
      rule('delete,deletecollection,get,list,watch', '*', '*'),
    ],
  ],
  [
    'replicaset-controller',
    [
      rule('get,list,update,watch', 'apps,extensions', 'replicasets'),
      rule('update', 'apps,extensions', 'replicasets/status'),
      rule('update', 'apps,extensions', 'replicasets/finalizers'),
      rule('create,delete,list,patch,watch', '', 'pods'),
      EVENTS,
    ],
  ],
  [
    'statefulset-controller',
    [
      rule('list,watch', '', 'pods'),
      rule(READ, 'apps', 'statefulsets'),
      rule('update', 'apps', 'statefulsets/status'),
      rule('update', 'apps', 'statefulsets/finalizers'),
      rule('create,delete,get,patch,update', '', 'pods'),
      rule('create,delete,get,list,patch,update,watch', 'apps', 'controllerrevisions'),
      rule('create,get,list,watch', '', 'persistentvolumeclaims'),
      rule('delete,update', '', 'persistentvolumeclaims'),
      EVENTS,
    ],
  ],
]);

export const STOCK_ROLES: readonly RolePlan[] = [
  ...USER_ROLES,
  ...EVERYBODY_ROLES,
  ...COMPONENT_ROLES,
  ...[...CONTROLLERS].map(([name, rules]) => stock(`system:controller:${name}`, rules)),
  stock('extension-apiserver-authentication-reader', [rule(READ, '', 'configmaps', ['extension-apiserver-authentication'])], {
    namespace: 'kube-system',
  }),
];

function bound(name: string, subjects: BindingPlan['subjects'], role = name): BindingPlan {
  return { name, role: `ClusterRole/${role}`, subjects, labels: BOOTSTRAP, annotations: AUTO_UPDATE };
}

export const STOCK_BINDINGS: readonly BindingPlan[] = [
  bound('cluster-admin', ['group:system:masters']),
  bound('system:basic-user', ['group:system:authenticated']),
  bound('system:discovery', ['group:system:authenticated']),
  bound('system:public-info-viewer', ['group:system:authenticated', 'group:system:unauthenticated']),
  bound('system:service-account-issuer-discovery', ['group:system:serviceaccounts']),
  bound('system:kube-scheduler', ['user:system:kube-scheduler']),
  bound('system:kube-dns', ['sa:kube-system/kube-dns']),
  bound('system:node', []),
  bound('system:node-proxier', ['user:system:kube-proxy']),
  ...[...CONTROLLERS.keys()].map((name) => bound(`system:controller:${name}`, [`sa:kube-system/${name}`])),
];
