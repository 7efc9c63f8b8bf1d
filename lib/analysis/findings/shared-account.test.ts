import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () =>
  cluster()
    .namespace('a')
    .serviceAccount('a/bot')
    .serviceAccount('a/default')
    .role('a/r', rule('get', '', 'configmaps'))
    .roleBinding('a/b', 'Role/r', sa('a/bot'));
const pod = (app: string, more: Record<string, string> = {}) => ({ serviceAccount: 'bot', metadata: { labels: { app, ...more } } });

tablesOf('shared-account', {
  finds: [
    ['two applications', world().pod('a/web', pod('web')).pod('a/db', pod('db')), ['low ServiceAccount a/bot']],
    [
      'workloads without labels',
      world().pod('a/web', { serviceAccount: 'bot' }).pod('a/db', { serviceAccount: 'bot' }),
      ['low ServiceAccount a/bot'],
    ],
    [
      'much to gain',
      world()
        .clusterRole('all', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/all', sa('a/bot'))
        .pod('a/web', pod('web'))
        .pod('a/db', pod('db')),
      ['medium ServiceAccount a/bot'],
    ],
  ],
  silent: [
    ['one application', world().pod('a/x', pod('web')).pod('a/y', pod('web'))],
    [
      'parts of one release',
      world()
        .pod('a/x', pod('web', { 'app.kubernetes.io/instance': 'shop' }))
        .pod('a/y', pod('db', { 'app.kubernetes.io/instance': 'shop' })),
    ],
    ['names of one family', world().pod('a/shop-web', { serviceAccount: 'bot' }).pod('a/shop-db', { serviceAccount: 'bot' })],
    [
      'parts that know each other by a third',
      world()
        .pod('a/x', pod('web', { release: 'r' }))
        .pod('a/y', pod('db', { release: 'r', 'k8s-app': 'z' }))
        .pod('a/z', { serviceAccount: 'bot', metadata: { labels: { 'k8s-app': 'z' } } }),
    ],
    ['an account without rights', cluster().serviceAccount('a/bot').pod('a/web', pod('web')).pod('a/db', pod('db'))],
    ['`default`', world().roleBinding('a/c', 'Role/r', sa('a/default')).pod('a/web').pod('a/db')],
    ['one workload', world().pod('a/web', pod('web'))],
  ],
});
