import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';
import { relabel } from './relabel.ts';

const world = (): ClusterFixture =>
  cluster().namespace('a').serviceAccount('a/bot').node('n1').pod('a/web').pod('c/migration', { phase: 'Succeeded' });
const { inA, everywhere } = holding(world);
const STATUS = rule('patch', '', 'pods/status');
const OF_A = ['sa:a/bot → all-traffic:a (conditional)'];

const finds: Finds = [
  ['patch pods/status, which lets labels be changed', inA(STATUS), OF_A],
  ['update pods/status', inA(rule('update', '', 'pods/status')), OF_A],
  ['patch pods', inA(rule('patch', '', 'pods')), OF_A],
  ['everywhere', everywhere(STATUS), ['sa:a/bot → all-traffic:* (conditional)']],
  ['*/status', inA(rule('patch', '', '*/status')), OF_A],
  ['one pod by name', inA(rule('patch', '', 'pods/status', 'web')), OF_A],
];

const silent: Silent = [
  ['labels of nodes move pods, not traffic', everywhere(rule('patch,update', '', 'nodes,nodes/status'))],
  ['reading', inA(rule('get,list,watch', '', 'pods,pods/status'))],
  ['create and delete', inA(rule('create,delete', '', 'pods,pods/status'))],
  ['another subresource', inA(rule('patch', '', 'pods/ephemeralcontainers,pods/resize,services/status'))],
  ['pods/* is no wildcard', inA(rule('patch', '', 'pods/*'))],
  ['another API group', inA(rule('patch', 'apps', 'pods,pods/status'))],
  ['the clause split over two rules', inA(rule('patch', '', 'configmaps'), rule('get', '', 'pods/status'))],
  ['a namespace without pods that run', world().role('c/r', STATUS).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('relabel', { finds, silent });

test('seeing traffic is no control', () => expect(relabel.walked).toBe(false));

test('evidence and the change that closes it', () => {
  expect(evidenceOf(inA(STATUS).inventory(), 'relabel')).toEqual(['RoleBinding a/rb /subjects/0', 'Role a/r /rules/0']);
  expect(changesOfEdges(inA(STATUS).inventory(), 'relabel')).toEqual(['sa:a/bot → all-traffic:a: RoleBinding/a/rb/subjects/0']);
});
