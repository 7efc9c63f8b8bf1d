import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () =>
  cluster()
    .namespace('a')
    .serviceAccount('a/default')
    .secret('a/s')
    .role('a/r', rule('get', '', 'configmaps'));
const bound = () => world().roleBinding('a/b', 'Role/r', sa('a/default'));

tablesOf('default-account-used', {
  finds: [
    ['pods with a token', world().pod('a/one').pod('a/two'), ['low ServiceAccount a/default × 2']],
    ['pods of an account that is bound', bound().pod('a/one'), ['medium ServiceAccount a/default']],
    ['a bound account that nothing uses', bound(), ['medium ServiceAccount a/default × 0']],
    ['a bound account whose pods have no token', bound().pod('a/one', { token: false }), ['medium ServiceAccount a/default × 0']],
    [
      'much to gain, yet never critical',
      world()
        .clusterRole('all', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/all', sa('a/default'))
        .pod('a/one'),
      ['high ServiceAccount a/default'],
    ],
  ],
  silent: [
    ['pods without a token', world().pod('a/one', { token: false })],
    ['another account', world().serviceAccount('a/bot').pod('a/one', { serviceAccount: 'bot' })],
    ['a pod that has ended', world().pod('a/one', { phase: 'Succeeded' })],
    ['a binding whose role does not exist', world().roleBinding('a/b', 'Role/none', sa('a/default'))],
    ['a binding of the `default` of another namespace', world().serviceAccount('z/bot').roleBinding('a/b', 'Role/r', sa('z/bot'))],
    ['nothing at all', world()],
  ],
});
