import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** Namespaces a and b with service accounts; c has none. */
const world = (): ClusterFixture => cluster().namespace('c').serviceAccount('a/bot').serviceAccount('a/admin').serviceAccount('b/admin');
const { inA, everywhere } = holding(world);
const AS = rule('impersonate', '', 'serviceaccounts');
const ALL_OF_A = ['sa:a/bot → all-service-accounts:a'];

const finds: Finds = [
  ['a Role in its namespace', inA(AS), ALL_OF_A],
  ['a RoleBinding to a ClusterRole', world().clusterRole('r', AS).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')), ALL_OF_A],
  ['a ClusterRoleBinding', everywhere(AS), ['sa:a/bot → all-service-accounts:*']],
  ['verb *', inA(rule('*', '', 'serviceaccounts')), ALL_OF_A],
  ['group *', inA(rule('impersonate', '*', 'serviceaccounts')), ALL_OF_A],
  ['resource *', inA(rule('impersonate', '', '*')), ALL_OF_A],
  ['a group subject', world().role('a/r', AS).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → all-service-accounts:a']],
  [
    'a User that names a service account',
    world().role('a/r', AS).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    ALL_OF_A,
  ],
  ['resourceNames', inA(rule('impersonate', '', 'serviceaccounts', 'admin')), ['sa:a/bot → sa:a/admin']],
  [
    'resourceNames everywhere',
    everywhere(rule('impersonate', '', 'serviceaccounts', 'admin')),
    ['sa:a/bot → sa:a/admin', 'sa:a/bot → sa:b/admin'],
  ],
];

const silent: Silent = [
  ['the clause split over two rules', inA(rule('impersonate', '', 'users'), rule('get', '', 'serviceaccounts'))],
  ['a subresource', inA(rule('impersonate', '', 'serviceaccounts/token'))],
  ['another API group', inA(rule('impersonate', 'authentication.k8s.io', 'serviceaccounts'))],
  ['users: a name of a service account is checked as a service account', everywhere(rule('impersonate', '', 'users'))],
  ['users, naming the service account', everywhere(rule('impersonate', '', 'users', 'system:serviceaccount:a:admin'))],
  ['groups', everywhere(rule('impersonate', '', 'groups', 'system:serviceaccounts:a'))],
  ['other verbs', inA(rule('get,list,update,patch,bind,escalate,use', '', 'serviceaccounts'))],
  ['the full name where the short one belongs', inA(rule('impersonate', '', 'serviceaccounts', 'system:serviceaccount:a:admin'))],
  ['a namespace without service accounts', world().role('c/r', AS).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  ['resourceNames naming another object', inA(rule('impersonate', '', 'serviceaccounts', 'api'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'ClusterRole/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', AS).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('impersonate-service-account', { finds, silent });

test('evidence names binding, role and rule', () => {
  expect(evidenceOf(everywhere(AS).inventory(), 'impersonate-service-account')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
  ]);
});
