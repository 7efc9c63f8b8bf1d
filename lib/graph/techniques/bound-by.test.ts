import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

type Subject = ReturnType<typeof sa>;

const world = (): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .serviceAccount('b/bot')
    .role('a/r', rule('get', '', 'pods'))
    .clusterRole('r', rule('get', '', 'pods'));
const inA = (...subjects: Subject[]): ClusterFixture => world().roleBinding('a/rb', 'Role/r', ...subjects);
const everywhere = (...subjects: Subject[]): ClusterFixture => world().clusterRoleBinding('crb', 'ClusterRole/r', ...subjects);

const finds: [string, ClusterFixture, string[]][] = [
  ['a service account in a RoleBinding', inA(sa('a/bot')), ['sa:a/bot → rolebinding:a/rb']],
  ['a service account of another namespace', inA(sa('b/bot')), ['sa:b/bot → rolebinding:a/rb']],
  ["a service account without a namespace is the binding's own", inA(sa('bot')), ['sa:a/bot → rolebinding:a/rb']],
  ['a service account in a ClusterRoleBinding', everywhere(sa('a/bot')), ['sa:a/bot → clusterrolebinding:crb']],
  ['a service account that does not exist', inA(sa('a/gone')), ['sa:a/gone → rolebinding:a/rb']],
  ['a user', everywhere(user('eve')), ['user:eve → clusterrolebinding:crb']],
  ['a group', everywhere(group('dev')), ['group:dev → clusterrolebinding:crb']],
  ['a RoleBinding to a ClusterRole', world().roleBinding('a/rb', 'ClusterRole/r', group('dev')), ['group:dev → rolebinding:a/rb']],
  ['a User that names a service account', everywhere(user('system:serviceaccount:a:bot')), ['sa:a/bot → clusterrolebinding:crb']],
  ['the same subject twice, one edge', inA(sa('a/bot'), sa('bot'), user('system:serviceaccount:a:bot')), ['sa:a/bot → rolebinding:a/rb']],
  ['several subjects', inA(sa('a/bot'), user('eve')), ['sa:a/bot → rolebinding:a/rb', 'user:eve → rolebinding:a/rb']],
  [
    'a user and a group of one name',
    everywhere(user('x'), group('x')),
    ['group:x → clusterrolebinding:crb', 'user:x → clusterrolebinding:crb'],
  ],
  [
    'a Group that is called like a service account is a group',
    everywhere(group('system:serviceaccount:a:bot')),
    ['group:system:serviceaccount:a:bot → clusterrolebinding:crb'],
  ],
  [
    'a User with half the name of a service account is a user',
    everywhere(user('system:serviceaccount:a')),
    ['user:system:serviceaccount:a → clusterrolebinding:crb'],
  ],
  [
    'a User with more than the name of a service account is a user',
    everywhere(user('system:serviceaccount:a:b:c')),
    ['user:system:serviceaccount:a:b:c → clusterrolebinding:crb'],
  ],
  [
    'a binding whose role does not exist is bound all the same',
    cluster().roleBinding('a/rb', 'Role/gone', user('eve')),
    ['user:eve → rolebinding:a/rb'],
  ],
  [
    'hostile names',
    everywhere(user('constructor'), group('__proto__')),
    ['group:__proto__ → clusterrolebinding:crb', 'user:constructor → clusterrolebinding:crb'],
  ],
];

const silent: [string, ClusterFixture][] = [
  ['no binding', world()],
  ['a binding without subjects', inA()],
  [
    'a binding with an empty list of subjects',
    world().add({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { namespace: 'a', name: 'rb' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
      subjects: null,
    }),
  ],
  ['a service account without a namespace in a ClusterRoleBinding is nobody', everywhere(sa('bot'))],
  ['a subject of a kind that RBAC does not know', everywhere({ kind: 'Role', name: 'r' })],
  ['kinds are case-sensitive', everywhere({ kind: 'user', name: 'eve' }, { kind: 'serviceaccount', namespace: 'a', name: 'bot' })],
  ["a pod's use of a service account", world().pod('a/web', { serviceAccount: 'bot' })],
];

describe('bound-by finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(edgesOf(fixture.inventory(), 'bound-by')).toEqual(edges));
});

describe('bound-by stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(edgesOf(fixture.inventory(), 'bound-by')).toEqual([]));
  const others: [string, ClusterFixture, string][] = [
    ['for the other service account of that name', inA(sa('a/bot')), 'sa:b/bot'],
    ['for the other service account, named as a User', everywhere(user('system:serviceaccount:b:bot')), 'sa:a/bot'],
    ['for the members of a bound group', everywhere(group('system:serviceaccounts:a')), 'sa:a/bot'],
    ['for the user when the group has its name', everywhere(group('x')), 'user:x'],
    ['for the group when the user has its name', everywhere(user('x')), 'group:x'],
    ['for the service account when a Group has its full name', everywhere(group('system:serviceaccount:a:bot')), 'sa:a/bot'],
    ['for the user when it is a service account', everywhere(user('system:serviceaccount:a:bot')), 'user:system:serviceaccount:a:bot'],
    ['for a service account of the wrong case', everywhere(user('system:serviceaccount:a:Bot')), 'sa:a/bot'],
    ['for every service account when a User is called *', everywhere(user('*'), group('*')), 'sa:a/bot'],
    ['for the namespace of the role instead of the binding', world().roleBinding('b/rb', 'ClusterRole/r', sa('bot')), 'sa:a/bot'],
  ];
  test.each(others)('%s', (_name, fixture, id) => {
    const edges = edgesOf(fixture.inventory(), 'bound-by');
    expect(edges).not.toHaveLength(0);
    expect(edges.filter((line) => line.startsWith(`${id} `))).toEqual([]);
  });
});

test('evidence names the place among the subjects', () => {
  expect(evidenceOf(inA({ kind: 'Robot', name: 'x' }, sa('a/bot')).inventory(), 'bound-by')).toEqual(['RoleBinding a/rb /subjects/1']);
});
