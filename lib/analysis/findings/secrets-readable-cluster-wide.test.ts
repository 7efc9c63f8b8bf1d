import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () => cluster().serviceAccount('a/bot').secret('a/s').pod('a/one', { serviceAccount: 'bot' });

tablesOf('secrets-readable-cluster-wide', {
  finds: [
    [
      'get',
      world()
        .clusterRole('r', rule('get', '', 'secrets'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
      ['high ServiceAccount a/bot'],
    ],
    [
      'watch by a wildcard',
      world()
        .clusterRole('r', rule('watch', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
      ['high ServiceAccount a/bot'],
    ],
    [
      'a user, who is no pod',
      world()
        .clusterRole('r', rule('list', '', 'secrets'))
        .clusterRoleBinding('b', 'ClusterRole/r', user('alice')),
      ['medium User alice'],
    ],
    [
      'a binding that looks like a default one',
      world()
        .clusterRole('system:controller:x', rule('get', '', 'secrets'))
        .clusterRoleBinding('system:controller:x', 'ClusterRole/system:controller:x', sa('a/bot')),
      ['high ServiceAccount a/bot'],
    ],
  ],
  silent: [
    [
      'one namespace',
      world()
        .clusterRole('r', rule('get', '', 'secrets'))
        .roleBinding('a/b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'named secrets',
      world()
        .clusterRole('r', rule('get', '', 'secrets', 's'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'writing',
      world()
        .clusterRole('r', rule('create,delete', '', 'secrets'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'another group',
      world()
        .clusterRole('r', rule('get', 'apps', 'secrets'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'a subresource',
      world()
        .clusterRole('r', rule('get', '', 'secrets/x'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    ['a role that does not exist', world().clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'))],
    [
      'a controller of the control plane',
      world()
        .serviceAccount('kube-system/expand-controller')
        .clusterRole('system:controller:expand-controller', rule('get', '', 'secrets'))
        .clusterRoleBinding(
          'system:controller:expand-controller',
          'ClusterRole/system:controller:expand-controller',
          sa('kube-system/expand-controller'),
        ),
    ],
    [
      'whoever is cluster admin anyway',
      world()
        .clusterRole('r', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'masters',
      world()
        .clusterRole('r', rule('get', '', 'secrets'))
        .clusterRoleBinding('b', 'ClusterRole/r', group('system:masters')),
    ],
  ],
});
