import { type BindingPlan, type RolePlan, rule } from './rbac.ts';

/** What people at Fernwood granted over the years. Each mistake is one that real clusters have; demo/README.md tells them. */

const RBAC = 'rbac.authorization.k8s.io';
const READ = 'get,list,watch';

export const COMPANY_ROLES: readonly RolePlan[] = [
  // Storefront's on-call was given a shell in payments during an incident, through the wrong subject.
  { namespace: 'payments', name: 'incident-2214-debug', rules: [rule('get,list', '', 'pods'), rule('create', '', 'pods/exec')] },
  { namespace: 'build', name: 'runner', rules: [rule('create,delete,get,list,watch', '', 'pods'), rule('get', '', 'pods/log')] },
  { namespace: 'orders', name: 'refund-processor-token', rules: [rule('create', '', 'serviceaccounts/token', ['refund-processor'])] },
  { namespace: 'orders', name: 'refund-processor', rules: [rule('get', '', 'secrets', ['refund-gateway'])] },
  // The core group has no jobs: this never allowed what its author wanted.
  { namespace: 'orders', name: 'label-printer', rules: [rule('create,get', '', 'jobs')] },
  { namespace: 'orders', name: 'archive', rules: [rule('get,list', '', 'secrets')] },
  // Without `bind`, a RoleBinding may only hand out what its author already holds.
  { namespace: 'reports', name: 'onboarding', rules: [rule('create,get,list,update', RBAC, 'rolebindings')] },
  // `pods/*` is no wildcard: it matches no subresource.
  { namespace: 'reports', name: 'pod-janitor', rules: [rule('create,get,patch', '', 'pods/*')] },
  {
    name: 'ops-toolbox',
    rules: [
      rule('impersonate', '', 'users', ['oncall@fernwood.example']),
      rule('impersonate', '', 'groups'),
      rule(READ, '', 'pods,nodes,namespaces'),
    ],
  },
  // A group cannot be impersonated without a user, and this role names none.
  { name: 'access-portal', rules: [rule('impersonate', '', 'groups', ['fernwood:platform'])] },
  {
    name: 'rbac-sync',
    rules: [rule(READ, RBAC, 'clusterroles'), rule('escalate,patch,update', RBAC, 'clusterroles', ['rbac-sync', 'fernwood-developer'])],
  },
  {
    name: 'tenant-provisioner',
    rules: [
      rule('create,get,list', '', 'namespaces'),
      rule('create,get,list,update', RBAC, 'rolebindings'),
      rule('bind', RBAC, 'clusterroles', ['admin']),
    ],
  },
  {
    name: 'fernwood-developer',
    rules: [rule(READ, '', 'pods,pods/log,events,services,configmaps'), rule(READ, 'apps', 'deployments,replicasets,statefulsets')],
  },
];

export const COMPANY_BINDINGS: readonly BindingPlan[] = [
  { namespace: 'payments', name: 'incident-2214-debug', role: 'Role/incident-2214-debug', subjects: ['sa:storefront/web'] },
  { namespace: 'build', name: 'runner', role: 'Role/runner', subjects: ['sa:build/runner'] },
  { name: 'build-deployer', role: 'ClusterRole/cluster-admin', subjects: ['sa:build/deployer'] },
  { namespace: 'orders', name: 'support-bot-refunds', role: 'Role/refund-processor-token', subjects: ['sa:ops/support-bot'] },
  { namespace: 'orders', name: 'refund-processor', role: 'Role/refund-processor', subjects: ['sa:orders/refund-processor'] },
  { namespace: 'orders', name: 'label-printer', role: 'Role/label-printer', subjects: ['sa:orders/label-printer'] },
  { namespace: 'orders', name: 'archive', role: 'Role/archive', subjects: ['sa:orders/archive'] },
  // The Role was deleted in a clean-up; the binding stayed.
  { namespace: 'orders', name: 'order-sync-admin', role: 'Role/order-sync-admin', subjects: ['sa:orders/order-sync'] },
  { namespace: 'reports', name: 'onboarding', role: 'Role/onboarding', subjects: ['sa:reports/onboarding'] },
  { namespace: 'reports', name: 'pod-janitor', role: 'Role/pod-janitor', subjects: ['sa:reports/pod-janitor'] },
  {
    namespace: 'payments-sandbox',
    name: 'partner-portal-admin',
    role: 'ClusterRole/admin',
    subjects: ['sa:payments-sandbox/partner-portal'],
  },
  { namespace: 'payments-sandbox', name: 'sandbox-owners', role: 'ClusterRole/cluster-admin', subjects: ['group:fernwood:payments'] },
  { name: 'ops-toolbox', role: 'ClusterRole/ops-toolbox', subjects: ['sa:ops/toolbox'] },
  { name: 'access-portal', role: 'ClusterRole/access-portal', subjects: ['sa:ops/access-portal'] },
  { name: 'rbac-sync', role: 'ClusterRole/rbac-sync', subjects: ['sa:ops/rbac-sync'] },
  { name: 'tenant-provisioner', role: 'ClusterRole/tenant-provisioner', subjects: ['sa:ops/tenant-provisioner'] },
  { name: 'fernwood-platform-admins', role: 'ClusterRole/cluster-admin', subjects: ['group:fernwood:platform'] },
  { name: 'fernwood-everybody', role: 'ClusterRole/fernwood-developer', subjects: ['group:fernwood:engineering'] },
  { namespace: 'storefront', name: 'storefront-team', role: 'ClusterRole/edit', subjects: ['group:fernwood:storefront'] },
  { namespace: 'payments', name: 'payments-team', role: 'ClusterRole/edit', subjects: ['group:fernwood:payments'] },
  { namespace: 'orders', name: 'orders-team', role: 'ClusterRole/edit', subjects: ['group:fernwood:orders'] },
];
