import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { cluster, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { found } from '../testing/finding-rows.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () =>
  cluster()
    .namespace('a')
    .serviceAccount('a/bot')
    .serviceAccount('a/default')
    .role('a/r', rule('get', '', 'configmaps'))
    .roleBinding('a/b', 'Role/r', sa('a/bot'));
const pod = (app: string, more: Record<string, string> = {}) => ({ serviceAccount: 'bot', metadata: { labels: { app, ...more } } });

tablesOf('shared-account', {
  finds: [
    ['two applications', world().pod('a/web', pod('web')).pod('a/db', pod('db')), ['low ServiceAccount a/bot']],
    [
      'workloads without labels',
      world().pod('a/web', { serviceAccount: 'bot' }).pod('a/db', { serviceAccount: 'bot' }),
      ['low ServiceAccount a/bot'],
    ],
    [
      'much to gain',
      world()
        .clusterRole('all', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/all', sa('a/bot'))
        .pod('a/web', pod('web'))
        .pod('a/db', pod('db')),
      ['medium ServiceAccount a/bot'],
    ],
  ],
  silent: [
    ['one application', world().pod('a/x', pod('web')).pod('a/y', pod('web'))],
    [
      'parts of one release',
      world()
        .pod('a/x', pod('web', { 'app.kubernetes.io/instance': 'shop' }))
        .pod('a/y', pod('db', { 'app.kubernetes.io/instance': 'shop' })),
    ],
    ['names of one family', world().pod('a/shop-web', { serviceAccount: 'bot' }).pod('a/shop-db', { serviceAccount: 'bot' })],
    [
      'parts that know each other by a third',
      world()
        .pod('a/x', pod('web', { release: 'r' }))
        .pod('a/y', pod('db', { release: 'r', 'k8s-app': 'z' }))
        .pod('a/z', { serviceAccount: 'bot', metadata: { labels: { 'k8s-app': 'z' } } }),
    ],
    ['an account without rights', cluster().serviceAccount('a/bot').pod('a/web', pod('web')).pod('a/db', pod('db'))],
    ['`default`', world().roleBinding('a/c', 'Role/r', sa('a/default')).pod('a/web').pod('a/db')],
    ['one workload', world().pod('a/web', pod('web'))],
  ],
});

test('a new account has what pods get by the one that they had', () => {
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/api', 'meta.helm.sh/release-name': 'bot' };
  const given = { imagePullSecrets: [{ name: 'registry' }], automountServiceAccountToken: true };
  const shared = cluster()
    .serviceAccount('a/bot', { metadata: { namespace: 'a', name: 'bot', annotations }, ...given })
    .role('a/r', rule('get', '', 'configmaps'))
    .roleBinding('a/b', 'Role/r', sa('a/bot'))
    .roleBinding('a/by-user-name', 'Role/r', user('system:serviceaccount:a:bot'))
    .pod('a/web', pod('web'))
    .pod('a/db', pod('db'));
  const patches = found(shared.inventory(), 'shared-account')?.rows[0]?.fix.patches ?? [];
  expect(patches.map(({ target }) => `${target.kind} ${target.name}`)).toEqual([
    'ServiceAccount web',
    'RoleBinding b',
    'RoleBinding by-user-name',
    'Pod web',
  ]);
  expect(parse(patches[0]?.text ?? '')).toEqual({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { namespace: 'a', name: 'web', annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/api' } },
    ...given,
  });
});
