import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';

const EVERYTHING = rule('*', '*', '*');
const world = (): ClusterFixture => cluster().namespace('a').serviceAccount('a/bot').secret('a/db').pod('a/web');
const { everywhere } = holding(world);
/** Edges but for the one from system:masters, which is always there. */
const others = (fixture: ClusterFixture): string[] =>
  edgesOf(fixture.inventory(), 'cluster-admin').filter((line) => !line.startsWith('group:system:masters '));
const BOT = ['sa:a/bot → cluster-admin:cluster'];

/** A ClusterRole as an API server lists it: what it does not list is not there. */
const READ = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'other', uid: 'u1' }, rules: [] };

const finds: [string, ClusterFixture, string[]][] = [
  [
    'plain manifests, which bind the default role and do not hold it',
    world().clusterRoleBinding('crb', 'ClusterRole/cluster-admin', sa('a/bot')),
    ['sa:a/bot → cluster-admin:cluster'],
  ],
  ['everything by a ClusterRoleBinding, whatever the role is called', everywhere(EVERYTHING), BOT],
  [
    'the ClusterRole cluster-admin',
    world()
      .clusterRole('cluster-admin', EVERYTHING, { verbs: ['*'], nonResourceURLs: ['*'] })
      .clusterRoleBinding('crb', 'ClusterRole/cluster-admin', sa('a/bot')),
    BOT,
  ],
  ['in the second rule', everywhere(rule('get', '', 'pods'), EVERYTHING), BOT],
  ['the wildcard among others', everywhere(rule('get,*', ',*', 'pods,*')), BOT],
  ['by two bindings, one edge', everywhere(EVERYTHING).clusterRoleBinding('crb2', 'ClusterRole/r', sa('a/bot')), BOT],
  [
    'a group subject',
    world().clusterRole('r', EVERYTHING).clusterRoleBinding('crb', 'ClusterRole/r', group('dev')),
    ['group:dev → cluster-admin:cluster'],
  ],
  [
    'a user subject',
    world().clusterRole('r', EVERYTHING).clusterRoleBinding('crb', 'ClusterRole/r', user('eve')),
    ['user:eve → cluster-admin:cluster'],
  ],
  [
    'a User that names a service account',
    world().clusterRole('r', EVERYTHING).clusterRoleBinding('crb', 'ClusterRole/r', user('system:serviceaccount:a:bot')),
    BOT,
  ],
];

const silent: [string, ClusterFixture][] = [
  ['the clause split over two rules', everywhere(rule('*', '*', 'pods'), rule('get', '*', '*'))],
  [
    'the clause split over two bindings',
    everywhere(rule('*', '', '*'))
      .clusterRole('s', rule('*', 'apps', '*'))
      .clusterRoleBinding('crb2', 'ClusterRole/s', sa('a/bot')),
  ],
  ['every verb on one resource', everywhere(rule('*', '*', 'pods'))],
  ['every resource with some verbs', everywhere(rule('get,list,watch', '*', '*'))],
  ['the core group only', everywhere(rule('*', '', '*'))],
  ['one other API group', everywhere(rule('*', 'rbac.authorization.k8s.io', '*'))],
  ['every subresource of a name', everywhere(rule('*', '*', '*/*,*/exec,*/status'))],
  ['with resourceNames', everywhere(rule('*', '*', '*', 'web'))],
  ['resourceNames know no wildcard', everywhere(rule('*', '*', '*', '*'))],
  ['non-resource URLs only', everywhere({ verbs: ['*'], nonResourceURLs: ['*'] })],
  ['by a RoleBinding', world().clusterRole('cluster-admin', EVERYTHING).roleBinding('a/rb', 'ClusterRole/cluster-admin', sa('a/bot'))],
  [
    'a RoleBinding in kube-system',
    world().namespace('kube-system').clusterRole('r', EVERYTHING).roleBinding('kube-system/rb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['a Role', world().role('a/r', EVERYTHING).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a ClusterRoleBinding to a Role', world().role('a/r', EVERYTHING).clusterRoleBinding('crb', 'Role/r', sa('a/bot'))],
  [
    'the name cluster-admin without its rules',
    world().clusterRole('cluster-admin').clusterRoleBinding('crb', 'ClusterRole/cluster-admin', sa('a/bot')),
  ],
  ['a binding whose role does not exist', world().add(READ).clusterRoleBinding('crb', 'ClusterRole/cluster-admin', sa('a/bot'))],
  ['a role that nobody is bound to', world().clusterRole('r', EVERYTHING).clusterRoleBinding('crb', 'ClusterRole/r')],
  ['a service account without a namespace', world().clusterRole('r', EVERYTHING).clusterRoleBinding('crb', 'ClusterRole/r', sa('bot'))],
  [
    'a user called system:masters',
    world()
      .clusterRole('r', rule('get', '', 'pods'))
      .clusterRoleBinding('crb', 'ClusterRole/r', user('system:masters')),
  ],
];

describe('cluster-admin finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(others(fixture)).toEqual(edges));
});

describe('cluster-admin stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(others(fixture)).toEqual([]));
});

test('system:masters is cluster admin, once, whoever binds what to it', () => {
  const masters = ['group:system:masters → cluster-admin:cluster'];
  expect(edgesOf(world().inventory(), 'cluster-admin')).toEqual(masters);
  const bound = world().clusterRole('r', EVERYTHING).clusterRoleBinding('crb', 'ClusterRole/r', group('system:masters'));
  expect(edgesOf(bound.inventory(), 'cluster-admin')).toEqual(masters);
});

test('evidence names binding, role and rule', () => {
  expect(evidenceOf(everywhere(rule('get', '', 'pods'), EVERYTHING).inventory(), 'cluster-admin')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/1',
    'Group system:masters ',
  ]);
});
