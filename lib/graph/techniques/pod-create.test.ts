import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

type Rule = ReturnType<typeof rule>;

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** Namespace a has a service account, a secret and no Pod Security; the cluster has a node. */
const world = (labels = {}): ClusterFixture =>
  cluster()
    .namespace('a', labels)
    .node('n1')
    .serviceAccount('a/bot')
    .secret('a/db')
    .namespace('empty', { [ENFORCE]: 'restricted' });
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('a/r', ...rules).roleBinding('a/rb', 'Role/r', sa('a/bot'));
const inA = (...rules: Rule[]): ClusterFixture => bind(world(), ...rules);
const CREATE = rule('create', '', 'pods');
/** The nodes are conditional: admission webhooks and policies may still say no. */
const of = (subject: string, namespace: string): string[] => [
  `${subject} → all-nodes:* (conditional)`,
  `${subject} → all-secrets:${namespace}`,
  `${subject} → all-service-accounts:${namespace}`,
];
const WITHOUT_NODES = of('sa:a/bot', 'a').slice(1);
/** A second namespace, with or without Pod Security, and the right in both. */
const everywhere = (a: string, b: string): ClusterFixture =>
  cluster()
    .namespace('a', { [ENFORCE]: a })
    .namespace('b', { [ENFORCE]: b })
    .node('n1')
    .serviceAccount('a/bot')
    .secret('b/db')
    .clusterRole('r', CREATE)
    .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));

const finds: [string, ClusterFixture, string[]][] = [
  ...['pods', 'replicationcontrollers'].map((kind): [string, ClusterFixture, string[]] => [
    kind,
    inA(rule('create', '', kind)),
    of('sa:a/bot', 'a'),
  ]),
  ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((kind): [string, ClusterFixture, string[]] => [
    `${kind}.apps`,
    inA(rule('create', 'apps', kind)),
    of('sa:a/bot', 'a'),
  ]),
  ...['jobs', 'cronjobs'].map((kind): [string, ClusterFixture, string[]] => [
    `${kind}.batch`,
    inA(rule('create', 'batch', kind)),
    of('sa:a/bot', 'a'),
  ]),
  [
    'a RoleBinding to a ClusterRole',
    world().clusterRole('r', CREATE).roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
    of('sa:a/bot', 'a'),
  ],
  ['a ClusterRoleBinding', everywhere('privileged', 'privileged'), of('sa:a/bot', '*')],
  ['verb *', inA(rule('*', '', 'pods')), of('sa:a/bot', 'a')],
  ['group *', inA(rule('create', '*', 'jobs')), of('sa:a/bot', 'a')],
  ['resource *', inA(rule('create', 'batch', '*')), of('sa:a/bot', 'a')],
  ['a group subject', world().role('a/r', CREATE).roleBinding('a/rb', 'Role/r', group('dev')), of('group:dev', 'a')],
  [
    'a User that names a service account',
    world().role('a/r', CREATE).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    of('sa:a/bot', 'a'),
  ],
  ['several kinds, one edge each', inA(CREATE, rule('create', 'apps,batch', 'deployments,jobs')), of('sa:a/bot', 'a')],
  ['Pod Security says privileged', bind(world({ [ENFORCE]: 'privileged' }), CREATE), of('sa:a/bot', 'a')],
  [
    'Pod Security only warns and audits',
    bind(world({ 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'baseline' }), CREATE),
    of('sa:a/bot', 'a'),
  ],
  ['Pod Security baseline closes the nodes', bind(world({ [ENFORCE]: 'baseline' }), CREATE), WITHOUT_NODES],
  ['Pod Security restricted closes the nodes', bind(world({ [ENFORCE]: 'restricted' }), CREATE), WITHOUT_NODES],
  ['everywhere, and one namespace is open', everywhere('restricted', 'privileged'), of('sa:a/bot', '*')],
  ['everywhere, and no namespace is open', everywhere('restricted', 'baseline'), of('sa:a/bot', '*').slice(1)],
  ['a level that Pod Security does not know counts as restricted', bind(world({ [ENFORCE]: 'Privileged' }), CREATE), WITHOUT_NODES],
];

const silent: [string, ClusterFixture][] = [
  ['the clause split over two rules', inA(rule('create', '', 'services'), rule('get', '', 'pods'))],
  ['a controller in the core group', inA(rule('create', '', 'deployments,daemonsets,statefulsets,replicasets,jobs,cronjobs'))],
  ['a pod in apps and batch', inA(rule('create', 'apps,batch', 'pods,replicationcontrollers'))],
  [
    'a Job in apps, a Deployment in batch',
    inA(rule('create', 'apps', 'jobs,cronjobs'), rule('create', 'batch', 'deployments,statefulsets')),
  ],
  ['the extensions group, gone since 1.16', inA(rule('create', 'extensions', 'deployments,daemonsets,replicasets'))],
  [
    'subresources',
    inA(
      rule('create', '', 'pods/exec,pods/binding,pods/eviction,pods/status'),
      rule('create', 'apps', 'deployments/scale,deployments/status'),
    ),
  ],
  ['pods/* is no wildcard', inA(rule('create', '', 'pods/*'))],
  ['*/exec', inA(rule('create', '*', '*/exec,*/scale'))],
  ['resourceNames: a create carries no name', inA(rule('create', '', 'pods', 'web'))],
  ['other verbs', inA(rule('get,list,watch,update,patch,delete,deletecollection', '', 'pods'))],
  ['what runs nothing', inA(rule('create', '', 'services,configmaps,persistentvolumeclaims,podtemplates,serviceaccounts'))],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', CREATE).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a ClusterRoleBinding to a Role', world().role('a/r', CREATE).clusterRoleBinding('crb', 'Role/r', sa('a/bot'))],
  [
    'a service account without a namespace in a ClusterRoleBinding',
    world().clusterRole('r', CREATE).clusterRoleBinding('crb', 'ClusterRole/r', sa('bot')),
  ],
  ['*/pods is a subresource', inA(rule('create', '*', '*/pods'))],
  ['impersonation and binding', inA(rule('bind,escalate,impersonate,use', '*', '*'))],
  ['no rules at all', inA()],
  ['a non-resource rule', inA({ verbs: ['*'], nonResourceURLs: ['*'] })],
  [
    'a namespace that has nothing to take, under Pod Security',
    world().role('empty/r', CREATE).roleBinding('empty/rb', 'Role/r', sa('a/bot')),
  ],
  ['a verb is case-sensitive', inA(rule('Create', '', 'pods'))],
  ['patch deployments, where there are none to patch', inA(rule('patch,update', 'apps', 'deployments'))],
  ['the group split over two rules', inA(rule('create', 'apps', 'pods'), rule('create', '', 'deployments'))],
  ['a role that nobody is bound to', world().role('a/r', CREATE).clusterRole('r', CREATE)],
  ['no apiGroups at all', inA({ verbs: ['create'], apiGroups: [], resources: ['pods'] })],
];

describe('pod-create finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(edgesOf(fixture.inventory(), 'pod-create')).toEqual(edges));
});

describe('pod-create stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(edgesOf(fixture.inventory(), 'pod-create')).toEqual([]));
});

test('evidence names binding, role and rule', () => {
  const evidence = evidenceOf(bind(world({ [ENFORCE]: 'restricted' }), rule('get', '', 'pods'), CREATE).inventory(), 'pod-create');
  expect(new Set(evidence)).toEqual(new Set(['RoleBinding a/rb /subjects/0', 'Role a/r /rules/1']));
});
