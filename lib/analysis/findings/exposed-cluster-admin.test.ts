import { expect, test } from 'vitest';
import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { adminBehind, behind, WEB } from '../testing/exposed-service.ts';
import { found } from '../testing/finding-rows.ts';
import { tablesOf } from '../testing/finding-table.ts';

tablesOf('exposed-cluster-admin', {
  finds: [['a load balancer in front of an administrator', adminBehind(), ['critical Pod a/web']]],
  silent: [
    ['a service inside', adminBehind('ClusterIP')],
    ['a load balancer in front of somebody harmless', behind()],
    ['a load balancer in front of other pods', adminBehind('LoadBalancer', { selector: { app: 'other' } })],
    [
      'an administrator without a service',
      cluster()
        .serviceAccount('a/bot')
        .pod('a/web', WEB)
        .clusterRole('all', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/all', sa('a/bot')),
    ],
  ],
});

test('the fix takes a right away, not the token, without which the application may stop', () => {
  const [row] = found(adminBehind().inventory(), 'exposed-cluster-admin')?.rows ?? [];
  expect(row?.fix.command).toMatch(/clusterrolebinding b /);
});
