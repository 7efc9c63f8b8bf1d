import { expect, test } from 'vitest';
import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { found } from '../testing/finding-rows.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () =>
  cluster()
    .namespace('a')
    .serviceAccount('a/bot')
    .role('a/r', rule('get', '', 'configmaps'))
    .roleBinding('a/b', 'Role/r', sa('a/bot'))
    .pod('a/other');

tablesOf('unused-account', {
  finds: [
    ['an account with rights', world(), ['low ServiceAccount a/bot']],
    ['one whose pods have ended', world().pod('a/one', { serviceAccount: 'bot', phase: 'Succeeded' }), ['low ServiceAccount a/bot']],
    [
      'one of the same name elsewhere',
      world().serviceAccount('z/bot').pod('z/one', { serviceAccount: 'bot' }),
      ['low ServiceAccount a/bot'],
    ],
    [
      'much to gain',
      world()
        .clusterRole('all', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/all', sa('a/bot')),
      ['medium ServiceAccount a/bot'],
    ],
  ],
  silent: [
    [
      'a world of which no pod was read',
      cluster()
        .serviceAccount('a/bot')
        .role('a/r', rule('get', '', 'configmaps'))
        .roleBinding('a/b', 'Role/r', sa('a/bot')),
    ],
    ['an account that a pod runs as', world().pod('a/one', { serviceAccount: 'bot' })],
    ['a CronJob that runs at night', world().workload('CronJob', 'a/nightly', { serviceAccount: 'bot' })],
    [
      'somebody outside with a token',
      world().secret('a/t', {
        type: 'kubernetes.io/service-account-token',
        metadata: { annotations: { 'kubernetes.io/service-account.name': 'bot' } },
      }),
    ],
    ['an account without rights', cluster().serviceAccount('a/bot')],
    [
      '`default`',
      cluster()
        .serviceAccount('a/default')
        .role('a/r', rule('get', '', 'pods'))
        .roleBinding('a/b', 'Role/r', sa('a/default')),
    ],
    [
      'a controller of the control plane',
      cluster()
        .serviceAccount('kube-system/job-controller')
        .clusterRole('system:controller:job-controller', rule('*', 'batch', 'jobs'))
        .clusterRoleBinding(
          'system:controller:job-controller',
          'ClusterRole/system:controller:job-controller',
          sa('kube-system/job-controller'),
        ),
    ],
  ],
});

test('says where not all bindings are written out', () => {
  const many = Array.from({ length: 12 }).reduce<ReturnType<typeof world>>(
    (fixture, _, place) => fixture.roleBinding(`a/b${place}`, 'Role/r', sa('a/bot')),
    world(),
  );
  const fix = found(many.inventory(), 'unused-account')?.rows.find(({ subject }) => subject.name === 'bot')?.fix;
  expect(fix?.says).toMatch(/^take the account out of its bindings \(the first 10 of 1\d below\), then delete it$/);
  expect(fix?.patches).toHaveLength(11);
});
