import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () => cluster().node('n1').serviceAccount('a/bot').pod('a/one', { serviceAccount: 'bot' });
const held = (one: Parameters<ReturnType<typeof cluster>['clusterRole']>[1]) =>
  world()
    .clusterRole('r', one as Record<string, unknown>)
    .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'));

tablesOf('nodes-proxy', {
  finds: [
    ['get, which is enough', held(rule('get', '', 'nodes/proxy')), ['high ServiceAccount a/bot']],
    ['create on one node', held(rule('create', '', 'nodes/proxy', 'n1')), ['high ServiceAccount a/bot']],
  ],
  silent: [
    ['metrics', held(rule('get', '', 'nodes/metrics,nodes/stats,nodes/log'))],
    ['nodes', held(rule('get', '', 'nodes'))],
    ['another verb', held(rule('delete', '', 'nodes/proxy'))],
    ['pods/proxy', held(rule('get', '', 'pods/proxy'))],
    [
      'a RoleBinding, which gives nothing on nodes',
      world()
        .clusterRole('r', rule('get', '', 'nodes/proxy'))
        .roleBinding('a/b', 'ClusterRole/r', sa('a/bot')),
    ],
    ['another group', held(rule('get', 'metrics.k8s.io', 'nodes/proxy'))],
  ],
});
