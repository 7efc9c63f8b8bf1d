import { AGGREGATE_TO_ADMIN, AGGREGATE_TO_EDIT, AGGREGATE_TO_VIEW } from '../../lib/inventory/default-roles.ts';
import type { PolicyRule } from '../../lib/inventory/kubernetes.ts';
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
const EVENTS = rule('create,patch,update', ',events.k8s.io', 'events');
const RBAC = 'rbac.authorization.k8s.io';

function stock(name: string, rules: readonly RulePlan[], more: Partial<RolePlan> = {}): RolePlan {
  return { name, rules, annotations: AUTO_UPDATE, ...more, labels: { ...BOOTSTRAP, ...more.labels } };
}

/** As a manifest has it: without the lists that say nothing. */
const plan = ({ verbs, apiGroups, resources }: PolicyRule): RulePlan => ({ verbs, apiGroups, resources });

const TO_ADMIN_RULES = AGGREGATE_TO_ADMIN.map(plan);
const TO_EDIT_RULES = AGGREGATE_TO_EDIT.map(plan);
/** 1.34 has the core group's events beside the bindings, and no rule for those of events.k8s.io. */
const TO_VIEW_RULES = AGGREGATE_TO_VIEW.filter(({ resources }) => !resources.includes('events')).map(({ resources, ...rule }) =>
  plan({ ...rule, resources: resources.includes('bindings') ? [...resources, 'events'].sort() : resources }),
);

const METRICS_READER: readonly RulePlan[] = [rule(READ, 'metrics.k8s.io', 'pods,nodes')];

// What the aggregation controller writes into `rules`: those of every selected role, in the order of their names.
const VIEW: readonly RulePlan[] = [...TO_VIEW_RULES, ...METRICS_READER];
const EDIT: readonly RulePlan[] = [...TO_EDIT_RULES, ...METRICS_READER, ...TO_VIEW_RULES];
const ADMIN: readonly RulePlan[] = [...EDIT, ...TO_ADMIN_RULES];

const USER_ROLES: readonly RolePlan[] = [
  stock('cluster-admin', [rule('*', '*', '*'), urls('*', '*')]),
  stock('admin', ADMIN, { aggregates: TO_ADMIN }),
  stock('edit', EDIT, { aggregates: TO_EDIT, labels: { [TO_ADMIN]: 'true' } }),
  stock('view', VIEW, { aggregates: TO_VIEW, labels: { [TO_EDIT]: 'true' } }),
  stock('system:aggregate-to-admin', TO_ADMIN_RULES, { labels: { [TO_ADMIN]: 'true' } }),
  stock('system:aggregate-to-edit', TO_EDIT_RULES, { labels: { [TO_EDIT]: 'true' } }),
  stock('system:aggregate-to-view', TO_VIEW_RULES, { labels: { [TO_VIEW]: 'true' } }),
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
