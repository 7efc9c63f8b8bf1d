import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

type Subject = ReturnType<typeof sa>;

/** Service account a/bot exists; the binding makes users, groups and further service accounts known. */
const bound = (...subjects: Subject[]): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .clusterRole('r', rule('get', '', 'pods'))
    .clusterRoleBinding('crb', 'ClusterRole/r', ...subjects);
const groupsOf = (fixture: ClusterFixture, id: string): string[] =>
  edgesOf(fixture.inventory(), 'member-of')
    .filter((line) => line.startsWith(`${id} → `))
    .map((line) => line.slice(`${id} → `.length));
const OF_A = ['group:system:authenticated', 'group:system:serviceaccounts', 'group:system:serviceaccounts:a'];
const OF_B = [...OF_A.slice(0, 2), 'group:system:serviceaccounts:b'];
const AUTHENTICATED = ['group:system:authenticated'];

const finds: [string, ClusterFixture, string, string[]][] = [
  ['a service account, whether or not the groups are bound', bound(), 'sa:a/bot', OF_A],
  ['a service account of another namespace', bound().serviceAccount('b/bot'), 'sa:b/bot', OF_B],
  ['the service account of a pod', cluster().pod('a/web', { serviceAccount: 'web' }), 'sa:a/web', OF_A],
  ['a service account that only a binding names', bound(sa('a/ghost')), 'sa:a/ghost', OF_A],
  ['a service account that is named as a User', bound(user('system:serviceaccount:a:ghost')), 'sa:a/ghost', OF_A],
  ['a user is authenticated', bound(user('eve')), 'user:eve', AUTHENTICATED],
  ['a user of the control plane is authenticated', bound(user('system:kube-proxy')), 'user:system:kube-proxy', AUTHENTICATED],
  ['the user of a node', bound(user('system:node:n1')), 'user:system:node:n1', [...AUTHENTICATED, 'group:system:nodes']],
  ['the anonymous user', bound(user('system:anonymous')), 'user:system:anonymous', ['group:system:unauthenticated']],
];

/** Who is not in which group, though the group is known. */
const silent: [string, Subject[], string, string][] = [
  ['a group that has to be given', [], 'sa:a/bot', 'dev'],
  ['system:masters, for a service account', [], 'sa:a/bot', 'system:masters'],
  ['system:masters, for a user of that name', [user('system:masters')], 'user:system:masters', 'system:masters'],
  ['unauthenticated, for a service account', [], 'sa:a/bot', 'system:unauthenticated'],
  ['unauthenticated, for a user', [user('eve')], 'user:eve', 'system:unauthenticated'],
  ['authenticated, for the anonymous user', [user('system:anonymous')], 'user:system:anonymous', 'system:authenticated'],
  ['system:nodes, for a service account', [], 'sa:a/bot', 'system:nodes'],
  ['system:nodes, for a user', [user('node:n1')], 'user:node:n1', 'system:nodes'],
  ["another namespace's service accounts", [sa('b/bot')], 'sa:a/bot', 'system:serviceaccounts:b'],
  ["a namespace's service accounts, for its namesake", [], 'sa:a/bot', 'system:serviceaccounts:bot'],
  ['service accounts of no namespace', [], 'sa:a/bot', 'system:serviceaccounts:'],
  ['the full name as a group', [], 'sa:a/bot', 'system:serviceaccount:a:bot'],
  ['the service accounts, for a user', [user('eve')], 'user:eve', 'system:serviceaccounts'],
  ['the service accounts, for half a name', [user('system:serviceaccount:a')], 'user:system:serviceaccount:a', 'system:serviceaccounts:a'],
  ['a group in a group', [group('dev')], 'group:dev', 'system:authenticated'],
];

describe('member-of finds', () => {
  test.each(finds)('%s', (_name, fixture, id, groups) => expect(groupsOf(fixture, id)).toEqual(groups));
});

describe('member-of stays silent', () => {
  test.each(silent)('%s', (_name, subjects, id, other) => {
    const fixture = bound(...subjects, group(other));
    expect(edgesOf(fixture.inventory(), 'bound-by').join()).toContain(`group:${other} → `);
    expect(groupsOf(fixture, id)).not.toContain(`group:${other}`);
  });
});

test('evidence names the member', () => {
  const evidence = new Set(evidenceOf(bound(user('eve')).inventory(), 'member-of'));
  expect(evidence).toEqual(new Set(['ServiceAccount a/bot /metadata/name', 'User eve ']));
});
