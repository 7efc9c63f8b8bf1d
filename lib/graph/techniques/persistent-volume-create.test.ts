import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holdingBoth } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const world = (level = 'privileged'): ClusterFixture =>
  cluster()
    .node('n1')
    .namespace('a', { [ENFORCE]: level })
    .serviceAccount('a/bot');
const VOLUME = rule('create', '', 'persistentvolumes');
const CREATE = rule('create', '', 'pods');
const guard = (resource: string): Rule => ({
  name: 'guard.example.com',
  namespaceSelector: { matchLabels: { none: 'such' } },
  rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: [resource] }],
});
const EDGE = ['sa:a/bot → all-nodes:*'];
const MAYBE = ['sa:a/bot → all-nodes:* (conditional)'];

const scoped = (scope: string): ClusterFixture =>
  holdingBoth(world(), VOLUME, CREATE).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
    name: 'guard.example.com',
    namespaceSelector: { matchLabels: { none: 'such' } },
    rules: [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], scope }],
  });

const finds: Finds = [
  ['where privileged pods are let in', holdingBoth(world(), VOLUME, CREATE), EDGE],
  ['where Pod Security refuses them: it sees a claim', holdingBoth(world('restricted'), VOLUME, CREATE), MAYBE],
  ['at baseline', holdingBoth(world('baseline'), VOLUME, CREATE), MAYBE],
  ['a controller', holdingBoth(world(), VOLUME, rule('create', 'batch', 'cronjobs')), EDGE],
  ['no right to make claims is needed: a pod brings its own', holdingBoth(world(), VOLUME, CREATE), EDGE],
  ['before 1.21 it does not', holdingBoth(world(), VOLUME, CREATE).about({ version: 'v1.20.0' }), MAYBE],
  ['the version is not known', holdingBoth(world(), VOLUME, CREATE).about({}), MAYBE],
  ['resource * of the core group', holdingBoth(world(), rule('create', '', '*'), CREATE), EDGE],
  ['both cluster-wide', world().clusterRole('w', VOLUME, CREATE).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot')), EDGE],
  ['a group', world().clusterRole('w', VOLUME, CREATE).clusterRoleBinding('w', 'ClusterRole/w', group('dev')), ['group:dev → all-nodes:*']],
  [
    'a webhook about volumes is asked whatever namespaces it selects',
    holdingBoth(world(), VOLUME, CREATE).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', guard('persistentvolumes')),
    MAYBE,
  ],
  [
    'a webhook about the controller that is all that can be made',
    holdingBoth(world(), VOLUME, rule('create', 'batch', 'cronjobs')).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
      name: 'guard.example.com',
      rules: [{ operations: ['CREATE'], apiGroups: ['batch'], apiVersions: ['v1'], resources: ['cronjobs'] }],
    }),
    MAYBE,
  ],
  ['a webhook about what lies in no namespace', scoped('Cluster'), MAYBE],
  ['a webhook about what lies in a namespace, but for pods', scoped('Namespaced'), EDGE],
  [
    'a webhook about claims is not',
    holdingBoth(world(), VOLUME, CREATE).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', guard('persistentvolumeclaims')),
    EDGE,
  ],
];

const silent: Silent = [
  ['volumes alone', world().clusterRole('w', VOLUME).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot'))],
  ['pods alone', world().clusterRole('w', CREATE).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot'))],
  ['a RoleBinding gives nothing cluster-wide', world().role('a/r', VOLUME, CREATE).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a RoleBinding to a ClusterRole neither', world().clusterRole('w', VOLUME, CREATE).roleBinding('a/rb', 'ClusterRole/w', sa('a/bot'))],
  ['claims are no volumes', holdingBoth(world(), rule('create', '', 'persistentvolumeclaims'), CREATE)],
  ['another API group', holdingBoth(world(), rule('create', 'storage.k8s.io', 'persistentvolumes'), CREATE)],
  ['a subresource', holdingBoth(world(), rule('create', '', 'persistentvolumes/status'), CREATE)],
  ['resourceNames: a create carries no name', holdingBoth(world(), rule('create', '', 'persistentvolumes', 'pv'), CREATE)],
  ['changing volumes: their source may not change', holdingBoth(world(), rule('update,patch', '', 'persistentvolumes'), CREATE)],
  [
    'the clause split over two rules',
    world()
      .clusterRole('w', rule('create', '', 'configmaps'), rule('get', '', 'persistentvolumes'), CREATE)
      .clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot')),
  ],
  ['pods by name', holdingBoth(world(), VOLUME, rule('create', '', 'pods', 'web'))],
  ['a binding whose role does not exist', holdingBoth(world(), CREATE, CREATE).clusterRoleBinding('gone', 'ClusterRole/gone', sa('a/bot'))],
  [
    'the parts held by two subjects',
    world()
      .clusterRole('w', VOLUME)
      .clusterRoleBinding('w', 'ClusterRole/w', sa('a/other'))
      .role('a/r', CREATE)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  ['no nodes', holdingBoth(cluster().namespace('a'), VOLUME, CREATE)],
];

tables('persistent-volume-create', { finds, silent });

test('evidence names both rules', () => {
  expect(evidenceOf(holdingBoth(world('restricted'), VOLUME, CREATE).inventory(), 'persistent-volume-create')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole wide /rules/0',
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
  ]);
});

test('either part closes it', () => {
  expect(changesOfEdges(holdingBoth(world(), VOLUME, CREATE).inventory(), 'persistent-volume-create')).toEqual([
    'sa:a/bot → all-nodes:*: ClusterRoleBinding//crb/subjects/0, RoleBinding/a/rb/subjects/0',
  ]);
});
