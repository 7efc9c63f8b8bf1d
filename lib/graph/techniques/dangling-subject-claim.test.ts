import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { allEdges, changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** A binding in a waits for service account a/ghost, which is not there. */
const world = (): ClusterFixture =>
  cluster()
    .namespace('a')
    .namespace('b')
    .serviceAccount('a/bot')
    .clusterRole('strong', rule('get', '', 'secrets'))
    .roleBinding('a/waits', 'ClusterRole/strong', sa('a/ghost'));
const { inA } = holding(world);
const MAKE = rule('create', '', 'serviceaccounts');
const MINT = rule('create', '', 'serviceaccounts/token');
const CLAIM = ['sa:a/bot → all-service-accounts:a/claimed', 'all-service-accounts:a/claimed → sa:a/ghost'];
const GHOST = ['sa:a/bot → sa:a/ghost'];

const finds: Finds = [
  ['create the account and mint its token', inA(MAKE, MINT), CLAIM],
  ['create the account and a pod', inA(MAKE, rule('create', '', 'pods')), CLAIM],
  ['create the account and a workload', inA(MAKE, rule('create', 'apps', 'daemonsets')), CLAIM],
  [
    'everywhere',
    world().clusterRole('r', MAKE, MINT).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['sa:a/bot → all-service-accounts:claimed', 'all-service-accounts:claimed → sa:a/ghost'],
  ],
  ['the token by name', inA(MAKE, rule('create', '', 'serviceaccounts/token', 'ghost')), GHOST],
  ['server-side apply of that name', inA(rule('create,patch', '', 'serviceaccounts', 'ghost'), MINT), GHOST],
  [
    'the parts by two bindings and a group',
    inA(MAKE).role('a/s', MINT).roleBinding('a/rb2', 'Role/s', group('system:serviceaccounts:a')),
    CLAIM,
  ],
  [
    'the account named as a User',
    world()
      .clusterRoleBinding('u', 'ClusterRole/strong', user('system:serviceaccount:b:gone'))
      .role('b/r', MAKE, MINT)
      .roleBinding('b/rb', 'Role/r', sa('a/bot')),
    ['sa:a/bot → all-service-accounts:b/claimed', 'all-service-accounts:b/claimed → sa:b/gone'],
  ],
  [
    'the namespace is not there either',
    cluster()
      .namespace('a')
      .serviceAccount('a/bot')
      .clusterRole('r', MAKE, MINT)
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'), sa('gone/ghost')),
    [
      'sa:a/bot → all-service-accounts:claimed',
      'sa:gone/ghost → all-service-accounts:claimed',
      'all-service-accounts:claimed → sa:gone/ghost (conditional)',
    ],
  ],
];

const silent: Silent = [
  [
    'the binding that waits gives a role that is not there either',
    cluster()
      .namespace('a')
      .serviceAccount('a/bot')
      .roleBinding('a/waits', 'ClusterRole/gone', sa('a/ghost'))
      .role('a/r', MAKE, MINT)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  ['create the account alone', inA(MAKE)],
  ['mint alone: the API server mints for none that is not there', inA(MINT)],
  ['a named rule never gives create', inA(rule('create', '', 'serviceaccounts', 'ghost'), MINT)],
  ['the token of another name', inA(MAKE, rule('create', '', 'serviceaccounts/token', 'bot'))],
  ['apply of another name', inA(rule('create,patch', '', 'serviceaccounts', 'bot'), MINT)],
  ['update of accounts', inA(rule('update,patch', '', 'serviceaccounts'), MINT)],
  ['another namespace', world().role('b/r', MAKE, MINT).roleBinding('b/rb', 'Role/r', sa('a/bot'))],
  ['the parts in two namespaces', inA(MAKE).role('b/r', MINT).roleBinding('b/rb', 'Role/r', sa('a/bot'))],
  ['the parts for two subjects', inA(MAKE).serviceAccount('b/x').role('a/s', MINT).roleBinding('a/rb2', 'Role/s', sa('b/x'))],
  ['the account is there', inA(MAKE, MINT).serviceAccount('a/ghost')],
  [
    'nobody could read service accounts, so that it may be there',
    cluster().namespace('a').clusterRole('r', MAKE, MINT).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'), sa('a/ghost')),
  ],
  [
    'only a pod names the account: no binding gives it anything',
    cluster()
      .namespace('a')
      .serviceAccount('a/bot')
      .pod('a/web', { serviceAccount: 'ghost' })
      .role('a/r', MAKE, MINT)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  [
    'a default account is made by a controller',
    cluster().namespace('a').serviceAccount('b/x').role('a/r', MAKE, MINT).roleBinding('a/rb', 'Role/r', sa('b/x'), sa('a/default')),
  ],
  ['another API group', inA(rule('create', 'apps', 'serviceaccounts'), MINT)],
  ['pods/exec is no pod', inA(MAKE, rule('create', '', 'pods/exec'))],
];

tables('dangling-subject-claim', { finds, silent });

test('evidence names both rights, and the binding that waits', () => {
  expect(evidenceOf(inA(MAKE, MINT).inventory(), 'dangling-subject-claim').sort()).toEqual([
    'Role a/r /rules/0',
    'Role a/r /rules/1',
    'RoleBinding a/rb /subjects/0',
    'RoleBinding a/waits /subjects/0',
  ]);
});

test('taking the ghost out of its binding closes the last hop; the first closes with either right', () => {
  const graph = buildGraph(inA(MAKE, MINT).inventory());
  const closings = allEdges(graph).length;
  expect(closings).toBeGreaterThan(0);
  expect(changesOfEdges(inA(MAKE, MINT).inventory(), 'dangling-subject-claim')).toEqual([
    'all-service-accounts:a/claimed → sa:a/ghost: ',
    'sa:a/bot → all-service-accounts:a/claimed: RoleBinding/a/rb/subjects/0',
  ]);
  const edge = [...Array(graph.edges.count).keys()].find(
    (one) => graph.nodes.ids[graph.edges.from[one] as number] === 'all-service-accounts:a/claimed',
  ) as number;
  expect(graph.closing(edge)).toEqual({ any: [{ change: 'RoleBinding/a/waits/subjects/0' }, { change: 'delete RoleBinding/a/waits' }] });
  expect(graph.fix(edge, 'RoleBinding/a/waits/subjects/0').command).toMatch(/kubectl patch rolebinding waits/);
});

test('an edge for each subject and each account, not for each pair', () => {
  const many = world();
  for (let i = 0; i < 20; i += 1) many.roleBinding(`a/waits-${i}`, 'ClusterRole/strong', sa(`a/ghost-${i}`));
  many.role('a/r', MAKE, MINT);
  for (let i = 0; i < 20; i += 1) many.serviceAccount(`a/bot-${i}`).roleBinding(`a/rb-${i}`, 'Role/r', sa(`a/bot-${i}`));
  expect(edgesOf(many.inventory(), 'dangling-subject-claim')).toHaveLength(20 + 21);
});
