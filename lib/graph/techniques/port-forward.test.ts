import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';
import { portForward } from './port-forward.ts';

const world = (): ClusterFixture =>
  cluster().namespace('a').serviceAccount('a/bot').pod('a/web').pod('b/web').pod('c/migration', { phase: 'Failed' });
const { inA } = holding(world);
const FORWARD = rule('create', '', 'pods/portforward');
const GET = rule('get', '', 'pods/portforward');
const ALL_OF_A = ['sa:a/bot → all-pods:a'];

const finds: Finds = [
  ['a Role in its namespace', inA(FORWARD), ALL_OF_A],
  [
    'a ClusterRoleBinding',
    world().clusterRole('r', FORWARD).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['sa:a/bot → all-pods:*'],
  ],
  ['*/portforward', inA(rule('create', '', '*/portforward')), ALL_OF_A],
  ['resourceNames', inA(rule('create', '', 'pods/portforward', 'web')), ['sa:a/bot → pod:a/web']],
  ['get over a WebSocket, 1.33', inA(GET).about({ version: 'v1.33.0' }), ALL_OF_A],
  ['get, and the version is not known', inA(GET).about({}), ['sa:a/bot → all-pods:a (conditional)']],
  ['create and get, and the version is not known: the surer one', inA(FORWARD, GET).about({}), ALL_OF_A],
];

const silent: Silent = [
  ['exec and proxy are other rights', inA(rule('create', '', 'pods/exec,pods/proxy,pods'))],
  ['pods/* is no wildcard', inA(rule('create', '', 'pods/*'))],
  ['the clause split over two rules', inA(rule('create', '', 'pods'), rule('list', '', 'pods/portforward'))],
  ['another API group', inA(rule('create', 'apps', 'pods/portforward'))],
  ['get over a WebSocket, 1.36', inA(GET)],
  ['services have no ports to forward in RBAC', inA(rule('create', '', 'services/portforward'))],
  ['resourceNames naming another pod', inA(rule('create', '', 'pods/portforward', 'db'))],
  ['a namespace without pods that run', world().role('c/r', FORWARD).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
];

tables('port-forward', { finds, silent });

test('it is network access and not control', () => expect(portForward.walked).toBe(false));

test('evidence and the change that closes it', () => {
  expect(evidenceOf(inA(FORWARD).inventory(), 'port-forward')).toEqual(['RoleBinding a/rb /subjects/0', 'Role a/r /rules/0']);
  expect(changesOfEdges(inA(FORWARD).inventory(), 'port-forward')).toEqual(['sa:a/bot → all-pods:a: RoleBinding/a/rb/subjects/0']);
});
