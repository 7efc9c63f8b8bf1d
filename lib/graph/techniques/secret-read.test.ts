import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** Namespaces a and b with secrets; c has none. */
const world = (): ClusterFixture =>
  cluster().namespace('c').serviceAccount('a/bot').secret('a/db').secret('a/tls').secret('b/db').pod('c/web');
const none = (): ClusterFixture => cluster().namespace('a').serviceAccount('a/bot').pod('a/web');
const { inA, everywhere } = holding(world);
const GET = rule('get', '', 'secrets');
const ALL_OF_A = ['sa:a/bot → all-secrets:a'];

const finds: Finds = [
  ['patch answers with the whole secret, also to an empty patch', inA(rule('patch', '', 'secrets')), ALL_OF_A],
  ['patch by name', inA(rule('patch', '', 'secrets', 'db')), ['sa:a/bot → secret:a/db']],
  ['deletecollection answers with what it deletes, or with dryRun=All would', inA(rule('deletecollection', '', 'secrets')), ALL_OF_A],
  ['get', inA(GET), ALL_OF_A],
  ['list returns the values', inA(rule('list', '', 'secrets')), ALL_OF_A],
  ['watch returns the values', inA(rule('watch', '', 'secrets')), ALL_OF_A],
  ['a RoleBinding to a ClusterRole', world().clusterRole('r', GET).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')), ALL_OF_A],
  ['a ClusterRoleBinding', everywhere(GET), ['sa:a/bot → all-secrets:*']],
  ['verb *', inA(rule('*', '', 'secrets')), ALL_OF_A],
  ['group *', inA(rule('list', '*', 'secrets')), ALL_OF_A],
  ['resource *', inA(rule('get', '', '*')), ALL_OF_A],
  [
    'a group subject',
    world().role('a/r', GET).roleBinding('a/rb', 'Role/r', group('system:serviceaccounts:a')),
    ['group:system:serviceaccounts:a → all-secrets:a'],
  ],
  [
    'a User that names a service account',
    world().role('a/r', GET).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    ALL_OF_A,
  ],
  ['resourceNames', inA(rule('get', '', 'secrets', 'db,gone')), ['sa:a/bot → secret:a/db']],
  ['a named list, by the metadata.name field selector', inA(rule('list', '', 'secrets', 'tls')), ['sa:a/bot → secret:a/tls']],
  ['a named watch, by the metadata.name field selector', inA(rule('watch', '', 'secrets', 'tls')), ['sa:a/bot → secret:a/tls']],
  ['resourceNames everywhere', everywhere(rule('get', '', 'secrets', 'db')), ['sa:a/bot → secret:a/db', 'sa:a/bot → secret:b/db']],
  [
    'a namespace, where secrets were not read: absence says nothing',
    none().unread('secrets').role('a/r', GET).roleBinding('a/rb', 'Role/r', sa('a/bot')),
    ALL_OF_A,
  ],
  [
    'everywhere, where secrets were not read',
    none().unread('secrets').clusterRole('r', GET).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['sa:a/bot → all-secrets:*'],
  ],
];

const silent: Silent = [
  ['a namespace of a cluster that has no secret', none().role('a/r', GET).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  [
    'a namespace without secrets, where pods were not read',
    none().unread('pods').role('a/r', GET).roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  ['update answers with what was sent', inA(rule('update', '', 'secrets'))],
  ['a named deletecollection: the request carries no name', inA(rule('deletecollection', '', 'secrets', 'db'))],
  ['the clause split over two rules', inA(rule('get', '', 'configmaps'), rule('delete', '', 'secrets'))],
  ['a subresource', inA(rule('get', '', 'secrets/status'))],
  ['secrets/* is no wildcard', inA(rule('get', '', 'secrets/*'))],
  ['*/secrets is a subresource', inA(rule('get', '', '*/secrets'))],
  ['another API group', inA(rule('get', 'external-secrets.io,apps', 'secrets'))],
  ['configmaps', inA(rule('get,list,watch', '', 'configmaps'))],
  ['create and delete', inA(rule('create,delete', '', 'secrets'))],
  ['a namespace without secrets', world().role('c/r', GET).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  [
    'a namespace without secrets, by name',
    world()
      .role('c/r', rule('get', '', 'secrets', 'db'))
      .roleBinding('c/rb', 'Role/r', sa('a/bot')),
  ],
  ['resourceNames naming another object', inA(rule('get', '', 'secrets', 'api'))],
  [
    "resourceNames naming another namespace's secret",
    world()
      .role('b/r', rule('get', '', 'secrets', 'tls'))
      .roleBinding('b/rb', 'Role/r', sa('a/bot')),
  ],
  ['resourceNames know no wildcard', inA(rule('get', '', 'secrets', '*'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', GET).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a non-resource rule', everywhere({ verbs: ['get'], nonResourceURLs: ['*'] })],
  ['a role that nobody is bound to', world().role('a/r', GET).clusterRole('r', GET)],
  ['a ClusterRoleBinding to a Role', world().role('a/r', GET).clusterRoleBinding('crb', 'Role/r', sa('a/bot'))],
];

tables('secret-read', { finds, silent });

test('evidence: each binding that gives the right is named', () => {
  const fixture = inA(GET)
    .clusterRole('s', rule('list', '', 'pods'), rule('list', '', 'secrets'))
    .roleBinding('a/rb2', 'ClusterRole/s', sa('a/bot'));
  expect(evidenceOf(fixture.inventory(), 'secret-read').sort()).toEqual([
    'ClusterRole s /rules/1',
    'Role a/r /rules/0',
    'RoleBinding a/rb /subjects/0',
    'RoleBinding a/rb2 /subjects/0',
  ]);
});
