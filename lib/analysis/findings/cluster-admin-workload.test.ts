import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const admin = () =>
  cluster()
    .serviceAccount('a/bot')
    .clusterRole('cluster-admin', rule('*', '*', '*'));

tablesOf('cluster-admin-workload', {
  finds: [
    [
      'an account with pods',
      admin()
        .pod('a/one', { serviceAccount: 'bot' })
        .pod('a/two', { serviceAccount: 'bot' })
        .clusterRoleBinding('b', 'ClusterRole/cluster-admin', sa('a/bot')),
      ['critical ServiceAccount a/bot × 2'],
    ],
    [
      'an account that no pod runs as',
      admin().pod('z/other').clusterRoleBinding('b', 'ClusterRole/cluster-admin', sa('a/bot')),
      ['high ServiceAccount a/bot × 0'],
    ],
    [
      'an account of which nobody read whether pods run as it',
      admin().clusterRoleBinding('b', 'ClusterRole/cluster-admin', sa('a/bot')),
      ['critical ServiceAccount a/bot × 0'],
    ],
    [
      'the group of all accounts of a namespace',
      admin().pod('a/one').pod('z/two').clusterRoleBinding('b', 'ClusterRole/cluster-admin', group('system:serviceaccounts:a')),
      ['critical Group system:serviceaccounts:a'],
    ],
    [
      'the same under another name, and as a user',
      cluster()
        .serviceAccount('a/bot')
        .pod('a/one', { serviceAccount: 'bot' })
        .clusterRole('harmless', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/harmless', user('system:serviceaccount:a:bot')),
      ['critical ServiceAccount a/bot'],
    ],
  ],
  silent: [
    ['the group of the kubelets', admin().clusterRoleBinding('b', 'ClusterRole/cluster-admin', group('system:nodes'))],
    ['the stock binding', admin().clusterRoleBinding('cluster-admin', 'ClusterRole/cluster-admin', group('system:masters'))],
    ['people', admin().clusterRoleBinding('b', 'ClusterRole/cluster-admin', user('alice'), group('admins'))],
    ['a namespace alone', admin().pod('a/one', { serviceAccount: 'bot' }).roleBinding('a/b', 'ClusterRole/cluster-admin', sa('a/bot'))],
    ['a role that does not exist', cluster().serviceAccount('a/bot').clusterRoleBinding('b', 'ClusterRole/none', sa('a/bot'))],
    [
      'wildcards spread over two rules',
      cluster()
        .serviceAccount('a/bot')
        .clusterRole('r', rule('*', '', '*'), rule('get', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'wildcards on one name',
      cluster()
        .serviceAccount('a/bot')
        .clusterRole('r', rule('*', '*', '*', 'x'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
  ],
});
