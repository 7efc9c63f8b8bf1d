import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';
import { readLogs } from './read-logs.ts';

const world = (): ClusterFixture =>
  cluster().namespace('a').serviceAccount('a/bot').pod('a/web').pod('b/web').pod('c/migration', { phase: 'Succeeded' });
const { inA } = holding(world);
const LOG = rule('get', '', 'pods/log');
const ALL_OF_A = ['sa:a/bot → all-pods:a'];

const finds: Finds = [
  ['a Role in its namespace', inA(LOG), ALL_OF_A],
  [
    'a ClusterRoleBinding',
    world().clusterRole('r', LOG).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['sa:a/bot → all-pods:*'],
  ],
  ['*/log', inA(rule('get', '', '*/log')), ALL_OF_A],
  ['verb * and resource *', inA(rule('*', '', '*')), ALL_OF_A],
  ['resourceNames', inA(rule('get', '', 'pods/log', 'web')), ['sa:a/bot → pod:a/web']],
];

const silent: Silent = [
  ['the resource without its subresource', inA(rule('get', '', 'pods'))],
  ['pods/* is no wildcard', inA(rule('get', '', 'pods/*'))],
  ['list and watch are no verbs of a log', inA(rule('list,watch,create', '', 'pods/log'))],
  ['the clause split over two rules', inA(rule('get', '', 'pods'), rule('list', '', 'pods/log'))],
  ['another API group', inA(rule('get', 'apps', 'pods/log'))],
  ['logs of nodes', inA(rule('get', '', 'nodes/log'))],
  ['resourceNames naming another pod', inA(rule('get', '', 'pods/log', 'db'))],
  ['a namespace without pods that run', world().role('c/r', LOG).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
];

tables('read-logs', { finds, silent });

test('nothing follows from it', () => expect(readLogs.walked).toBe(false));

test('evidence and the change that closes it', () => {
  expect(evidenceOf(inA(LOG).inventory(), 'read-logs')).toEqual(['RoleBinding a/rb /subjects/0', 'Role a/r /rules/0']);
  expect(changesOfEdges(inA(LOG).inventory(), 'read-logs')).toEqual(['sa:a/bot → all-pods:a: RoleBinding/a/rb/subjects/0']);
});
