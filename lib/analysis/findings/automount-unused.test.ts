import { expect, test } from 'vitest';
import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { found } from '../testing/finding-rows.ts';
import { tablesOf } from '../testing/finding-table.ts';

const accountAndRole = () =>
  cluster()
    .namespace('a')
    .serviceAccount('a/bot')
    .role('a/r', rule('get', '', 'configmaps'));
const world = () => accountAndRole().roleBinding('z/z', 'Role/r', user('z')).clusterRoleBinding('z', 'ClusterRole/z', user('z'));
const OWN = {
  volumes: [{ name: 'mine', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],
  mounts: [{ name: 'mine', mountPath: '/var/run/secrets/tokens' }],
};

tablesOf('automount-unused', {
  finds: [
    ['an account without rights', world().pod('a/one', { serviceAccount: 'bot' }), ['low ServiceAccount a/bot']],
    [
      'rights that everybody has',
      world()
        .pod('a/one', { serviceAccount: 'bot' })
        .clusterRole('view', rule('get', '', 'pods'))
        .clusterRoleBinding('b', 'ClusterRole/view', group('system:authenticated')),
      ['low ServiceAccount a/bot'],
    ],
    [
      'two workloads of one account',
      world().pod('a/one', { serviceAccount: 'bot' }).pod('a/two', { serviceAccount: 'bot' }),
      ['low ServiceAccount a/bot × 2'],
    ],
    [
      'a manifest that says nothing',
      world().pod('a/one', { serviceAccount: 'bot', token: false, metadata: { uid: undefined } }),
      ['low ServiceAccount a/bot'],
    ],
  ],
  silent: [
    ['rights', world().roleBinding('a/b', 'Role/r', sa('a/bot')).pod('a/one', { serviceAccount: 'bot' })],
    [
      "rights of the namespace's accounts",
      world().roleBinding('a/b', 'Role/r', group('system:serviceaccounts:a')).pod('a/one', { serviceAccount: 'bot' }),
    ],
    [
      'a world of which no ClusterRoleBinding was read',
      accountAndRole().roleBinding('z/z', 'Role/r', user('z')).pod('a/one', { serviceAccount: 'bot' }),
    ],
    [
      'a world of which no RoleBinding was read',
      accountAndRole().clusterRoleBinding('z', 'ClusterRole/z', user('z')).pod('a/one', { serviceAccount: 'bot' }),
    ],
    [
      'a binding of a ClusterRole, where no ClusterRole was read',
      world().clusterRoleBinding('b', 'ClusterRole/c', sa('a/bot')).pod('a/one', { serviceAccount: 'bot' }),
    ],
    ['no token', world().pod('a/one', { serviceAccount: 'bot', token: false })],
    ['a token that somebody asked for', world().pod('a/one', { serviceAccount: 'bot', token: false, ...OWN })],
    ['`default`, which has a finding of its own', world().serviceAccount('a/default').pod('a/one')],
    ['a pod that has ended', world().pod('a/one', { serviceAccount: 'bot', phase: 'Failed' })],
  ],
});

test('does not say that nothing names an account whose role is not there', () => {
  const named = world().roleBinding('a/b', 'Role/gone', sa('a/bot')).serviceAccount('a/bot').pod('a/one', { serviceAccount: 'bot' });
  const row = found(named.inventory(), 'automount-unused')?.rows.find(({ subject }) => subject.name === 'bot');
  expect(row?.whyHere).toMatch(/^no binding gives it anything, so its token opens only what everybody may; /);
});
