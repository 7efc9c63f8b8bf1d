import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

type Rule = ReturnType<typeof rule>;

/** Namespaces a and b with running pods; c has none that runs. */
const world = (): ClusterFixture =>
  cluster().serviceAccount('a/bot').pod('a/web').pod('a/db').pod('b/web').pod('c/migration', { phase: 'Failed' });
const inA = (...rules: Rule[]): ClusterFixture =>
  world()
    .role('a/r', ...rules)
    .roleBinding('a/rb', 'Role/r', sa('a/bot'));
const everywhere = (...rules: Rule[]): ClusterFixture =>
  world()
    .clusterRole('r', ...rules)
    .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));
const DEBUG = rule('patch', '', 'pods/ephemeralcontainers');
const ALL_OF_A = ['sa:a/bot → all-pods:a'];

const finds: [string, ClusterFixture, string[]][] = [
  ['patch', inA(DEBUG), ALL_OF_A],
  ['update', inA(rule('update', '', 'pods/ephemeralcontainers')), ALL_OF_A],
  ['a RoleBinding to a ClusterRole', world().clusterRole('r', DEBUG).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')), ALL_OF_A],
  ['a ClusterRoleBinding', everywhere(DEBUG), ['sa:a/bot → all-pods:*']],
  ['verb *', inA(rule('*', '', 'pods/ephemeralcontainers')), ALL_OF_A],
  ['group *', inA(rule('patch', '*', 'pods/ephemeralcontainers')), ALL_OF_A],
  ['resource * covers subresources', inA(rule('patch', '', '*')), ALL_OF_A],
  ['*/ephemeralcontainers', inA(rule('patch', '', '*/ephemeralcontainers')), ALL_OF_A],
  ['a group subject', world().role('a/r', DEBUG).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → all-pods:a']],
  [
    'a User that names a service account',
    world().role('a/r', DEBUG).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:b:bot')),
    ['sa:b/bot → all-pods:a'],
  ],
  ['resourceNames', inA(rule('patch', '', 'pods/ephemeralcontainers', 'web')), ['sa:a/bot → pod:a/web']],
];

const silent: [string, ClusterFixture][] = [
  ['the clause split over two rules', inA(rule('patch', '', 'pods'), rule('get', '', 'pods/ephemeralcontainers'))],
  ['the pod without the subresource: the field is immutable there', inA(rule('patch,update', '', 'pods'))],
  ['another subresource', inA(rule('patch,update', '', 'pods/status,pods/exec'))],
  ['pods/* is no wildcard', inA(rule('patch', '', 'pods/*'))],
  ['another API group', inA(rule('patch', 'apps', 'pods/ephemeralcontainers'))],
  ['create and get', inA(rule('create,get,list,delete', '', 'pods/ephemeralcontainers'))],
  ['a namespace without pods that run', world().role('c/r', DEBUG).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  [
    'a pod that has ended, by name',
    world()
      .role('c/r', rule('patch', '', '*/ephemeralcontainers', 'migration'))
      .roleBinding('c/rb', 'Role/r', sa('a/bot')),
  ],
  ['resourceNames naming another object', inA(rule('patch', '', 'pods/ephemeralcontainers', 'api'))],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', DEBUG).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  [
    'a service account without a namespace in a ClusterRoleBinding',
    world().clusterRole('r', DEBUG).clusterRoleBinding('crb', 'ClusterRole/r', sa('bot')),
  ],
];

describe('ephemeral-container finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(edgesOf(fixture.inventory(), 'ephemeral-container')).toEqual(edges));
});

describe('ephemeral-container stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(edgesOf(fixture.inventory(), 'ephemeral-container')).toEqual([]));
});

test('evidence of a cluster-wide right', () => {
  expect(evidenceOf(everywhere(DEBUG).inventory(), 'ephemeral-container')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
  ]);
});
