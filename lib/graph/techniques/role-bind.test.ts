import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const RBAC = 'rbac.authorization.k8s.io';
/** ClusterRoles `root` and `reader`, a Role `a/local`; the rights come from a Role or a ClusterRole `r`. */
const world = (): ClusterFixture =>
  cluster()
    .namespace('a')
    .namespace('b')
    .serviceAccount('a/bot')
    .serviceAccount('b/other')
    .secret('a/db')
    .secret('b/db')
    .pod('a/web')
    .clusterRole('root', rule('*', '*', '*'))
    .clusterRole('reader', rule('get', '', 'secrets'))
    .role('a/local', rule('create', '', 'pods/exec'));
const { inA, everywhere } = holding(world);
const CREATE = rule('create', RBAC, 'rolebindings');
const CREATE_CLUSTER = rule('create', RBAC, 'clusterrolebindings');
const bind = (resource: string, names?: string): Rule => rule('bind', RBAC, resource, names);
const ADMIN_OF_A = ['sa:a/bot → namespace-admin:a'];
const CLUSTER_ADMIN = ['sa:a/bot → cluster-admin:cluster'];
/** Whoever may do anything may also bind anything. */
const ROOT_IN_A = ['role-grant:a/clusterrole/root → namespace-admin:a', 'sa:a/bot → role-grant:a/clusterrole/root'];
const ROOT = [
  'role-grant:clusterrole/root → cluster-admin:cluster',
  'role-grant:clusterrole/root → namespace-admin:*',
  'sa:a/bot → role-grant:clusterrole/root',
];
const READER_IN_A = ['sa:a/bot → role-grant:a/clusterrole/reader'];
const READER = ['sa:a/bot → role-grant:clusterrole/reader'];

const finds: Finds = [
  ['any ClusterRole within the namespace: its admin', inA(CREATE, bind('clusterroles')), ADMIN_OF_A],
  [
    'the ClusterRole that gives everything, by name: what it gives is found from its grant',
    inA(CREATE, bind('clusterroles', 'root')),
    ROOT_IN_A,
  ],
  ['another ClusterRole by name: what it gives, in the namespace', inA(CREATE, bind('clusterroles', 'reader')), READER_IN_A],
  ['a Role by name', inA(CREATE, bind('roles', 'local')), ['sa:a/bot → role-grant:a/role/local']],
  ['any ClusterRole cluster-wide: cluster admin', everywhere(CREATE_CLUSTER, bind('clusterroles')), CLUSTER_ADMIN],
  ['cluster-wide, the ClusterRole that gives everything', everywhere(CREATE_CLUSTER, bind('clusterroles', 'root')), ROOT],
  ['cluster-wide, another ClusterRole by name', everywhere(CREATE_CLUSTER, bind('clusterroles', 'reader')), READER],
  [
    'a group each for the two rights, none its own: its edge, as neither group has it',
    cluster()
      .namespace('a')
      .serviceAccount('a/bot')
      .clusterRole('reader', rule('get', '', 'secrets'))
      .clusterRole('c', CREATE_CLUSTER)
      .clusterRole('b', bind('clusterroles', 'reader'))
      .clusterRoleBinding('c', 'ClusterRole/c', group('system:serviceaccounts'))
      .clusterRoleBinding('b', 'ClusterRole/b', group('system:serviceaccounts:a')),
    READER,
  ],
  [
    'a group each to change the binding and to bind its role',
    cluster()
      .namespace('a')
      .serviceAccount('a/bot')
      .clusterRole('reader', rule('get', '', 'secrets'))
      .clusterRoleBinding('readers', 'ClusterRole/reader', user('alice'))
      .clusterRole('c', rule('update', RBAC, 'clusterrolebindings', 'readers'))
      .clusterRole('b', bind('clusterroles', 'reader'))
      .clusterRoleBinding('c', 'ClusterRole/c', group('system:serviceaccounts'))
      .clusterRoleBinding('b', 'ClusterRole/b', group('system:serviceaccounts:a')),
    READER,
  ],
  [
    'one group for both: its edge alone',
    cluster()
      .namespace('a')
      .serviceAccount('a/bot')
      .clusterRole('reader', rule('get', '', 'secrets'))
      .clusterRole('c', CREATE_CLUSTER, bind('clusterroles', 'reader'))
      .clusterRoleBinding('c', 'ClusterRole/c', group('system:serviceaccounts')),
    ['group:system:serviceaccounts → role-grant:clusterrole/reader'],
  ],
  [
    'the right from one binding, bind from another',
    inA(CREATE).role('a/s', bind('clusterroles', 'reader')).roleBinding('a/rb2', 'Role/s', sa('a/bot')),
    READER_IN_A,
  ],
  [
    'bind cluster-wide, bindings in one namespace',
    everywhere(bind('clusterroles', 'reader')).role('a/s', CREATE).roleBinding('a/rb', 'Role/s', sa('a/bot')),
    READER_IN_A,
  ],
  [
    "bind by way of the subject's group",
    inA(CREATE).role('a/s', bind('clusterroles', 'reader')).roleBinding('a/rb2', 'Role/s', group('system:serviceaccounts:a')),
    READER_IN_A,
  ],
  [
    'a RoleBinding to a ClusterRole',
    world().clusterRole('r', CREATE, bind('clusterroles', 'reader')).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
    READER_IN_A,
  ],
  ['verb * holds create and bind', inA(rule('*', RBAC, 'rolebindings,clusterroles')), ADMIN_OF_A],
  ['group *', inA(rule('create', '*', 'rolebindings'), rule('bind', '*', 'clusterroles')), ADMIN_OF_A],
  ['resource *', inA(rule('create,bind', RBAC, '*')), ADMIN_OF_A],
  [
    'a group subject',
    world().role('a/r', CREATE, bind('clusterroles', 'reader')).roleBinding('a/rb', 'Role/r', group('dev')),
    ['group:dev → role-grant:a/clusterrole/reader'],
  ],
  [
    'a User that names a service account',
    world().role('a/r', CREATE, bind('clusterroles', 'root')).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    ROOT_IN_A,
  ],
  [
    'a namespace called cluster is not the cluster',
    everywhere(CREATE_CLUSTER, bind('clusterroles', 'reader')).role('cluster/s', CREATE).roleBinding('cluster/rb', 'Role/s', sa('a/bot')),
    ['sa:a/bot → role-grant:cluster/clusterrole/reader', ...READER],
  ],
  [
    'a role that binds further roles',
    inA(CREATE, bind('clusterroles', 'binder')).clusterRole('binder', bind('clusterroles'), CREATE),
    ['role-grant:a/clusterrole/binder → namespace-admin:a', 'sa:a/bot → role-grant:a/clusterrole/binder'],
  ],
  [
    'roles that bind each other',
    everywhere(CREATE_CLUSTER, bind('clusterroles', 'x'))
      .clusterRole('x', CREATE_CLUSTER, bind('clusterroles', 'x,y'))
      .clusterRole('y', CREATE_CLUSTER, bind('clusterroles', 'x')),
    [
      'role-grant:clusterrole/x → role-grant:clusterrole/y',
      'role-grant:clusterrole/y → role-grant:clusterrole/x',
      'sa:a/bot → role-grant:clusterrole/x',
    ],
  ],
];

const CHANGE = rule('patch', RBAC, 'rolebindings');
const CHANGE_CLUSTER = rule('update', RBAC, 'clusterrolebindings');
const someReader = (fixture: ClusterFixture): ClusterFixture => fixture.roleBinding('a/readers', 'ClusterRole/reader', sa('b/other'));
const someRoot = (fixture: ClusterFixture): ClusterFixture => fixture.clusterRoleBinding('roots', 'ClusterRole/root', sa('b/other'));
const OTHER_IS_ROOT = ['sa:b/other → cluster-admin:cluster', 'sa:b/other → namespace-admin:*'];

const byExisting: Finds = [
  ['a subject added to an existing binding', someReader(inA(CHANGE, bind('clusterroles'))), READER_IN_A],
  ['the same by name', someReader(inA(rule('update', RBAC, 'rolebindings', 'readers'), bind('clusterroles', 'reader'))), READER_IN_A],
  [
    'an existing binding of a Role',
    inA(CHANGE, bind('roles')).roleBinding('a/l', 'Role/local', sa('b/other')),
    ['sa:a/bot → role-grant:a/role/local'],
  ],
  ['an existing binding in the one namespace of a cluster-wide right', someReader(everywhere(CHANGE, bind('clusterroles'))), READER_IN_A],
  [
    'an existing cluster-wide binding of the role that gives everything',
    someRoot(everywhere(CHANGE_CLUSTER, bind('clusterroles'))),
    [...ROOT, ...OTHER_IS_ROOT].sort(),
  ],
  ['nothing more by existing bindings for who may bind anything anew', someReader(inA(CREATE, CHANGE, bind('clusterroles'))), ADMIN_OF_A],
];

const silent: Silent = [
  ['bindings without bind: it may give only what it holds', inA(CREATE)],
  ['clusterrolebindings without bind', everywhere(CREATE_CLUSTER)],
  ['bind without bindings', inA(bind('roles,clusterroles'))],
  ['escalate is not bind', inA(CREATE, rule('escalate', RBAC, 'roles,clusterroles'))],
  ['the two parts for two subjects', inA(CREATE).role('a/s', bind('clusterroles')).roleBinding('a/rb2', 'Role/s', sa('b/other'))],
  ['the two parts in two namespaces', inA(CREATE).role('b/s', bind('clusterroles')).roleBinding('b/rb2', 'Role/s', sa('a/bot'))],
  [
    'clusterrolebindings, and bind in a namespace only',
    everywhere(CREATE_CLUSTER).role('a/s', bind('clusterroles')).roleBinding('a/rb', 'Role/s', sa('a/bot')),
  ],
  ['clusterrolebindings by a RoleBinding: they have no namespace', inA(CREATE_CLUSTER, bind('clusterroles'))],
  ['clusterrolebindings, and bind on Roles', everywhere(CREATE_CLUSTER, bind('roles'))],
  ['bind on rolebindings: the verb is asked of the role', inA(rule('create,bind', RBAC, 'rolebindings'))],
  ['bind on a subresource', inA(CREATE, bind('clusterroles/status'))],
  ['rolebindings/*', inA(rule('create', RBAC, 'rolebindings/*'), bind('clusterroles'))],
  ['rolebindings in another API group', inA(rule('create', 'authorization.openshift.io,', 'rolebindings'), bind('clusterroles'))],
  ['bind in another API group', inA(CREATE, rule('bind', 'apps,', 'clusterroles'))],
  ['a named create: a create carries no name', inA(rule('create', RBAC, 'rolebindings', 'mine'), bind('clusterroles'))],
  ['update of bindings, and none is there but its own', inA(CHANGE, bind('roles,clusterroles'))],
  ['an existing binding without bind', someReader(inA(CHANGE))],
  ['an existing binding whose role it may not bind', someReader(inA(CHANGE, bind('clusterroles', 'root')))],
  ['update of a binding of another name', someReader(inA(rule('update', RBAC, 'rolebindings', 'mine'), bind('clusterroles')))],
  [
    "update in another namespace than the binding's",
    inA(CHANGE, bind('clusterroles')).roleBinding('b/rb', 'ClusterRole/reader', sa('b/other')),
  ],
  ['an existing binding of a role that is gone', inA(CHANGE, bind('clusterroles')).roleBinding('a/g', 'ClusterRole/gone', sa('b/other'))],
  ['get and delete bindings', inA(rule('get,list,watch,delete', RBAC, 'rolebindings'), bind('clusterroles'))],
  ['resourceNames naming a ClusterRole that does not exist', inA(CREATE, bind('clusterroles', 'gone'))],
  [
    'resourceNames naming a Role of another namespace',
    world().role('b/r', CREATE, bind('roles', 'local')).roleBinding('b/rb', 'Role/r', sa('a/bot')),
  ],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', CREATE, bind('clusterroles')).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('role-bind', { finds: [...finds, ...byExisting], silent });

test('what the bound role gives is found from its grant', () => {
  const reader = inA(CREATE, bind('clusterroles', 'reader')).inventory();
  expect(edgesOf(reader, 'secret-read')).toEqual(['role-grant:a/clusterrole/reader → all-secrets:a']);
  const root = inA(CREATE, bind('clusterroles', 'root')).inventory();
  expect(edgesOf(root, 'namespace-admin')).toEqual(['role-grant:a/clusterrole/root → namespace-admin:a']);
  const everything = everywhere(CREATE_CLUSTER, bind('clusterroles', 'root')).inventory();
  expect(edgesOf(everything, 'cluster-admin')).toContain('role-grant:clusterrole/root → cluster-admin:cluster');
});

test('the edge stays while one of two ways is open', () => {
  const twice = everywhere(CREATE).role('a/s', CREATE, bind('clusterroles', 'reader')).roleBinding('a/rb', 'Role/s', sa('a/bot'));
  expect(changesOfEdges(twice.inventory(), 'role-bind')).toEqual([
    'sa:a/bot → role-grant:a/clusterrole/reader: RoleBinding/a/rb/subjects/0',
  ]);
  const thrice = twice.role('a/t', bind('clusterroles', 'reader')).roleBinding('a/rb2', 'Role/t', sa('a/bot'));
  expect(changesOfEdges(thrice.inventory(), 'role-bind')).toEqual(['sa:a/bot → role-grant:a/clusterrole/reader: ']);
});

test('evidence names the grantors of both parts', () => {
  const fixture = inA(CREATE).role('a/s', bind('clusterroles', 'reader')).roleBinding('a/rb2', 'Role/s', group('system:serviceaccounts:a'));
  const evidence = evidenceOf(fixture.inventory(), 'role-bind');
  expect(evidence.slice(0, 4)).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
    'RoleBinding a/rb2 /subjects/0',
    'Role a/s /rules/0',
  ]);
});
