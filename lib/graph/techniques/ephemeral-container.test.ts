import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** Namespaces a and b with running pods, closed to privileged ones; c has none that runs. */
const world = (level = 'baseline'): ClusterFixture =>
  cluster()
    .namespace('a', { [ENFORCE]: level })
    .namespace('b', { [ENFORCE]: 'restricted' })
    .node('n1')
    .node('n2')
    .serviceAccount('a/bot')
    .pod('a/web')
    .pod('a/db')
    .pod('b/web')
    .pod('c/migration', { phase: 'Failed' });
const { inA, everywhere } = holding(world);
const open = (...rules: Rule[]): ClusterFixture =>
  world('privileged')
    .role('a/r', ...rules)
    .roleBinding('a/rb', 'Role/r', sa('a/bot'));
const DEBUG = rule('patch', '', 'pods/ephemeralcontainers');
const HOST_PID = { spec: { hostPID: true } };
const ALL_OF_A = ['sa:a/bot → all-pods:a'];

const finds: Finds = [
  ['patch', inA(DEBUG), ALL_OF_A],
  ['update', inA(rule('update', '', 'pods/ephemeralcontainers')), ALL_OF_A],
  ['a RoleBinding to a ClusterRole', world().clusterRole('r', DEBUG).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')), ALL_OF_A],
  [
    'a ClusterRoleBinding, where Pod Security refuses some of the pods as they are',
    everywhere(DEBUG),
    ['sa:a/bot → all-pods:* (conditional)'],
  ],
  ['verb *', inA(rule('*', '', 'pods/ephemeralcontainers')), ALL_OF_A],
  ['group *', inA(rule('patch', '*', 'pods/ephemeralcontainers')), ALL_OF_A],
  ['resource * covers subresources', inA(rule('patch', '', '*')), ALL_OF_A],
  ['*/ephemeralcontainers', inA(rule('patch', '', '*/ephemeralcontainers')), ALL_OF_A],
  ['a group subject', world().role('a/r', DEBUG).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → all-pods:a']],
  [
    'a User that names a service account',
    world().role('a/r', DEBUG).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:b:bot')),
    ['sa:b/bot → all-pods:a'],
  ],
  ['resourceNames', inA(rule('patch', '', 'pods/ephemeralcontainers', 'web')), ['sa:a/bot → pod:a/web']],
  ['the nodes of the pods, where privileged ones are let in', open(DEBUG), ['sa:a/bot → all-nodes:a', 'sa:a/bot → all-pods:a']],
  ['the node of the one pod', open(rule('patch', '', 'pods/ephemeralcontainers', 'web')), ['sa:a/bot → node:n1', 'sa:a/bot → pod:a/web']],
  [
    'a webhook about this subresource',
    open(DEBUG).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
      name: 'guard.example.com',
      rules: [{ operations: ['UPDATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods/ephemeralcontainers'] }],
    }),
    ['sa:a/bot → all-nodes:a (conditional)', 'sa:a/bot → all-pods:a (conditional)'],
  ],
  [
    'a webhook about new pods is not asked',
    open(DEBUG).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
      name: 'guard.example.com',
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    }),
    ['sa:a/bot → all-nodes:a', 'sa:a/bot → all-pods:a'],
  ],
  [
    'everywhere: n2 has no pod of a namespace that lets it in',
    world('privileged').clusterRole('r', DEBUG).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['sa:a/bot → all-nodes:* (conditional)', 'sa:a/bot → all-pods:* (conditional)'],
  ],
  [
    'everywhere, and such a pod on every node',
    world('privileged').pod('a/agent', { node: 'n2' }).clusterRole('r', DEBUG).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    ['sa:a/bot → all-nodes:*', 'sa:a/bot → all-pods:* (conditional)'],
  ],
  ['one of the pods is such as Pod Security would refuse now', inA(DEBUG).pod('a/old', HOST_PID), ['sa:a/bot → all-pods:a (conditional)']],
  [
    'one of the pods is such by an annotation, and otherwise as the others',
    inA(DEBUG).pod('a/odd', { metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' } } }),
    ['sa:a/bot → all-pods:a (conditional)'],
  ],
  ['named, and another one is', inA(rule('patch', '', 'pods/ephemeralcontainers', 'web')).pod('a/old', HOST_PID), ['sa:a/bot → pod:a/web']],
  ['such a pod of another namespace', inA(DEBUG).pod('b/old', HOST_PID), ALL_OF_A],
  ['such a pod that has ended', inA(DEBUG).pod('a/old', { ...HOST_PID, phase: 'Failed' }), ALL_OF_A],
  [
    'in a user namespace a privileged container has nothing of the node',
    world('privileged')
      .pod('d/web', { spec: { hostUsers: false } })
      .namespace('d', { [ENFORCE]: 'privileged' })
      .role('d/r', DEBUG)
      .roleBinding('d/rb', 'Role/r', sa('a/bot')),
    ['sa:a/bot → all-pods:d'],
  ],
];

const silent: Silent = [
  [
    'a pod that Pod Security would refuse now: it is judged whole',
    inA(rule('patch', '', 'pods/ephemeralcontainers', 'old')).pod('a/old', HOST_PID),
  ],
  ['every pod of the namespace is such', world().role('b/r', DEBUG).roleBinding('b/rb', 'Role/r', sa('a/bot'))],
  [
    'a static pod takes no debug container',
    world('privileged')
      .pod('s/static', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } })
      .role('s/r', DEBUG)
      .roleBinding('s/rb', 'Role/r', sa('a/bot')),
  ],
  ['the clause split over two rules', inA(rule('patch', '', 'pods'), rule('get', '', 'pods/ephemeralcontainers'))],
  ['the pod without the subresource: the field is immutable there', inA(rule('patch,update', '', 'pods'))],
  ['another subresource', inA(rule('patch,update', '', 'pods/status,pods/exec'))],
  ['pods/* is no wildcard', inA(rule('patch', '', 'pods/*'))],
  ['another API group', inA(rule('patch', 'apps', 'pods/ephemeralcontainers'))],
  ['create and get', inA(rule('create,get,list,delete', '', 'pods/ephemeralcontainers'))],
  ['a namespace without pods that run', world().role('c/r', DEBUG).roleBinding('c/rb', 'Role/r', sa('a/bot'))],
  [
    'a pod that has ended, by name',
    world()
      .role('c/r', rule('patch', '', '*/ephemeralcontainers', 'migration'))
      .roleBinding('c/rb', 'Role/r', sa('a/bot')),
  ],
  ['resourceNames naming another object', inA(rule('patch', '', 'pods/ephemeralcontainers', 'api'))],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', DEBUG).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  [
    'a service account without a namespace in a ClusterRoleBinding',
    world().clusterRole('r', DEBUG).clusterRoleBinding('crb', 'ClusterRole/r', sa('bot')),
  ],
];

tables('ephemeral-container', { finds, silent });

test('evidence of a cluster-wide right', () => {
  expect(evidenceOf(everywhere(DEBUG).inventory(), 'ephemeral-container')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
  ]);
});

test("the nodes of a namespace's pods contain each of them, and no other", () => {
  expect(edgesOf(open(DEBUG).inventory(), 'contains').filter((edge) => edge.startsWith('all-nodes:a'))).toEqual(['all-nodes:a → node:n1']);
});

test('evidence for the node names the label that lets the container in', () => {
  expect(evidenceOf(open(DEBUG).inventory(), 'ephemeral-container')).toContain(
    'Namespace a /metadata/labels/pod-security.kubernetes.io~1enforce',
  );
});
