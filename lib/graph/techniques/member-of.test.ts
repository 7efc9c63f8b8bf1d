import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, type sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

type Subject = ReturnType<typeof sa>;

/** Service accounts a/bot and b/bot; the binding makes the groups and users known. */
const bound = (...subjects: Subject[]): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .serviceAccount('b/bot')
    .clusterRole('r', rule('get', '', 'pods'))
    .clusterRoleBinding('crb', 'ClusterRole/r', ...subjects);

const finds: [string, ClusterFixture, string[]][] = [
  [
    'every service account',
    bound(group('system:serviceaccounts')),
    ['sa:a/bot → group:system:serviceaccounts', 'sa:b/bot → group:system:serviceaccounts'],
  ],
  ['the service accounts of a namespace', bound(group('system:serviceaccounts:b')), ['sa:b/bot → group:system:serviceaccounts:b']],
  [
    'service accounts are authenticated',
    bound(group('system:authenticated')),
    ['sa:a/bot → group:system:authenticated', 'sa:b/bot → group:system:authenticated'],
  ],
  [
    'users are authenticated',
    cluster().roleBinding('a/rb', 'Role/r', user('eve'), group('system:authenticated')),
    ['user:eve → group:system:authenticated'],
  ],
  [
    'users of nodes too',
    cluster().roleBinding('a/rb', 'Role/r', user('system:kube-proxy'), group('system:authenticated')),
    ['user:system:kube-proxy → group:system:authenticated'],
  ],
  [
    'a service account named as a User is in the groups of service accounts',
    cluster().roleBinding(
      'a/rb',
      'Role/r',
      user('system:serviceaccount:a:ghost'),
      group('system:serviceaccounts:a'),
      group('system:serviceaccounts'),
    ),
    ['sa:a/ghost → group:system:serviceaccounts', 'sa:a/ghost → group:system:serviceaccounts:a'],
  ],
  [
    'the anonymous user is unauthenticated',
    cluster().roleBinding('a/rb', 'Role/r', user('system:anonymous'), group('system:unauthenticated')),
    ['user:system:anonymous → group:system:unauthenticated'],
  ],
];

const silent: [string, ClusterFixture][] = [
  ['no group that anything is bound to', cluster().serviceAccount('a/bot').pod('a/web')],
  ['a group of one’s own', bound(group('dev'))],
  ['system:masters', bound(group('system:masters'), user('eve'))],
  ['unauthenticated, for service accounts and users', bound(group('system:unauthenticated'), user('eve'))],
  ['system:nodes, for service accounts and users', bound(group('system:nodes'), user('eve'))],
  ['the service accounts of a namespace without any', bound(group('system:serviceaccounts:c'))],
  ['the service accounts of no namespace', bound(group('system:serviceaccounts:'))],
  ['a longer name', bound(group('system:serviceaccounts:a:bot'), group('system:serviceaccounts-a'))],
  ['the name of a service account as a group', bound(group('system:serviceaccount:a:bot'))],
  [
    'the groups of service accounts, for users',
    cluster().roleBinding('a/rb', 'Role/r', user('eve'), group('system:serviceaccounts'), group('system:serviceaccounts:a')),
  ],
  [
    'the anonymous user is not authenticated',
    cluster().roleBinding('a/rb', 'Role/r', user('system:anonymous'), group('system:authenticated')),
  ],
  ['groups are in no group', cluster().roleBinding('a/rb', 'Role/r', group('dev'), group('system:authenticated'))],
  ['a user by the name of the group', bound(user('system:serviceaccounts'))],
];

describe('member-of finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(edgesOf(fixture.inventory(), 'member-of')).toEqual(edges));
});

describe('member-of stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(edgesOf(fixture.inventory(), 'member-of')).toEqual([]));
});

test('evidence names the member', () => {
  expect(evidenceOf(bound(group('system:serviceaccounts:b')).inventory(), 'member-of')).toEqual([
    'ServiceAccount b/bot /metadata/namespace',
  ]);
});
