import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** alice, a service account as a User, and the groups dev and system:masters are subjects of a binding. */
const world = (): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .serviceAccount('a/admin')
    .clusterRole('known', rule('get', '', 'pods'))
    .clusterRoleBinding(
      'known',
      'ClusterRole/known',
      user('alice'),
      user('system:serviceaccount:a:admin'),
      group('dev'),
      group('system:masters'),
    );
const { inA, everywhere } = holding(world);
const USERS = rule('impersonate', '', 'users');
const GROUPS = rule('impersonate', '', 'groups');
const DEV = rule('impersonate', '', 'groups', 'dev');
const NOBODY = rule('impersonate', '', 'users', 'nobody');
const ALL_USERS = ['sa:a/bot → all-users:*'];
const ALL_GROUPS = ['sa:a/bot → all-groups:*'];
const AS_DEV = ['sa:a/bot → group:dev'];

const finds: Finds = [
  ['every user', everywhere(USERS), ALL_USERS],
  ['a user by name', everywhere(rule('impersonate', '', 'users', 'alice')), ['sa:a/bot → user:alice']],
  ['users and groups', everywhere(rule('impersonate', '', 'users,groups')), [...ALL_GROUPS, ...ALL_USERS]],
  ['verb *', everywhere(rule('*', '', 'users')), ALL_USERS],
  ['group *', everywhere(rule('impersonate', '*', 'users')), ALL_USERS],
  ['resource *', everywhere(rule('impersonate', '', '*')), [...ALL_GROUPS, ...ALL_USERS]],
  ['every group, along with one user', everywhere(GROUPS, NOBODY), ALL_GROUPS],
  ['every group, along with a service account', everywhere(GROUPS, rule('impersonate', '', 'serviceaccounts', 'admin')), ALL_GROUPS],
  [
    'every group, along with a service account of one namespace',
    inA(rule('impersonate', '', 'serviceaccounts'))
      .clusterRole('g', GROUPS)
      .clusterRoleBinding('g', 'ClusterRole/g', sa('a/bot')),
    ALL_GROUPS,
  ],
  ['a group by name, along with a user', everywhere(DEV, NOBODY), AS_DEV],
  ['system:masters by name', everywhere(rule('impersonate', '', 'groups', 'system:masters'), NOBODY), ['sa:a/bot → group:system:masters']],
  [
    'user and group by two bindings',
    everywhere(DEV).clusterRole('u', NOBODY).clusterRoleBinding('u', 'ClusterRole/u', sa('a/bot')),
    AS_DEV,
  ],
  [
    "the user by way of the subject's group",
    everywhere(DEV).clusterRole('u', NOBODY).clusterRoleBinding('u', 'ClusterRole/u', group('system:serviceaccounts:a')),
    AS_DEV,
  ],
  [
    'a group subject',
    world().clusterRole('r', USERS).clusterRoleBinding('crb', 'ClusterRole/r', group('dev')),
    ['group:dev → all-users:*'],
  ],
  [
    'a User that names a service account',
    world().clusterRole('r', USERS).clusterRoleBinding('crb', 'ClusterRole/r', user('system:serviceaccount:a:bot')),
    ALL_USERS,
  ],
];

const silent: Silent = [
  ['the clause split over two rules', everywhere(rule('impersonate', '', 'pods'), rule('get', '', 'users'))],
  ['users by a RoleBinding: they have no namespace', inA(USERS)],
  ['users by a RoleBinding to a ClusterRole', world().clusterRole('r', USERS).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot'))],
  ['users and groups by a RoleBinding', inA(rule('*', '*', 'users,groups'))],
  ['every group, and nobody to impersonate along with it', everywhere(GROUPS)],
  ['system:masters, and nobody to impersonate along with it', everywhere(rule('impersonate', '', 'groups', 'system:masters'))],
  ['a group, and the user by a RoleBinding', everywhere(DEV).role('a/u', USERS).roleBinding('a/u', 'Role/u', sa('a/bot'))],
  [
    'a group, and the user for somebody else',
    everywhere(DEV).clusterRole('u', NOBODY).clusterRoleBinding('u', 'ClusterRole/u', sa('a/admin')),
  ],
  ['a group, and extras along with it', everywhere(DEV, rule('impersonate', 'authentication.k8s.io', 'userextras/scopes,uids'))],
  ['a subresource', everywhere(rule('impersonate', '', 'users/token,groups/status'))],
  ['another API group', everywhere(rule('impersonate', 'authentication.k8s.io', 'users,groups'))],
  ['user extras and UIDs', everywhere(rule('impersonate', 'authentication.k8s.io', 'userextras,userextras/scopes,uids'))],
  [
    'a service account named as a user: the API server asks for serviceaccounts',
    everywhere(rule('impersonate', '', 'users', 'system:serviceaccount:a:admin')),
  ],
  ['service accounts are another technique', everywhere(rule('impersonate', '', 'serviceaccounts'))],
  ['other verbs', everywhere(rule('get,list,create,update,bind,escalate', '', 'users,groups'))],
  ['resourceNames naming nobody that is known', everywhere(rule('impersonate', '', 'users,groups', 'bob'))],
  ['a user by the name of a group', everywhere(rule('impersonate', '', 'users', 'dev'))],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
  [
    'a group, and only a service account named as a user along with it',
    everywhere(DEV, rule('impersonate', '', 'users', 'system:serviceaccount:a:admin')),
  ],
];

tables('impersonate-user-group', { finds, silent });

test('evidence of a group names the grantors of both parts', () => {
  const fixture = everywhere(DEV).clusterRole('u', NOBODY).clusterRoleBinding('u', 'ClusterRole/u', group('system:serviceaccounts:a'));
  expect(evidenceOf(fixture.inventory(), 'impersonate-user-group')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'ClusterRoleBinding u /subjects/0',
    'ClusterRole u /rules/0',
  ]);
});

test('the edge to a group stays while somebody else can be impersonated along with it', () => {
  const one = everywhere(DEV).clusterRole('u', NOBODY).clusterRoleBinding('u', 'ClusterRole/u', sa('a/bot'));
  expect(changesOfEdges(one.inventory(), 'impersonate-user-group')).toEqual([
    'sa:a/bot → group:dev: ClusterRoleBinding//crb/subjects/0, ClusterRoleBinding//u/subjects/0',
  ]);
  const two = one.role('a/s', rule('impersonate', '', 'serviceaccounts')).roleBinding('a/rb', 'Role/s', sa('a/bot'));
  expect(changesOfEdges(two.inventory(), 'impersonate-user-group')).toEqual(['sa:a/bot → group:dev: ClusterRoleBinding//crb/subjects/0']);
});
