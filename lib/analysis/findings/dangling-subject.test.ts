import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () =>
  cluster()
    .namespace('a')
    .serviceAccount('a/bot')
    .role('a/r', rule('get', '', 'pods'))
    .clusterRole('admin', rule('*', '*', '*'));

tablesOf('dangling-subject', {
  finds: [
    ['an account that is not there', world().roleBinding('a/b', 'Role/r', sa('a/gone')), ['low RoleBinding a/b']],
    ['in the namespace of the binding', world().roleBinding('a/b', 'Role/r', sa('gone')), ['low RoleBinding a/b']],
    [
      'named three times in one binding',
      world().roleBinding('a/b', 'Role/r', sa('a/gone'), user('system:serviceaccount:a:gone'), sa('gone')),
      ['low RoleBinding a/b'],
    ],
    ['written as a user', world().roleBinding('a/b', 'Role/r', user('system:serviceaccount:a:gone')), ['low RoleBinding a/b']],
    ['with much to gain', world().clusterRoleBinding('b', 'ClusterRole/admin', sa('a/gone')), ['medium ClusterRoleBinding b']],
  ],
  silent: [
    ['an account that is there', world().roleBinding('a/b', 'Role/r', sa('a/bot'))],
    ['`default`, which every namespace has', world().roleBinding('a/b', 'Role/r', sa('a/default'))],
    ['a role that is not there either', world().roleBinding('a/b', 'Role/none', sa('a/gone'))],
    ['users and groups', world().roleBinding('a/b', 'Role/r', user('gone'), group('gone'))],
    [
      'a default binding whose controller has not started',
      world()
        .clusterRole('system:controller:x', rule('get', '', 'pods'))
        .clusterRoleBinding('system:controller:x', 'ClusterRole/system:controller:x', sa('kube-system/x')),
    ],
    [
      'accounts that were not read',
      cluster()
        .role('a/r', rule('get', '', 'pods'))
        .roleBinding('a/b', 'Role/r', sa('a/gone')),
    ],
  ],
});
