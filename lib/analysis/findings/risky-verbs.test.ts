import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const RBAC = 'rbac.authorization.k8s.io';
const world = () => cluster().serviceAccount('a/bot').serviceAccount('a/x').pod('a/one', { serviceAccount: 'bot' });
const held = (...rules: Record<string, unknown>[]) =>
  world()
    .clusterRole('r', ...rules)
    .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'));

tablesOf('risky-verbs', {
  finds: [
    ['impersonation of groups, which is cluster admin', held(rule('impersonate', '', 'users,groups')), ['critical ServiceAccount a/bot']],
    [
      'impersonation of the accounts of a namespace',
      world()
        .role('a/r', rule('impersonate', '', 'serviceaccounts'))
        .roleBinding('a/b', 'Role/r', sa('a/bot')),
      ['medium ServiceAccount a/bot'],
    ],
    ['escalate on one role', held(rule('escalate', RBAC, 'clusterroles', 'edit')), ['medium ServiceAccount a/bot']],
    ['several verbs are one row', held(rule('escalate,bind', RBAC, 'clusterroles,roles')), ['high ServiceAccount a/bot']],
  ],
  silent: [
    ['the verb in another group', held(rule('bind,escalate', '', 'clusterroles'), rule('impersonate', 'apps', 'users'))],
    ['the verb on another resource', held(rule('bind', RBAC, 'rolebindings'))],
    ['writing roles without the verb', held(rule('create,update', RBAC, 'clusterroles'))],
    [
      'users in a namespace, who belong to none',
      world()
        .role('a/r', rule('impersonate', '', 'users,groups'))
        .roleBinding('a/b', 'Role/r', sa('a/bot')),
    ],
    ['a verb and a resource of two rules', held(rule('escalate', RBAC, 'roles/x'), rule('get', RBAC, 'clusterroles'))],
    ['a role that nobody is bound to', world().clusterRole('r', rule('escalate', RBAC, 'clusterroles'))],
    [
      'the controller that aggregates roles',
      world()
        .clusterRole('system:controller:clusterrole-aggregation-controller', rule('escalate', RBAC, 'clusterroles'))
        .clusterRoleBinding(
          'system:controller:clusterrole-aggregation-controller',
          'ClusterRole/system:controller:clusterrole-aggregation-controller',
          sa('kube-system/clusterrole-aggregation-controller'),
        ),
    ],
  ],
});
