import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

const world = (): ClusterFixture =>
  cluster().namespace('a').namespace('c').serviceAccount('a/bot').pod('a/web').pod('b/web').pod('c/migration', { phase: 'Succeeded' });
const { inA } = holding(world);
const ATTACH = rule('create', '', 'pods/attach');
const GET = rule('get', '', 'pods/attach');
const ALL_OF_A = ['sa:a/bot → all-pods:a (conditional)'];

const finds: Finds = [
  ['a Role in its namespace, never certain: the process may not listen', inA(ATTACH), ALL_OF_A],
  [
    'a ClusterRoleBinding',
    world().clusterRole('r', ATTACH).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['sa:a/bot → all-pods:* (conditional)'],
  ],
  ['*/attach', inA(rule('create', '', '*/attach')), ALL_OF_A],
  ['resource *', inA(rule('*', '', '*')), ALL_OF_A],
  ['resourceNames: the request carries the name', inA(rule('create', '', 'pods/attach', 'web')), ['sa:a/bot → pod:a/web (conditional)']],
  ['a group', world().role('a/r', ATTACH).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → all-pods:a (conditional)']],
  ['get over a WebSocket, 1.34', inA(GET).about({ version: 'v1.34.1' }), ALL_OF_A],
  ['get, and the version is not known', inA(GET).about({}), ALL_OF_A],
];

const silent: Silent = [
  ['pods/exec is another right', inA(rule('create', '', 'pods/exec,pods'))],
  ['pods/* is no wildcard', inA(rule('create', '', 'pods/*'))],
  ['the clause split over two rules', inA(rule('create', '', 'pods'), rule('list', '', 'pods/attach'))],
  ['another API group', inA(rule('create', 'apps', 'pods/attach'))],
  ['get over a WebSocket, 1.35', inA(GET).about({ version: 'v1.35.0' })],
  ['resourceNames naming another pod', inA(rule('create', '', 'pods/attach', 'db'))],
  ['a namespace without pods that run', world().role('c/r', ATTACH).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', ATTACH).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('pod-attach', { finds, silent });

const hangsOn = (fixture: ClusterFixture): string | undefined => {
  const graph = buildGraph(fixture.inventory());
  const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === 'pod-attach') as number;
  return graph.explain(edge).hangsOn;
};

test('says what it hangs on: the process, and the version where only `get` is held and it is not known', () => {
  expect(hangsOn(inA(ATTACH))).toMatch(/`stdin`/);
  expect(hangsOn(inA(ATTACH).about({}))).not.toMatch(/1\.35/);
  expect(hangsOn(inA(GET).about({}))).toMatch(/`stdin`.*before 1\.35/);
});

test('evidence and the change that closes it', () => {
  expect(evidenceOf(inA(rule('get', '', 'pods'), ATTACH).inventory(), 'pod-attach')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/1',
  ]);
  expect(changesOfEdges(inA(ATTACH).inventory(), 'pod-attach')).toEqual(['sa:a/bot → all-pods:a: RoleBinding/a/rb/subjects/0']);
});
