import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

/** Namespaces a and b with running pods; c has none that runs. */
const world = (): ClusterFixture =>
  cluster().serviceAccount('a/bot').pod('a/web').pod('a/db').pod('b/web').pod('c/migration', { phase: 'Succeeded' });
const { inA, everywhere } = holding(world);
const PATCH = rule('patch', '', 'pods');
const ALL_OF_A = ['sa:a/bot → all-pods:a'];

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** One pod of the namespace is older than its label. */
const mixed = (names?: string): ClusterFixture =>
  inA(rule('patch', '', 'pods', names))
    .namespace('a', { [ENFORCE]: 'baseline' })
    .pod('a/old', { spec: { hostNetwork: true } });
const guarded = (operation: string, resource: string): ClusterFixture =>
  inA(PATCH).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
    name: 'guard.example.com',
    rules: [{ operations: [operation], apiGroups: [''], apiVersions: ['v1'], resources: [resource] }],
  });

const finds: Finds = [
  ['patch', inA(PATCH), ALL_OF_A],
  ['update', inA(rule('update', '', 'pods')), ALL_OF_A],
  ['both, one edge', inA(rule('update', '', 'pods'), PATCH), ALL_OF_A],
  ['a RoleBinding to a ClusterRole', world().clusterRole('r', PATCH).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')), ALL_OF_A],
  ['a ClusterRoleBinding', everywhere(PATCH), ['sa:a/bot → all-pods:*']],
  ['verb *', inA(rule('*', '', 'pods')), ALL_OF_A],
  ['group *', inA(rule('patch', '*', 'pods')), ALL_OF_A],
  ['resource *', inA(rule('patch', '', '*')), ALL_OF_A],
  [
    'a group subject',
    world().role('a/r', PATCH).roleBinding('a/rb', 'Role/r', group('system:authenticated')),
    ['group:system:authenticated → all-pods:a'],
  ],
  [
    'a User that names a service account',
    world().role('a/r', PATCH).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    ALL_OF_A,
  ],
  ['resourceNames', inA(rule('patch', '', 'pods', 'db,gone')), ['sa:a/bot → pod:a/db']],
  ['a webhook that is asked about changes of pods', guarded('UPDATE', 'pods'), ['sa:a/bot → all-pods:a (conditional)']],
  ['a webhook that is asked about new pods', guarded('CREATE', 'pods'), ALL_OF_A],
  ['a webhook that is asked about the status of pods', guarded('*', 'pods/status'), ALL_OF_A],
  ['Pod Security would let the pods in as they are', inA(PATCH).namespace('a', { [ENFORCE]: 'baseline' }), ALL_OF_A],
  ['it would refuse another one', mixed('web,db'), ['sa:a/bot → pod:a/db', 'sa:a/bot → pod:a/web']],
  ['it would refuse one of them', mixed(), ['sa:a/bot → all-pods:a (conditional)']],
  ['resourceNames everywhere', everywhere(rule('update', '', 'pods', 'web')), ['sa:a/bot → pod:a/web', 'sa:a/bot → pod:b/web']],
];

const silent: Silent = [
  ['Pod Security would refuse the pod as it is: a new image has it judged anew', mixed('old')],
  ['Pod Security would refuse every one of them', inA(PATCH).namespace('a', { [ENFORCE]: 'restricted' })],
  ['the clause split over two rules', inA(rule('patch', '', 'services'), rule('get', '', 'pods'))],
  ['subresources that hold no image', inA(rule('patch,update', '', 'pods/status,pods/ephemeralcontainers,pods/resize'))],
  ['pods/* is no wildcard', inA(rule('patch', '', 'pods/*'))],
  ['*/pods is a subresource', inA(rule('patch', '', '*/pods'))],
  ['another API group', inA(rule('patch', 'apps,metrics.k8s.io', 'pods'))],
  ['other verbs', inA(rule('create,delete,deletecollection,get,list,watch', '', 'pods'))],
  ["the controller's template is another technique", inA(rule('patch', 'apps', 'deployments'))],
  ['a namespace without pods that run', world().role('c/r', PATCH).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  [
    'a pod that has ended, by name',
    world()
      .role('c/r', rule('patch', '', 'pods', 'migration'))
      .roleBinding('c/rb', 'Role/r', sa('a/bot')),
  ],
  ['a namespace that has nothing', world().role('d/r', PATCH).roleBinding('d/rb', 'Role/r', sa('a/bot'))],
  ['resourceNames naming another object', inA(rule('patch', '', 'pods', 'api'))],
  [
    "resourceNames naming another namespace's pod",
    world()
      .role('b/r', rule('patch', '', 'pods', 'db'))
      .roleBinding('b/rb', 'Role/r', sa('a/bot')),
  ],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'ClusterRole/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', PATCH).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('pod-patch', { finds, silent });

test('evidence of a named right: the second subject, the third rule, the pod', () => {
  const fixture = world()
    .role('a/r', rule('get', '', 'pods'), rule('get', '', 'secrets'), rule('patch', '', 'pods', 'db'))
    .roleBinding('a/rb', 'Role/r', user('eve'), sa('a/bot'));
  const evidence = evidenceOf(fixture.inventory(), 'pod-patch');
  expect(evidence.slice(2, 4)).toEqual(['RoleBinding a/rb /subjects/1', 'Role a/r /rules/2']);
  expect(evidence.slice(0, 2)).toEqual(['RoleBinding a/rb /subjects/0', 'Role a/r /rules/2']);
});
