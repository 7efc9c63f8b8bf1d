import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () =>
  cluster()
    .serviceAccount('a/bot')
    .secret('a/s')
    .clusterRole('r', rule('get', '', 'secrets'))
    .clusterRole('view', rule('get', '', 'events'));

tablesOf('bound-to-everyone', {
  finds: [
    ['authenticated', world().clusterRoleBinding('b', 'ClusterRole/view', group('system:authenticated')), ['medium ClusterRoleBinding b']],
    ['anonymous', world().clusterRoleBinding('b', 'ClusterRole/view', user('system:anonymous')), ['high ClusterRoleBinding b']],
    [
      'the same group twice is one row',
      world().clusterRoleBinding('b', 'ClusterRole/view', group('system:authenticated'), group('system:authenticated')),
      ['medium ClusterRoleBinding b'],
    ],
    [
      'two of them are two rows',
      world().clusterRoleBinding('b', 'ClusterRole/view', group('system:unauthenticated'), group('system:serviceaccounts')),
      ['high ClusterRoleBinding b', 'medium ClusterRoleBinding b'],
    ],
    [
      'cluster admin for everybody',
      cluster()
        .clusterRole('x', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/x', group('system:authenticated')),
      ['critical ClusterRoleBinding b'],
    ],
    [
      'a default binding of another role',
      world().clusterRoleBinding('system:discovery', 'ClusterRole/r', group('system:authenticated')),
      ['medium ClusterRoleBinding system:discovery'],
    ],
    [
      'a default binding with another subject',
      world()
        .clusterRole('system:basic-user', rule('get', '', 'x'))
        .clusterRoleBinding('system:basic-user', 'ClusterRole/system:basic-user', group('system:unauthenticated')),
      ['high ClusterRoleBinding system:basic-user'],
    ],
    [
      'one namespace',
      world()
        .role('a/n', rule('get', '', 'configmaps'))
        .roleBinding('a/b', 'Role/n', group('system:serviceaccounts')),
      ['medium RoleBinding a/b'],
    ],
    [
      'paths alone, one step milder',
      cluster()
        .clusterRole('m', { verbs: ['get'], nonResourceURLs: ['/metrics'] })
        .clusterRoleBinding('b', 'ClusterRole/m', group('system:unauthenticated')),
      ['medium ClusterRoleBinding b'],
    ],
  ],
  silent: [
    [
      'the defaults',
      world()
        .clusterRole('system:discovery', rule('get', '', 'x'))
        .clusterRoleBinding('system:discovery', 'ClusterRole/system:discovery', group('system:authenticated')),
    ],
    ['a role that does not exist', world().clusterRoleBinding('b', 'ClusterRole/none', group('system:authenticated'))],
    ['a role without rules', world().clusterRole('empty').clusterRoleBinding('b', 'ClusterRole/empty', group('system:authenticated'))],
    ["one namespace's accounts", world().clusterRoleBinding('b', 'ClusterRole/r', group('system:serviceaccounts:a'))],
    ['a user whose name looks like the group', world().clusterRoleBinding('b', 'ClusterRole/r', user('system:authenticated'))],
    ['an account', world().clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'))],
    ['nobody', world().clusterRoleBinding('b', 'ClusterRole/r')],
  ],
});
