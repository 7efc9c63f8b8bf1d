import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** Pods on n1 and n2; on n3 one that has ended, on n4 none. */
const world = (): ClusterFixture =>
  cluster()
    .node('n1')
    .node('n2')
    .node('n3')
    .node('n4')
    .serviceAccount('a/bot')
    .pod('a/web', { node: 'n1' })
    .pod('b/db', { node: 'n1' })
    .pod('b/api', { node: 'n2' })
    .pod('b/migration', { node: 'n3', phase: 'Succeeded' })
    .pod('b/pending', { node: '', phase: 'Pending' });
const { everywhere } = holding(world);
const GET = rule('get', '', 'nodes/proxy');
const ALL = ['sa:a/bot → all-pods:*'];

const finds: Finds = [
  ['create alone', everywhere(rule('create', '', 'nodes/proxy')), ALL],
  [
    'resourceNames with scheme and port, as they stand in the path',
    everywhere(rule('get', '', 'nodes/proxy', 'https:n2:10250')),
    ['sa:a/bot → pod:b/api'],
  ],
  ['resourceNames with a port', everywhere(rule('create', '', 'nodes/proxy', 'n2:10250')), ['sa:a/bot → pod:b/api']],
  ['get is enough, over a WebSocket', everywhere(GET), ALL],
  ['create', everywhere(rule('create', '', 'nodes/proxy')), ALL],
  ['get, whatever the version', everywhere(GET).about({ version: 'v1.29.1' }), ALL],
  ['verb *', everywhere(rule('*', '', 'nodes/proxy')), ALL],
  ['group *', everywhere(rule('get', '*', 'nodes/proxy')), ALL],
  ['resource * covers subresources', everywhere(rule('get', '', '*')), ALL],
  ['*/proxy', everywhere(rule('get', '', '*/proxy')), ALL],
  ['a group subject', world().clusterRole('r', GET).clusterRoleBinding('crb', 'ClusterRole/r', group('dev')), ['group:dev → all-pods:*']],
  [
    'a User that names a service account',
    world().clusterRole('r', GET).clusterRoleBinding('crb', 'ClusterRole/r', user('system:serviceaccount:a:bot')),
    ALL,
  ],
  [
    'resourceNames: the pods of that node',
    everywhere(rule('get', '', 'nodes/proxy', 'n1')),
    ['sa:a/bot → pod:a/web', 'sa:a/bot → pod:b/db'],
  ],
  ['resourceNames: the pods of another node', everywhere(rule('create', '', 'nodes/proxy', 'n2,gone')), ['sa:a/bot → pod:b/api']],
];

const silent: Silent = [
  ['resourceNames with a scheme that is none', everywhere(rule('get', '', 'nodes/proxy', 'ftp:n2:21'))],
  [
    'OpenShift, which asks those who are not authenticated for unsafeproxy',
    world()
      .clusterRole('system:openshift:public-info-viewer', { verbs: ['get'], nonResourceURLs: ['/version'] })
      .clusterRole('r', GET)
      .clusterRoleBinding('crb', 'ClusterRole/r', group('system:unauthenticated')),
  ],
  ['the clause split over two rules', everywhere(rule('get', '', 'nodes'), rule('list', '', 'nodes/proxy'))],
  ['by a RoleBinding: nodes have no namespace', world().role('a/r', GET).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  [
    'by a RoleBinding to a ClusterRole',
    world()
      .clusterRole('r', rule('*', '*', 'nodes/proxy'))
      .roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['the resource without its subresource', everywhere(rule('get,create', '', 'nodes'))],
  [
    'the fine-grained kubelet rights',
    everywhere(rule('get', '', 'nodes/configz,nodes/healthz,nodes/pods,nodes/log,nodes/metrics,nodes/stats,nodes/checkpoint')),
  ],
  ["another kind's proxy", everywhere(rule('get,create', '', 'pods/proxy,services/proxy'))],
  ['nodes/* is no wildcard', everywhere(rule('get', '', 'nodes/*'))],
  ['another API group', everywhere(rule('get', 'metrics.k8s.io,apps', 'nodes/proxy'))],
  ['other verbs', everywhere(rule('list,watch,update,patch,delete', '', 'nodes/proxy'))],
  ['resourceNames naming another node', everywhere(rule('get', '', 'nodes/proxy', 'n9'))],
  ['resourceNames naming a node without pods', everywhere(rule('get', '', 'nodes/proxy', 'n4'))],
  ['resourceNames naming a node whose pods have ended', everywhere(rule('get', '', 'nodes/proxy', 'n3'))],
  ['a cluster without pods', cluster().node('n1').clusterRole('r', GET).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
  ['a ClusterRoleBinding to a Role', world().role('a/r', GET).clusterRoleBinding('crb', 'Role/r', sa('a/bot'))],
  [
    'a cluster whose pods have all ended',
    cluster().node('n1').pod('a/x', { phase: 'Succeeded' }).clusterRole('r', GET).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
  ],
];

tables('node-proxy', { finds, silent });

test('evidence names binding, role and rule', () => {
  expect(evidenceOf(everywhere(GET).inventory(), 'node-proxy')).toEqual(['ClusterRoleBinding crb /subjects/0', 'ClusterRole r /rules/0']);
});
