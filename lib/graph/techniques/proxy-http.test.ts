import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';
import { proxyHttp } from './proxy-http.ts';

const service = (namespace: string, name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: { ports: [{ port: 80 }] },
});
const world = (): ClusterFixture =>
  cluster()
    .namespace('a')
    .serviceAccount('a/bot')
    .pod('a/web')
    .pod('b/web')
    .pod('c/migration', { phase: 'Succeeded' })
    .add(service('a', 'front'))
    .add(service('b', 'front'));
const { inA, everywhere } = holding(world);
const ALL_OF_A = ['sa:a/bot → all-pods:a'];
const BEHIND = ['sa:a/bot → all-pods:a (conditional)'];
const openshift = (fixture: ClusterFixture): ClusterFixture =>
  fixture.clusterRole('system:openshift:public-info-viewer', { verbs: ['get'], nonResourceURLs: ['/version'] });

const finds: Finds = [
  ['get on pods/proxy', inA(rule('get', '', 'pods/proxy')), ALL_OF_A],
  ['create is POST', inA(rule('create', '', 'pods/proxy')), ALL_OF_A],
  ['delete is DELETE', inA(rule('delete', '', 'pods/proxy')), ALL_OF_A],
  ['everywhere', everywhere(rule('get', '', 'pods/proxy')), ['sa:a/bot → all-pods:*']],
  ['*/proxy', inA(rule('get', '', '*/proxy')), ALL_OF_A],
  ['a pod by name', inA(rule('get', '', 'pods/proxy', 'web')), ['sa:a/bot → pod:a/web']],
  ['a pod by name and port', inA(rule('get', '', 'pods/proxy', 'web:8080')), ['sa:a/bot → pod:a/web']],
  ['a pod by scheme, name and no port', inA(rule('get', '', 'pods/proxy', 'https:web:')), ['sa:a/bot → pod:a/web']],
  ['services: what they lead to, as far as any does', inA(rule('get', '', 'services/proxy')), BEHIND],
  ['a service by name, as the dashboard has it', inA(rule('get', '', 'services/proxy', 'http:front:')), ['sa:a/bot → service:a/front']],
  [
    'a service by name everywhere',
    everywhere(rule('create', '', 'services/proxy', 'front')),
    ['sa:a/bot → service:a/front', 'sa:a/bot → service:b/front'],
  ],
  ['pods and services: the surer one', inA(rule('get', '', 'pods/proxy,services/proxy')), ALL_OF_A],
  ['OpenShift guards those who are not authenticated, and nobody else', openshift(inA(rule('get', '', 'pods/proxy'))), ALL_OF_A],
];

const silent: Silent = [
  ['pods/* is no wildcard', inA(rule('get', '', 'pods/*,services/*'))],
  ['nodes/proxy is another technique', everywhere(rule('get', '', 'nodes/proxy'))],
  ['pods and services themselves', inA(rule('*', '', 'pods,services'))],
  ['list and watch are no methods', inA(rule('list,watch,deletecollection', '', 'pods/proxy,services/proxy'))],
  ['another API group', inA(rule('get', 'apps', 'pods/proxy,services/proxy'))],
  ['the clause split over two rules', inA(rule('get', '', 'pods'), rule('list', '', 'pods/proxy'))],
  ['resourceNames with a scheme that is none', inA(rule('get', '', 'pods/proxy', 'ftp:web:21'))],
  ['resourceNames with too many parts', inA(rule('get', '', 'pods/proxy', 'web:https:web:1'))],
  ['resourceNames naming another object', inA(rule('get', '', 'pods/proxy,services/proxy', 'db:80'))],
  ['a service of another namespace', inA(rule('get', '', 'services/proxy', 'back'))],
  [
    'a namespace without pods that run',
    world()
      .role('c/r', rule('get', '', 'pods/proxy,services/proxy'))
      .roleBinding('c/rb', 'Role/r', sa('a/bot')),
  ],
  [
    'OpenShift, and the unauthenticated',
    openshift(
      world()
        .clusterRole('r', rule('get', '', 'pods/proxy'))
        .clusterRoleBinding('crb', 'ClusterRole/r', group('system:unauthenticated')),
    ),
  ],
];

tables('proxy-http', { finds, silent });

test('it is network access and not control', () => expect(proxyHttp.walked).toBe(false));

test('evidence and the changes that close it, where two rights give it', () => {
  const both = inA(rule('get', '', 'pods/proxy'))
    .role('a/s', rule('get', '', 'services/proxy'))
    .roleBinding('a/rb2', 'Role/s', sa('a/bot'));
  expect(evidenceOf(inA(rule('get', '', 'pods/proxy')).inventory(), 'proxy-http')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
  ]);
  expect(changesOfEdges(inA(rule('get', '', 'pods/proxy')).inventory(), 'proxy-http')).toEqual([
    'sa:a/bot → all-pods:a: RoleBinding/a/rb/subjects/0',
  ]);
  expect(changesOfEdges(both.inventory(), 'proxy-http')).toEqual(['sa:a/bot → all-pods:a: ']);
});
