import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const RBAC = 'rbac.authorization.k8s.io';
const world = (): ClusterFixture => cluster().namespace('a').namespace('b').serviceAccount('a/bot').serviceAccount('b/other');
/** The bot holds Role a/r with these rules. */
const { inA, everywhere } = holding(world);
/** The bot holds ClusterRole r with these rules, cluster-wide. */
const edit = (resource: string, names?: string): Rule => rule('escalate,update', RBAC, resource, names);
const ADMIN_OF_A = ['sa:a/bot → namespace-admin:a'];
const CLUSTER_ADMIN = ['sa:a/bot → cluster-admin:cluster'];
const READ = rule('get', '', 'pods');
const aggregated = (name: string) => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRole',
  metadata: { name },
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${RBAC}/aggregate-to-${name}`]: 'true' } }] },
  rules: [READ],
});

const finds: Finds = [
  [
    'a Role that it binds while it is empty: nothing has to be covered then, and bind is not needed',
    inA(rule('escalate,update', RBAC, 'roles', 'new'), rule('create', RBAC, 'roles,rolebindings')),
    ADMIN_OF_A,
  ],
  [
    'a Role of somebody else, emptied and bound',
    inA(edit('roles', 's'), rule('create', RBAC, 'rolebindings')).role('a/s', READ),
    ADMIN_OF_A,
  ],
  [
    'a ClusterRole of somebody else, emptied and bound cluster-wide',
    everywhere(edit('clusterroles', 's'), rule('create', RBAC, 'clusterrolebindings')).clusterRole('s', READ),
    CLUSTER_ADMIN,
  ],
  [
    'a ClusterRole, bound in one namespace',
    everywhere(edit('clusterroles', 's'))
      .clusterRole('s', READ)
      .role('a/b', rule('create', RBAC, 'rolebindings'))
      .roleBinding('a/rb', 'Role/b', sa('a/bot')),
    ADMIN_OF_A,
  ],
  [
    'a new ClusterRole that is aggregated into one that it holds',
    everywhere(rule('escalate,create', RBAC, 'clusterroles'))
      .add(aggregated('view'))
      .roleBinding('a/rb', 'ClusterRole/view', group('system:serviceaccounts:a')),
    ADMIN_OF_A,
  ],
  ['its own Role', inA(edit('roles')), ADMIN_OF_A],
  ['patch instead of update', inA(rule('escalate,patch', RBAC, 'roles')), ADMIN_OF_A],
  ['its own Role by name', inA(edit('roles', 'r')), ADMIN_OF_A],
  ['its own ClusterRole', everywhere(edit('clusterroles')), CLUSTER_ADMIN],
  ['its own ClusterRole by name', everywhere(edit('clusterroles', 'r')), CLUSTER_ADMIN],
  ['the parts in two rules', inA(rule('escalate', RBAC, 'roles'), rule('patch', RBAC, 'roles', 'r')), ADMIN_OF_A],
  [
    'the parts by two bindings',
    inA(rule('escalate', RBAC, 'roles'))
      .role('a/s', rule('update', RBAC, 'roles'))
      .roleBinding('a/rb2', 'Role/s', sa('a/bot')),
    ADMIN_OF_A,
  ],
  ['another Role that it holds', inA(edit('roles', 's')).role('a/s', READ).roleBinding('a/rb2', 'Role/s', sa('a/bot')), ADMIN_OF_A],
  [
    'a Role that its group holds',
    inA(edit('roles', 's')).role('a/s', READ).roleBinding('a/rb2', 'Role/s', group('system:serviceaccounts')),
    ADMIN_OF_A,
  ],
  [
    'a ClusterRole that it holds in one namespace only',
    everywhere(edit('clusterroles', 's')).clusterRole('s', READ).roleBinding('b/rb', 'ClusterRole/s', sa('a/bot')),
    ['sa:a/bot → namespace-admin:b'],
  ],
  [
    'roles cluster-wide, and a Role in one namespace',
    everywhere(edit('roles')).role('a/s', READ).roleBinding('a/rb', 'Role/s', sa('a/bot')),
    ADMIN_OF_A,
  ],
  [
    'a Role of a name, which lies in one namespace',
    everywhere(edit('roles', 's'), rule('create', RBAC, 'rolebindings')).role('a/s', READ),
    ADMIN_OF_A,
  ],
  [
    'a Role of a name, which is made where it does not lie: a write creates it, and create is asked under the name',
    everywhere(rule('escalate,update,create', RBAC, 'roles', 's'), rule('create', RBAC, 'rolebindings')).role('a/s', READ),
    ['sa:a/bot → namespace-admin:*', ...ADMIN_OF_A],
  ],
  [
    'any Role, of which there is one in one namespace',
    everywhere(edit('roles'), rule('create', RBAC, 'rolebindings')).role('a/s', READ),
    ['sa:a/bot → namespace-admin:* (conditional)'],
  ],
  [
    'any Role, of which there is one in each',
    everywhere(edit('roles'), rule('create', RBAC, 'rolebindings'))
      .role('a/s', READ)
      .role('b/t', READ),
    ['sa:a/bot → namespace-admin:*'],
  ],
  [
    'any Role, and it may make one',
    everywhere(edit('roles'), rule('create', RBAC, 'roles,rolebindings')).role('a/s', READ),
    ['sa:a/bot → namespace-admin:*'],
  ],
  [
    'a group each for the right and the role, none its own',
    cluster()
      .namespace('a')
      .serviceAccount('a/bot')
      .clusterRole('e', edit('clusterroles', 's'))
      .clusterRole('s', READ)
      .clusterRoleBinding('e', 'ClusterRole/e', group('system:serviceaccounts'))
      .clusterRoleBinding('s', 'ClusterRole/s', group('system:serviceaccounts:a')),
    CLUSTER_ADMIN,
  ],
  ['verb *', inA(rule('*', RBAC, 'roles')), ADMIN_OF_A],
  ['group *', inA(rule('escalate,update', '*', 'roles')), ADMIN_OF_A],
  ['resource *', everywhere(rule('escalate,patch', RBAC, '*')), CLUSTER_ADMIN],
  ['a group subject', world().role('a/r', edit('roles')).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → namespace-admin:a']],
  [
    'a User that names a service account',
    world().role('a/r', edit('roles')).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    ADMIN_OF_A,
  ],
  [
    'a role that it may bind, and that may write itself',
    world()
      .clusterRole('r', rule('create', RBAC, 'clusterrolebindings'), rule('bind', RBAC, 'clusterroles', 'writer'))
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))
      .clusterRole('writer', edit('clusterroles')),
    ['role-grant:clusterrole/writer → cluster-admin:cluster'],
  ],
];

const silent: Silent = [
  ['a Role emptied, and no binding made', inA(edit('roles', 's')).role('a/s', READ)],
  ['a Role that is not there and that it may not create', inA(edit('roles', 'new'), rule('create', RBAC, 'rolebindings'))],
  ['a new Role and a binding, without escalate', inA(rule('create,update', RBAC, 'roles,rolebindings'))],
  [
    'a new Role and a binding, and nothing to change it with',
    inA(rule('create,escalate', RBAC, 'roles'), rule('create', RBAC, 'rolebindings')),
  ],
  ['a ClusterRole by a RoleBinding, and bindings', inA(edit('clusterroles'), rule('create', RBAC, 'rolebindings')).clusterRole('s', READ)],
  [
    'a Role in one namespace, bindings in the other',
    inA(edit('roles', 's'))
      .role('a/s', READ)
      .role('b/b', rule('create', RBAC, 'rolebindings'))
      .roleBinding('b/rb', 'Role/b', sa('a/bot')),
  ],
  [
    'a role aggregated into one that it holds, without escalate: only what it holds itself',
    everywhere(rule('create,update,patch', RBAC, 'clusterroles'))
      .add(aggregated('view'))
      .roleBinding('a/rb', 'ClusterRole/view', sa('a/bot')),
  ],
  [
    'a role aggregated into one that somebody else holds',
    everywhere(rule('escalate,create', RBAC, 'clusterroles'))
      .add(aggregated('view'))
      .roleBinding('a/rb', 'ClusterRole/view', sa('b/other')),
  ],
  [
    'a new role by name: a create carries none',
    everywhere(rule('escalate,create', RBAC, 'clusterroles', 'new'))
      .add(aggregated('view'))
      .roleBinding('a/rb', 'ClusterRole/view', sa('a/bot')),
  ],
  ['escalate alone', inA(rule('escalate', RBAC, 'roles'))],
  ['update alone: the API server refuses what it does not hold', inA(rule('update,patch', RBAC, 'roles'))],
  ['update alone, cluster-wide', everywhere(rule('update,patch,create', RBAC, 'clusterroles'))],
  ['bind is not escalate', inA(rule('bind,update', RBAC, 'roles'))],
  ['escalate and create: the new role is bound to nobody', inA(rule('escalate,create', RBAC, 'roles'))],
  ['escalate and get', inA(rule('escalate,get,list,watch,delete', RBAC, 'roles'))],
  ['the parts on two resources', everywhere(rule('escalate', RBAC, 'clusterroles'), rule('update', RBAC, 'roles'))],
  [
    'the parts on two names',
    inA(rule('escalate', RBAC, 'roles', 'r'), rule('update', RBAC, 'roles', 's'))
      .role('a/s', READ)
      .roleBinding('a/rb2', 'Role/s', sa('a/bot')),
  ],
  [
    'the parts for two subjects',
    inA(rule('escalate', RBAC, 'roles'))
      .role('a/s', rule('update', RBAC, 'roles'))
      .roleBinding('a/rb2', 'Role/s', sa('b/other')),
  ],
  [
    'the parts in two namespaces',
    inA(rule('escalate', RBAC, 'roles'))
      .role('b/s', rule('update', RBAC, 'roles'))
      .roleBinding('b/rb', 'Role/s', sa('a/bot')),
  ],
  ['ClusterRoles by a RoleBinding: they have no namespace', inA(edit('clusterroles'))],
  [
    'its own ClusterRole, bound in a namespace',
    world().clusterRole('r', edit('clusterroles')).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['Roles, where it holds ClusterRoles only', everywhere(edit('roles'))],
  [
    'ClusterRoles, where it holds a Role of that name',
    inA(READ).clusterRole('s', edit('clusterroles', 'x')).clusterRoleBinding('crb', 'ClusterRole/s', sa('a/bot')),
  ],
  [
    'resourceNames naming a role that somebody else holds',
    inA(edit('roles', 's')).role('a/s', READ).roleBinding('a/rb2', 'Role/s', sa('b/other')),
  ],
  ['resourceNames naming a role that does not exist', inA(edit('roles', 'gone'))],
  ['a role held by name that does not exist', inA(edit('roles', 'gone')).roleBinding('a/rb2', 'Role/gone', sa('a/bot'))],
  ["another namespace's role of that name", inA(edit('roles', 's')).role('b/s', READ).roleBinding('b/rb', 'Role/s', sa('a/bot'))],
  ['another API group', inA(rule('escalate,update', 'apps,', 'roles'))],
  ['a subresource', inA(rule('escalate,update', RBAC, 'roles/status,roles/*'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('role-escalate', { finds, silent });

test('evidence names every part and the binding that brings the gain', () => {
  const fixture = world()
    .role('a/r', rule('escalate', RBAC, 'roles'), rule('patch', RBAC, 'roles', 's'))
    .roleBinding('a/rb', 'Role/r', sa('a/bot'))
    .role('a/s', READ)
    .roleBinding('a/rb2', 'Role/s', group('system:serviceaccounts:a'));
  const evidence = evidenceOf(fixture.inventory(), 'role-escalate');
  for (const line of ['RoleBinding a/rb /subjects/0', 'Role a/r /rules/0', 'Role a/r /rules/1']) expect(evidence).toContain(line);
  expect(evidence.filter((line) => line.startsWith('RoleBinding a/rb2 '))).toHaveLength(1);
});

test('evidence of a role without rules names its binding alone', () => {
  const fixture = inA(edit('roles', 's')).role('a/s').roleBinding('a/rb2', 'Role/s', sa('a/bot'));
  expect(evidenceOf(fixture.inventory(), 'role-escalate')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
    'RoleBinding a/rb2 /subjects/0',
  ]);
});

test('the edge stays while one of two ways is open', () => {
  const closes = (fixture: ClusterFixture): string[] => changesOfEdges(fixture.inventory(), 'role-escalate');
  expect(closes(inA(edit('roles')))).toEqual(['sa:a/bot → namespace-admin:a: RoleBinding/a/rb/subjects/0']);
  expect(
    closes(
      everywhere(rule('escalate', RBAC, 'roles'))
        .role('a/r', edit('roles'))
        .roleBinding('a/rb', 'Role/r', sa('a/bot')),
    ),
  ).toEqual(['sa:a/bot → namespace-admin:a: RoleBinding/a/rb/subjects/0']);
  const two = everywhere(edit('roles'))
    .role('a/s', READ)
    .roleBinding('a/rb', 'Role/s', sa('a/bot'))
    .roleBinding('a/rb2', 'Role/s', sa('a/bot'));
  expect(closes(two)).toEqual(['sa:a/bot → namespace-admin:a: ClusterRoleBinding//crb/subjects/0']);
});
