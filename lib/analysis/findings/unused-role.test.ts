import { cluster, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const world = () =>
  cluster()
    .serviceAccount('a/bot')
    .role('a/used', rule('get', '', 'pods'))
    .roleBinding('a/b', 'Role/used', sa('a/bot'))
    .clusterRoleBinding('z', 'ClusterRole/z', user('z'));
const labelled = (labels: Record<string, string>, name = 'r') => ({
  apiVersion: RBAC,
  kind: 'ClusterRole',
  metadata: { name, labels },
  rules: [rule('get', '', 'pods')],
});

tablesOf('unused-role', {
  finds: [
    ['a Role', world().role('a/left', rule('get', '', 'pods')), ['low Role a/left']],
    ['a ClusterRole', world().clusterRole('left', rule('get', '', 'pods')), ['low ClusterRole left']],
    ['a Role whose name is bound elsewhere', world().role('z/used', rule('get', '', 'pods')), ['low Role z/used']],
    ['a label that nothing collects', world().add(labelled({ team: 'x' })), ['low ClusterRole r']],
  ],
  silent: [
    ['a role that is bound', world()],
    ['a default role', world().add(labelled({ 'kubernetes.io/bootstrapping': 'rbac-defaults' }, 'system:auth-delegator'))],
    ['a role that goes into `view`', world().add(labelled({ 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }))],
    [
      'a role that goes into one of our own',
      world()
        .add(labelled({ team: 'x' }))
        .add({
          apiVersion: RBAC,
          kind: 'ClusterRole',
          metadata: { name: 'all' },
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { team: 'x' } }] },
          rules: [],
        })
        .roleBinding('a/c', 'ClusterRole/all', sa('a/bot')),
    ],
    [
      'a Role of a world of which no RoleBinding was read',
      cluster()
        .role('a/left', rule('get', '', 'pods'))
        .clusterRoleBinding('z', 'ClusterRole/z', user('z')),
    ],
    [
      'a ClusterRole of a world of which no ClusterRoleBinding was read',
      cluster()
        .clusterRole('left', rule('get', '', 'pods'))
        .roleBinding('a/b', 'Role/used', sa('a/bot')),
    ],
    ['a world of which no binding was read', cluster().role('a/left', rule('get', '', 'pods'))],
  ],
});
