import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () => cluster().serviceAccount('a/bot').pod('a/one', { serviceAccount: 'bot' });
const held = (...rules: Parameters<ReturnType<typeof cluster>['clusterRole']>[1][]) =>
  world()
    .clusterRole('r', ...rules)
    .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'));

tablesOf('exec-everywhere', {
  finds: [
    ['exec', held(rule('create', '', 'pods/exec')), ['high ServiceAccount a/bot']],
    ['attach by */attach', held(rule('create', '', '*/attach')), ['high ServiceAccount a/bot']],
    ['get, which is enough before 1.35', held(rule('get', '', 'pods/exec')).about({ version: 'v1.34.1' }), ['high ServiceAccount a/bot']],
    ['ephemeral containers', held(rule('patch', '', 'pods/ephemeralcontainers')), ['high ServiceAccount a/bot']],
  ],
  silent: [
    ['pods without the subresource', held(rule('create', '', 'pods'))],
    ['pods/*, which is no wildcard', held(rule('create', '', 'pods/*'))],
    ['get from 1.35 on', held(rule('get', '', 'pods/exec')).about({ version: 'v1.35.0' })],
    ['get where the version is not known', held(rule('get', '', 'pods/exec')).about({})],
    ['reading', held(rule('list', '', 'pods/exec'))],
    [
      'one namespace',
      world()
        .clusterRole('r', rule('create', '', 'pods/exec'))
        .roleBinding('a/b', 'ClusterRole/r', sa('a/bot')),
    ],
    ['one pod by name', held(rule('create', '', 'pods/exec', 'one'))],
    ['another group', held(rule('create', 'apps', 'pods/exec'))],
    ['a dangling binding', world().clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'))],
  ],
});
