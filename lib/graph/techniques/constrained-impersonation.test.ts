import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { allEdges, changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const AUTHN = 'authentication.k8s.io';
const world = (): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .serviceAccount('a/admin')
    .node('n1')
    .clusterRole('known', rule('get', '', 'pods'))
    .clusterRoleBinding('known', 'ClusterRole/known', user('alice'), group('dev'), group('system:masters'));
const { everywhere } = holding(world);
const may = (mode: string, resource: string, names?: string): Rule => rule(`impersonate:${mode}`, AUTHN, resource, names);
const on = (mode: string, verbs = 'list'): Rule =>
  rule(
    verbs
      .split(',')
      .map((verb) => `impersonate-on:${mode}:${verb}`)
      .join(','),
    '',
    'pods',
  );
const ACCOUNTS = [may('serviceaccount', 'serviceaccounts'), on('serviceaccount')];

const finds: Finds = [
  ['every service account', everywhere(...ACCOUNTS), ['sa:a/bot → all-service-accounts:* (conditional)']],
  [
    'a service account of one namespace, the requests by another binding',
    everywhere(on('serviceaccount'))
      .role('a/s', may('serviceaccount', 'serviceaccounts', 'admin'))
      .roleBinding('a/rb', 'Role/s', sa('a/bot')),
    ['sa:a/bot → sa:a/admin (conditional)'],
  ],
  [
    'every user but nodes and service accounts',
    everywhere(may('user-info', 'users'), on('user-info')),
    ['sa:a/bot → all-users:not-nodes (conditional)'],
  ],
  ['a user by name', everywhere(may('user-info', 'users', 'alice'), on('user-info')), ['sa:a/bot → user:alice (conditional)']],
  [
    'every group but system:masters, along with a user',
    everywhere(may('user-info', 'users', 'nobody'), may('user-info', 'groups'), on('user-info')),
    ['sa:a/bot → all-groups:not-masters (conditional)'],
  ],
  [
    'a group by name, along with a user',
    everywhere(may('user-info', 'users', 'nobody'), may('user-info', 'groups', 'dev'), on('user-info')),
    ['sa:a/bot → group:dev (conditional)'],
  ],
  ['any node', everywhere(may('arbitrary-node', 'nodes'), on('arbitrary-node')), ['sa:a/bot → all-users:nodes (conditional)']],
  ['one node', everywhere(may('arbitrary-node', 'nodes', 'n1'), on('arbitrary-node')), ['sa:a/bot → user:system:node:n1 (conditional)']],
  ['its own node', everywhere(may('associated-node', 'nodes'), on('associated-node')), ['sa:a/bot → all-users:nodes (conditional)']],
  [
    'its own node, asked for as *',
    everywhere(may('associated-node', 'nodes', '*'), on('associated-node')),
    ['sa:a/bot → all-users:nodes (conditional)'],
  ],
  ['verb * of the group', everywhere(rule('*', AUTHN, 'users'), on('user-info')), ['sa:a/bot → all-users:not-nodes (conditional)']],
  ['1.35, behind a gate', everywhere(...ACCOUNTS).about({ version: 'v1.35.2' }), ['sa:a/bot → all-service-accounts:* (conditional)']],
  ['the version is not known', everywhere(...ACCOUNTS).about({}), ['sa:a/bot → all-service-accounts:* (conditional)']],
];

const silent: Silent = [
  ['before 1.35', everywhere(...ACCOUNTS).about({ version: 'v1.34.9' })],
  ['no request that he may send', everywhere(may('serviceaccount', 'serviceaccounts'))],
  ['requests, and nobody to impersonate', everywhere(on('serviceaccount'))],
  ['the modes differ', everywhere(may('serviceaccount', 'serviceaccounts'), on('user-info'))],
  ['the core group is plain impersonation’s', everywhere(rule('impersonate:serviceaccount', '', 'serviceaccounts'), on('serviceaccount'))],
  ['plain impersonation', everywhere(rule('impersonate', '', 'users,groups,serviceaccounts'), on('user-info'))],
  ['plain impersonation by everything on everything is told as such', everywhere(rule('*', '*', '*'))],
  [
    'users by a RoleBinding: they have no namespace',
    world().role('a/r', may('user-info', 'users'), on('user-info')).roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  [
    'a service account named as a user: another mode',
    everywhere(may('user-info', 'users', 'system:serviceaccount:a:admin'), on('user-info')),
  ],
  ['a node named as a user: another mode', everywhere(may('user-info', 'users', 'system:node:n1'), on('user-info'))],
  [
    'system:masters is refused',
    everywhere(may('user-info', 'users', 'nobody'), may('user-info', 'groups', 'system:masters'), on('user-info')),
  ],
  ['a group, and no user along with it', everywhere(may('user-info', 'groups', 'dev'), on('user-info'))],
  ['a node by its user name', everywhere(may('arbitrary-node', 'nodes', 'system:node:n1'), on('arbitrary-node'))],
  ['its own node by name: asked for as *', everywhere(may('associated-node', 'nodes', 'n1'), on('associated-node'))],
  [
    'a user has no node of his own',
    world()
      .clusterRole('r', may('associated-node', 'nodes'), on('associated-node'))
      .clusterRoleBinding('crb', 'ClusterRole/r', user('alice')),
  ],
  [
    'impersonate-on:*: is no wildcard of modes',
    everywhere(may('serviceaccount', 'serviceaccounts'), rule('impersonate-on:*:list', '', 'pods')),
  ],
  [
    'the parts for two subjects',
    everywhere(may('serviceaccount', 'serviceaccounts'))
      .clusterRole('s', on('serviceaccount'))
      .clusterRoleBinding('s', 'ClusterRole/s', user('alice')),
  ],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
];

tables('constrained-impersonation', { finds, silent });

test('says which requests it is good for', () => {
  const graph = buildGraph(everywhere(may('serviceaccount', 'serviceaccounts'), on('serviceaccount', 'list,create')).inventory());
  const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === 'constrained-impersonation') as number;
  expect(graph.explain(edge).hangsOn).toMatch(/only list, create on pods/);
});

test('nodes and system:masters are left out of what a user may become', () => {
  const graph = buildGraph(everywhere(may('user-info', 'users,groups'), on('user-info')).inventory());
  const members = allEdges(graph)
    .filter((line) => /^contains {2}all-(users|groups):not-/.test(line))
    .map((line) => line.split('  ')[1]);
  expect(members).toContain('all-users:not-nodes → user:alice');
  expect(members.join()).not.toMatch(/system:node:|system:masters/);
});

test('evidence names both parts, and either closes it', () => {
  const two = everywhere(may('serviceaccount', 'serviceaccounts'))
    .clusterRole('s', on('serviceaccount'))
    .clusterRoleBinding('s', 'ClusterRole/s', sa('a/bot'));
  expect(evidenceOf(two.inventory(), 'constrained-impersonation')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'ClusterRoleBinding s /subjects/0',
    'ClusterRole s /rules/0',
  ]);
  expect(changesOfEdges(two.inventory(), 'constrained-impersonation')).toEqual([
    'sa:a/bot → all-service-accounts:*: ClusterRoleBinding//crb/subjects/0, ClusterRoleBinding//s/subjects/0',
  ]);
});
