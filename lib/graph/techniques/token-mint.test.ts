import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** Namespaces a and b with service accounts; c has none. */
const world = (): ClusterFixture => cluster().namespace('c').serviceAccount('a/bot').serviceAccount('a/admin').serviceAccount('b/admin');
const { inA, everywhere } = holding(world);
const MINT = rule('create', '', 'serviceaccounts/token');
const ALL_OF_A = ['sa:a/bot → all-service-accounts:a'];

const finds: Finds = [
  ['a Role in its namespace', inA(MINT), ALL_OF_A],
  ['a RoleBinding to a ClusterRole', world().clusterRole('r', MINT).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')), ALL_OF_A],
  ['a ClusterRoleBinding', everywhere(MINT), ['sa:a/bot → all-service-accounts:*']],
  ['verb *', inA(rule('*', '', 'serviceaccounts/token')), ALL_OF_A],
  ['group *', inA(rule('create', '*', 'serviceaccounts/token')), ALL_OF_A],
  ['resource * covers subresources', inA(rule('create', '', '*')), ALL_OF_A],
  ['*/token', inA(rule('create', '', '*/token')), ALL_OF_A],
  ['a group subject', world().role('a/r', MINT).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → all-service-accounts:a']],
  [
    'a User that names a service account',
    world().role('a/r', MINT).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    ALL_OF_A,
  ],
  [
    'resourceNames: the request carries the name of the service account',
    inA(rule('create', '', 'serviceaccounts/token', 'admin')),
    ['sa:a/bot → sa:a/admin'],
  ],
  ['resourceNames everywhere', everywhere(rule('create', '', '*/token', 'admin')), ['sa:a/bot → sa:a/admin', 'sa:a/bot → sa:b/admin']],
  [
    'a service account that is only named by a binding: nobody mints its token while it does not exist',
    inA(rule('create', '', 'serviceaccounts/token', 'ghost')).clusterRoleBinding('g', 'ClusterRole/view', sa('a/ghost')),
    ['sa:a/bot → sa:a/ghost (conditional)'],
  ],
];

const silent: Silent = [
  ['the clause split over two rules', inA(rule('create', '', 'serviceaccounts'), rule('get', '', 'serviceaccounts/token'))],
  ['the resource without its subresource', inA(rule('create,get,update,patch', '', 'serviceaccounts'))],
  ['another subresource', inA(rule('create', '', 'serviceaccounts/status'))],
  ['serviceaccounts/* is no wildcard', inA(rule('create', '', 'serviceaccounts/*'))],
  ['another API group', inA(rule('create', 'authentication.k8s.io', 'serviceaccounts/token,tokenreviews,tokenrequests'))],
  ['other verbs', inA(rule('get,list,watch,update,patch,delete', '', 'serviceaccounts/token'))],
  ['a namespace without service accounts', world().role('c/r', MINT).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  ['resourceNames naming another object', inA(rule('create', '', 'serviceaccounts/token', 'api'))],
  [
    "resourceNames naming another namespace's service account",
    world()
      .role('b/r', rule('create', '', '*/token', 'bot'))
      .roleBinding('b/rb', 'Role/r', user('eve')),
  ],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'ClusterRole/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', MINT).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('token-mint', { finds, silent });

test('evidence names binding, role and rule', () => {
  expect(evidenceOf(inA(rule('get', '', 'pods'), MINT).inventory(), 'token-mint')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/1',
  ]);
});
