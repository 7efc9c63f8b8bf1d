import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** Namespace a has a service account and a secret; what controllers there are, the row says. */
const world = (kind = 'Deployment', labels = {}): ClusterFixture =>
  cluster()
    .namespace('a', labels)
    .namespace('b')
    .node('n1')
    .serviceAccount('a/bot')
    .secret('a/db')
    .serviceAccount('b/bot')
    .secret('b/db')
    .workload(kind, 'a/web');
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('a/r', ...rules).roleBinding('a/rb', 'Role/r', sa('a/bot'));
const inA = (...rules: Rule[]): ClusterFixture => bind(world(), ...rules);
const PATCH = rule('patch', 'apps', 'deployments');
/** The nodes are conditional: admission webhooks and policies may still say no. */
const of = (subject: string, namespace = 'a'): string[] => [
  `${subject} → all-nodes:* (conditional)`,
  `${subject} → all-secrets:${namespace}`,
  `${subject} → all-service-accounts:${namespace}`,
];
const BOT = of('sa:a/bot');
const everywhere = (fixture: ClusterFixture): ClusterFixture =>
  fixture.clusterRole('r', PATCH).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));

const finds: Finds = [
  ['patch a Deployment', inA(PATCH), BOT],
  ['update a Deployment', inA(rule('update', 'apps', 'deployments')), BOT],
  ['a StatefulSet', bind(world('StatefulSet'), rule('patch', 'apps', 'statefulsets')), BOT],
  ['a DaemonSet', bind(world('DaemonSet'), rule('patch', 'apps', 'daemonsets')), BOT],
  ['a ReplicaSet', bind(world('ReplicaSet'), rule('patch', 'apps', 'replicasets')), BOT],
  ['a CronJob', bind(world('CronJob'), rule('patch', 'batch', 'cronjobs')), BOT],
  ['a ReplicationController', bind(world('ReplicationController'), rule('patch', '', 'replicationcontrollers')), BOT],
  ['verb *', inA(rule('*', 'apps', 'deployments')), BOT],
  ['group *', inA(rule('patch', '*', 'deployments')), BOT],
  ['resource *', inA(rule('patch', 'apps', '*')), BOT],
  ['a RoleBinding to a ClusterRole', world().clusterRole('r', PATCH).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')), BOT],
  ['a group subject', world().role('a/r', PATCH).roleBinding('a/rb', 'Role/r', group('dev')), of('group:dev')],
  [
    'a User that names a service account',
    world().role('a/r', PATCH).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    BOT,
  ],
  [
    'resourceNames of one that exists: the template is writable, so every service account',
    inA(rule('patch', 'apps', 'deployments', 'gone,web')),
    BOT,
  ],
  ['everywhere, and controllers in both namespaces', everywhere(world().workload('Deployment', 'b/api')), of('sa:a/bot', '*')],
  ['Pod Security closes the nodes', bind(world('Deployment', { [ENFORCE]: 'baseline' }), PATCH), BOT.slice(1)],
];

const silent: Silent = [
  ['the clause split over two rules', inA(rule('patch', 'apps', 'statefulsets'), rule('get', 'apps', 'deployments'))],
  ['the group split over two rules', inA(rule('patch', '', 'deployments'), rule('patch', 'apps', 'pods'))],
  ['no object of that kind', inA(rule('patch', 'apps', 'statefulsets,daemonsets,replicasets'))],
  [
    'no object of that kind anywhere',
    world()
      .clusterRole('r', rule('update', 'apps', 'daemonsets'))
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['no object in that namespace', world().role('b/r', PATCH).roleBinding('b/rb', 'Role/r', sa('a/bot'))],
  ['resourceNames naming another object', inA(rule('patch', 'apps', 'deployments', 'api'))],
  ["resourceNames naming another kind's object", bind(world('StatefulSet'), rule('patch', 'apps', 'deployments', 'web'))],
  ["resourceNames naming another namespace's object", inA(rule('patch', 'apps', 'deployments', 'api')).workload('Deployment', 'b/api')],
  ['subresources', inA(rule('patch,update', 'apps', 'deployments/scale,deployments/status'))],
  ['*/scale', inA(rule('patch,update', '*', '*/scale'))],
  ['deployments/* is no wildcard', inA(rule('patch', 'apps', 'deployments/*'))],
  ['another API group', inA(rule('patch', 'extensions,batch', 'deployments'))],
  ['a CronJob in apps', bind(world('CronJob'), rule('patch', 'apps', 'cronjobs'))],
  ["a Job's template is immutable", bind(world('Job'), rule('patch,update', 'batch', 'jobs'))],
  ['other verbs', inA(rule('create,get,list,watch,delete,deletecollection', 'apps', 'deployments'))],
  ['pods', inA(rule('patch', '', 'pods'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', PATCH).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('workload-patch', { finds, silent });

test('a right everywhere reaches no namespace without a controller', () => {
  expect(edgesOf(everywhere(world()).inventory(), 'workload-patch')).toEqual(BOT);
});

test('evidence names binding, role and rule', () => {
  const evidence = evidenceOf(inA(rule('get', '', 'pods'), PATCH).inventory(), 'workload-patch');
  expect(evidence).toContain('RoleBinding a/rb /subjects/0');
  expect(evidence).toContain('Role a/r /rules/1');
  expect(evidence).not.toContain('Role a/r /rules/0');
});

describe('a right everywhere, and many namespaces', () => {
  /** Nine namespaces with a Deployment, of which the last alone lets privileged pods in, and one without. */
  const many = (): ClusterFixture => {
    const fixture = cluster().node('n1').serviceAccount('a/bot').secret('a/db');
    for (let index = 1; index <= 9; index += 1)
      fixture
        .namespace(`n${index}`, { [ENFORCE]: index === 9 ? 'privileged' : 'restricted' })
        .serviceAccount(`n${index}/web`)
        .workload('Deployment', `n${index}/web`);
    return everywhere(fixture.secret('n1/db'));
  };

  test('is told of what stands for them: subjects are not multiplied by namespaces', () => {
    expect(edgesOf(many().inventory(), 'workload-patch')).toEqual([
      'sa:a/bot → all-nodes:*',
      'sa:a/bot → all-secrets:with/deployment',
      'sa:a/bot → all-service-accounts:with/deployment',
    ]);
  });

  test('which contains those of each, and of no other', () => {
    const edges = edgesOf(many().inventory(), 'contains').filter((edge) => edge.includes(':with/deployment →'));
    expect(edges.filter((edge) => edge.startsWith('all-secrets'))).toEqual(['all-secrets:with/deployment → all-secrets:n1']);
    expect(edges.filter((edge) => edge.startsWith('all-service-accounts'))).toEqual(
      Array.from({ length: 9 }, (_, index) => `all-service-accounts:with/deployment → all-service-accounts:n${index + 1}`),
    );
  });

  test('each namespace is still told where the right names the controller', () => {
    const named = many()
      .clusterRole('q', rule('patch', 'apps', 'deployments', 'web'))
      .clusterRoleBinding('q', 'ClusterRole/q', sa('n1/web'));
    expect(edgesOf(named.inventory(), 'workload-patch').filter((edge) => edge.startsWith('sa:n1/web → all-service'))).toHaveLength(9);
  });
});

describe('a webhook that is asked', () => {
  const SURELY = ['sa:a/bot → all-nodes:*', ...BOT.slice(1)];
  const MAYBE = SURELY.map((edge) => `${edge} (conditional)`);
  const guarded = (operation: string, apiGroup: string, resource: string, fixture = world('Deployment', { [ENFORCE]: 'privileged' })) =>
    bind(fixture, PATCH, rule('patch', 'apps', 'statefulsets')).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
      name: 'guard.example.com',
      rules: [{ operations: [operation], apiGroups: [apiGroup], apiVersions: ['v1'], resources: [resource] }],
    });
  test.each([
    ['about new pods', guarded('CREATE', '', 'pods'), MAYBE],
    ['about changes of deployments', guarded('UPDATE', 'apps', 'deployments'), MAYBE],
    ['about everything in apps', guarded('*', 'apps', '*'), MAYBE],
    ['about new deployments', guarded('CREATE', 'apps', 'deployments'), SURELY],
    ['about changes of stateful sets, of which there are none', guarded('UPDATE', 'apps', 'statefulsets'), SURELY],
    ['about the scale of deployments', guarded('UPDATE', 'apps', 'deployments/scale'), SURELY],
    [
      'about changes of deployments, and there is a stateful set',
      guarded('UPDATE', 'apps', 'deployments', world('Deployment', { [ENFORCE]: 'privileged' }).workload('StatefulSet', 'a/db')),
      SURELY,
    ],
  ])('%s', (_name, fixture, edges) => expect(edgesOf(fixture.inventory(), 'workload-patch')).toEqual(edges));
});

test('the label lets privileged pods in: nothing else is asked', () => {
  expect(edgesOf(bind(world('Deployment', { [ENFORCE]: 'privileged' }), PATCH).inventory(), 'workload-patch')).toEqual([
    'sa:a/bot → all-nodes:*',
    ...BOT.slice(1),
  ]);
});
