import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

const EVERYTHING = rule('*', '*', '*');
const world = (): ClusterFixture => cluster().namespace('a').namespace('b').serviceAccount('a/bot').secret('a/db').pod('b/web');
const { inA } = holding(world);
const BOT = ['sa:a/bot → namespace-admin:a'];

/** A ClusterRole as an API server lists it: what it does not list is not there. */
const READ = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'other', uid: 'u1' }, rules: [] };

const finds: Finds = [
  [
    'plain manifests, which bind the default role and do not hold it',
    world().roleBinding('a/rb', 'ClusterRole/cluster-admin', sa('a/bot')),
    ['sa:a/bot → namespace-admin:a'],
  ],
  ['a Role with everything', inA(EVERYTHING), BOT],
  [
    'a RoleBinding to cluster-admin',
    world().clusterRole('cluster-admin', EVERYTHING).roleBinding('a/rb', 'ClusterRole/cluster-admin', sa('a/bot')),
    BOT,
  ],
  ['in the second rule', inA(rule('get', '', 'pods'), EVERYTHING), BOT],
  ['the wildcard among others', inA(rule('get,*', ',*', 'pods,*')), BOT],
  [
    'in two namespaces',
    inA(EVERYTHING).role('b/r', EVERYTHING).roleBinding('b/rb', 'Role/r', sa('a/bot')),
    [...BOT, 'sa:a/bot → namespace-admin:b'],
  ],
  ['by two bindings, one edge', inA(EVERYTHING).roleBinding('a/rb2', 'Role/r', sa('a/bot')), BOT],
  [
    'a service account of another namespace',
    world().role('b/r', EVERYTHING).roleBinding('b/rb', 'Role/r', sa('a/bot')),
    ['sa:a/bot → namespace-admin:b'],
  ],
  ['a group subject', world().role('a/r', EVERYTHING).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → namespace-admin:a']],
  [
    'a User that names a service account',
    world().role('a/r', EVERYTHING).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    BOT,
  ],
  [
    "a service account without a namespace is the binding's own",
    world().role('a/r', EVERYTHING).roleBinding('a/rb', 'Role/r', sa('bot')),
    BOT,
  ],
];

const silent: Silent = [
  ['the clause split over two rules', inA(rule('*', '*', 'pods'), rule('get', '*', '*'))],
  ['every verb on one resource', inA(rule('*', '*', 'secrets'))],
  ['every resource with some verbs', inA(rule('get,create', '*', '*'))],
  ['the core group only', inA(rule('*', '', '*'))],
  ['every subresource', inA(rule('*', '*', '*/exec'))],
  ['with resourceNames', inA(rule('*', '*', '*', 'web'))],
  ['non-resource URLs', inA({ verbs: ['*'], nonResourceURLs: ['*'] })],
  [
    'by a ClusterRoleBinding: that is cluster admin',
    world().clusterRole('r', EVERYTHING).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['a binding whose role does not exist', world().add(READ).roleBinding('a/rb', 'ClusterRole/cluster-admin', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', EVERYTHING).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a ClusterRole of that name where a Role is meant', world().clusterRole('r', EVERYTHING).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a role that nobody is bound to', world().role('a/r', EVERYTHING).roleBinding('a/rb', 'Role/r')],
];

tables('namespace-admin', { finds, silent });

test('a namespace admin reaches the pods, secrets and service accounts of the namespace', () => {
  const fixture = inA(EVERYTHING).pod('a/web').inventory();
  expect(edgesOf(fixture, 'contains').filter((line) => line.startsWith('namespace-admin:a '))).toEqual(
    ['all-pods:a', 'all-secrets:a', 'all-service-accounts:a'].map((all) => `namespace-admin:a → ${all}`),
  );
});

test('evidence names binding, role and rule', () => {
  expect(evidenceOf(inA(rule('get', '', 'pods'), EVERYTHING).inventory(), 'namespace-admin')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/1',
  ]);
});
