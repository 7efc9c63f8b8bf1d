import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () =>
  cluster()
    .serviceAccount('a/bot')
    .role('a/r', rule('get', '', 'pods'))
    .clusterRole('c', rule('get', '', 'pods'));

tablesOf('dangling-binding', {
  finds: [
    ['a Role that is not there', world().roleBinding('a/b', 'Role/none', sa('a/bot')), ['low RoleBinding a/b']],
    ['a ClusterRole that is not there', world().clusterRoleBinding('b', 'ClusterRole/none', sa('a/bot')), ['low ClusterRoleBinding b']],
    ['a Role of another namespace', world().roleBinding('z/b', 'Role/r', sa('a/bot')), ['low RoleBinding z/b']],
    ['names from the prototype', world().roleBinding('a/b', 'Role/constructor', sa('a/bot')), ['low RoleBinding a/b']],
  ],
  silent: [
    ['a Role', world().roleBinding('a/b', 'Role/r', sa('a/bot'))],
    ['a ClusterRole from a namespace', world().roleBinding('a/b', 'ClusterRole/c', sa('a/bot'))],
    ['a ClusterRole', world().clusterRoleBinding('b', 'ClusterRole/c', sa('a/bot'))],
    ['a binding of nobody', world().roleBinding('a/b', 'Role/none')],
    [
      'a ClusterRole of a world of which Roles alone were read',
      cluster()
        .role('a/r', rule('get', '', 'pods'))
        .clusterRoleBinding('b', 'ClusterRole/none', sa('a/bot')),
    ],
    [
      'a Role of a world of which ClusterRoles alone were read',
      cluster()
        .clusterRole('c', rule('get', '', 'pods'))
        .roleBinding('a/b', 'Role/none', sa('a/bot')),
    ],
    ['a world of which no role was read', cluster().serviceAccount('a/bot').roleBinding('a/b', 'Role/none', sa('a/bot'))],
  ],
});
