import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

const GET = rule('get', '', 'pods');
const BOT = sa('a/bot');
/** Role r in a and b, ClusterRole r, and roles that have a name of their own. */
const world = (): ClusterFixture =>
  cluster().serviceAccount('a/bot').role('a/r', GET).role('b/r', GET).clusterRole('r', GET).role('b/local', GET).clusterRole('view', GET);

const finds: Finds = [
  ["a Role, from the binding's namespace", world().roleBinding('a/rb', 'Role/r', BOT), ['rolebinding:a/rb → role:a/r']],
  ['a Role of the other namespace', world().roleBinding('b/rb', 'Role/local', BOT), ['rolebinding:b/rb → role:b/local']],
  ['a ClusterRole by a RoleBinding', world().roleBinding('a/rb', 'ClusterRole/r', BOT), ['rolebinding:a/rb → clusterrole:r']],
  [
    'a ClusterRole by a ClusterRoleBinding',
    world().clusterRoleBinding('crb', 'ClusterRole/r', BOT),
    ['clusterrolebinding:crb → clusterrole:r'],
  ],
  ['a group subject', world().clusterRoleBinding('crb', 'ClusterRole/view', group('dev')), ['clusterrolebinding:crb → clusterrole:view']],
  [
    'a User that names a service account',
    world().clusterRoleBinding('crb', 'ClusterRole/view', user('system:serviceaccount:a:bot')),
    ['clusterrolebinding:crb → clusterrole:view'],
  ],
  ['one edge for several subjects', world().roleBinding('a/rb', 'Role/r', BOT, user('eve'), group('dev')), ['rolebinding:a/rb → role:a/r']],
  ['a role without rules', cluster().role('a/none').roleBinding('a/rb', 'Role/none', BOT), ['rolebinding:a/rb → role:a/none']],
  [
    'two bindings of one name',
    world().roleBinding('a/x', 'Role/r', BOT).roleBinding('b/x', 'Role/r', BOT),
    ['rolebinding:a/x → role:a/r', 'rolebinding:b/x → role:b/r'],
  ],
];

const silent: Silent = [
  ['roles without bindings', world()],
  ['a Role that does not exist', world().roleBinding('a/rb', 'Role/gone', BOT)],
  ['a ClusterRole that does not exist', world().clusterRoleBinding('crb', 'ClusterRole/gone', BOT)],
  ['a Role of another namespace', world().roleBinding('a/rb', 'Role/local', BOT)],
  ['a Role of a namespace without roles', world().roleBinding('c/rb', 'Role/r', BOT)],
  ['a ClusterRole where a Role is meant', world().roleBinding('a/rb', 'Role/view', BOT)],
  ['a Role where a ClusterRole is meant', world().roleBinding('b/rb', 'ClusterRole/local', BOT)],
  ['a ClusterRoleBinding to a Role', world().clusterRoleBinding('crb', 'Role/r', BOT)],
  ['names are case-sensitive', world().clusterRoleBinding('crb', 'ClusterRole/View', BOT)],
  [
    'an inherited property is no role',
    world().clusterRoleBinding('crb', 'ClusterRole/constructor', BOT).roleBinding('a/rb', 'Role/__proto__', BOT),
  ],
];

tables('grants', { finds, silent });

test('evidence points at the roleRef', () => {
  expect(evidenceOf(world().roleBinding('a/rb', 'Role/r', BOT).inventory(), 'grants')).toEqual(['RoleBinding a/rb /roleRef']);
});
