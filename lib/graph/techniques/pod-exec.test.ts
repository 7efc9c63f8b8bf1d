import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** Namespaces a and b with running pods; c has none that runs. */
const world = (): ClusterFixture =>
  cluster()
    .namespace('a')
    .namespace('b')
    .namespace('c')
    .serviceAccount('a/bot')
    .pod('a/web')
    .pod('a/db')
    .pod('b/web')
    .pod('c/migration', { phase: 'Succeeded' });
const { inA, everywhere } = holding(world);
const EXEC = rule('create', '', 'pods/exec');
const GET = rule('get', '', 'pods/exec');
const ALL_OF_A = ['sa:a/bot → all-pods:a'];

const finds: Finds = [
  ['a Role in its namespace', inA(EXEC), ALL_OF_A],
  [
    'a RoleBinding to a ClusterRole: its namespace only',
    world().clusterRole('r', EXEC).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
    ALL_OF_A,
  ],
  ['a ClusterRoleBinding: every namespace', everywhere(EXEC), ['sa:a/bot → all-pods:*']],
  ['verb *', inA(rule('*', '', 'pods/exec')), ALL_OF_A],
  ['group *', inA(rule('create', '*', 'pods/exec')), ALL_OF_A],
  ['resource * covers subresources', inA(rule('create', '', '*')), ALL_OF_A],
  ['*/exec', inA(rule('create', '', '*/exec')), ALL_OF_A],
  ['one of several verbs, groups and resources', inA(rule('list,create', 'apps,', 'pods,pods/exec')), ALL_OF_A],
  [
    'a group subject: the edge starts at the group',
    world().role('a/r', EXEC).roleBinding('a/rb', 'Role/r', group('dev')),
    ['group:dev → all-pods:a'],
  ],
  ['a user subject', world().role('a/r', EXEC).roleBinding('a/rb', 'Role/r', user('eve')), ['user:eve → all-pods:a']],
  [
    'a User that names a service account',
    world().role('a/r', EXEC).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    ALL_OF_A,
  ],
  [
    "a service account without a namespace is the binding's own",
    world().role('a/r', EXEC).roleBinding('a/rb', 'Role/r', sa('bot')),
    ALL_OF_A,
  ],
  [
    'a service account of another namespace',
    world().role('a/r', EXEC).roleBinding('a/rb', 'Role/r', sa('b/bot')),
    ['sa:b/bot → all-pods:a'],
  ],
  ['resourceNames: that pod only, for the request carries its name', inA(rule('create', '', 'pods/exec', 'web')), ['sa:a/bot → pod:a/web']],
  [
    'resourceNames everywhere: the pods of that name',
    everywhere(rule('create', '', 'pods/exec', 'web')),
    ['sa:a/bot → pod:a/web', 'sa:a/bot → pod:b/web'],
  ],
  ['get over a WebSocket, 1.34', inA(GET).about({ version: 'v1.34.9' }), ALL_OF_A],
  ['get over a WebSocket, 1.30 as EKS prints it', inA(GET).about({ version: 'v1.30.2-eks-1de2ab1' }), ALL_OF_A],
  ['create and get, 1.34: one edge', inA(rule('create,get', '', 'pods/exec')).about({ version: 'v1.34.0' }), ALL_OF_A],
  ['get, and the version is not known', inA(GET).about({}), ['sa:a/bot → all-pods:a (conditional)']],
  ['create, whatever the version', inA(EXEC).about({}), ALL_OF_A],
  ['create and get, and the version is not known: the surer one', inA(rule('get,create', '', 'pods/exec')).about({}), ALL_OF_A],
];

const silent: Silent = [
  ['nothing bound', world()],
  ['the clause split over two rules', inA(rule('create', '', 'pods'), rule('delete', '', 'pods/exec'))],
  [
    'the clause split over two bindings',
    inA(rule('create', '', 'pods'))
      .role('a/s', rule('list', '', 'pods/exec'))
      .roleBinding('a/rb2', 'Role/s', sa('a/bot')),
  ],
  ['the resource without its subresource', inA(rule('create', '', 'pods'))],
  ['another subresource', inA(rule('create', '', 'pods/log,pods/attach,pods/portforward'))],
  ['pods/* is no wildcard', inA(rule('create', '', 'pods/*'))],
  ["another kind's exec", inA(rule('create', '', 'virtualmachines/exec,exec'))],
  ['another API group', inA(rule('create', 'apps', 'pods/exec'))],
  ['a verb is case-sensitive', inA(rule('Create', '', 'pods/exec'))],
  ['update and delete', inA(rule('update,patch,delete,list,watch', '', 'pods/exec'))],
  ['no apiGroups at all', inA({ verbs: ['create'], apiGroups: [], resources: ['pods/exec'] })],
  ['a namespace without pods that run', world().role('c/r', EXEC).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  [
    'a pod that has ended, by name',
    world()
      .role('c/r', rule('create', '', 'pods/exec', 'migration'))
      .roleBinding('c/rb', 'Role/r', sa('a/bot')),
  ],
  ['a pod that has failed', cluster().pod('a/x', { phase: 'Failed' }).role('a/r', EXEC).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['resourceNames naming another object', inA(rule('create', '', 'pods/exec', 'api'))],
  ['resourceNames know no wildcard', inA(rule('create', '', 'pods/exec', '*'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', EXEC).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a ClusterRole of that name where a Role is meant', world().clusterRole('r', EXEC).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a ClusterRoleBinding to a Role', world().role('a/r', EXEC).clusterRoleBinding('crb', 'Role/r', sa('a/bot'))],
  [
    'a service account without a namespace in a ClusterRoleBinding',
    world().clusterRole('r', EXEC).clusterRoleBinding('crb', 'ClusterRole/r', sa('bot')),
  ],
  ['a role that nobody is bound to', world().role('a/r', EXEC)],
  ['get over a WebSocket, 1.35', inA(GET).about({ version: 'v1.35.0' })],
  ['get over a WebSocket, 1.36', inA(GET)],
  [
    'a cluster whose pods have all ended',
    cluster().pod('a/x', { phase: 'Failed' }).clusterRole('r', EXEC).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
  ],
];

tables('pod-exec', { finds, silent });

test('evidence names the subject, the role and the rule', () => {
  expect(evidenceOf(inA(rule('get', '', 'pods'), EXEC).inventory(), 'pod-exec')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/1',
  ]);
});

test('the edge stays while one of two ways is open', () => {
  const both = inA(EXEC).role('a/s', GET).roleBinding('a/rb2', 'Role/s', sa('a/bot'));
  expect(changesOfEdges(both.inventory(), 'pod-exec')).toEqual(['sa:a/bot → all-pods:a: RoleBinding/a/rb/subjects/0']);
  expect(changesOfEdges(both.about({ version: 'v1.34.0' }).inventory(), 'pod-exec')).toEqual(['sa:a/bot → all-pods:a: ']);
});
