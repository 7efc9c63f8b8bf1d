import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import type { NodeId } from '../model.ts';
import { edgeAt, techniqueAt } from '../read.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

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
/** Without a label the nodes are conditional: a file of the API server, which no API shows, may enforce a level by default. */
const of = (subject: string, namespace: string): string[] => [
  `${subject} → all-nodes:* (conditional)`,
  `${subject} → all-secrets:${namespace}`,
  `${subject} → all-service-accounts:${namespace}`,
];
const WITHOUT_NODES = of('sa:a/bot', 'a').slice(1);
/** Nothing else is asked: the label lets everything in. */
const SURELY = ['sa:a/bot → all-nodes:*', ...WITHOUT_NODES];
const MAYBE = SURELY.map((edge) => `${edge} (conditional)`);
const PRIVILEGED = { [ENFORCE]: 'privileged' };
const open = (...rules: Rule[]): ClusterFixture => bind(world(PRIVILEGED), ...(rules.length === 0 ? [CREATE] : rules));
const DEPLOY = rule('create', 'apps', 'deployments');
const JOB = rule('create', 'batch', 'jobs');
const BLUE = { matchLabels: { colour: 'blue' } };
const ofApps = (resource: string, operation = 'CREATE'): object => ({
  rules: [{ operations: [operation], apiGroups: ['apps'], apiVersions: ['v1'], resources: [resource] }],
});
const ofGuard = (more: object = {}): object => ({
  name: 'guard.example.com',
  clientConfig: { service: { namespace: 'guard', name: 'guard' } },
  rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
  ...more,
});
const guard = (
  fixture: ClusterFixture,
  more: object = {},
  kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration' = 'ValidatingWebhookConfiguration',
): ClusterFixture => fixture.webhookConfiguration(kind, 'guard', ofGuard(more) as Rule);
const onEks = (fixture: ClusterFixture): ClusterFixture =>
  fixture.about({ issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC' }).aws({
    cluster: {
      name: 'prod',
      arn: 'arn:aws:eks:eu-west-1:111111111111:cluster/prod',
      identity: { oidc: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC' } },
    },
  });
const policy = (fixture: ClusterFixture, action: string): ClusterFixture =>
  fixture
    .add({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'no-root' },
      spec: {
        matchConstraints: { resourceRules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }] },
      },
    })
    .add({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'b' },
      spec: { policyName: 'no-root', validationActions: [action] },
    });
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

const finds: Finds = [
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
  ['a ClusterRoleBinding', everywhere('privileged', 'privileged'), ['sa:a/bot → all-nodes:*', ...of('sa:a/bot', '*').slice(1)]],
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
  ['Pod Security says privileged', open(), SURELY],
  [
    'an enforce-version alone is no level',
    bind(world({ 'pod-security.kubernetes.io/enforce-version': 'v1.25' }), CREATE),
    of('sa:a/bot', 'a'),
  ],
  [
    'one namespace that may let it in and one that does: the surer counts',
    open().namespace('0').role('0/r', CREATE).roleBinding('0/rb', 'Role/r', sa('a/bot')),
    SURELY,
  ],
  ['a webhook that is asked about pods there', guard(open()), MAYBE],
  [
    'a webhook that is asked about namespaces of another label',
    guard(open(), { namespaceSelector: { matchLabels: { team: 'x' } } }),
    SURELY,
  ],
  [
    'a webhook whose pods the author can choose not to make',
    guard(open(), { objectSelector: { matchLabels: { inject: 'true' } } }),
    SURELY,
  ],
  ['deployments alone, and a webhook that is asked about those', guard(open(DEPLOY), ofApps('deployments')), MAYBE],
  ['deployments alone, and one that is asked about all of apps', guard(open(DEPLOY), ofApps('*')), MAYBE],
  ['deployments alone, and one that is asked about changes of those', guard(open(DEPLOY), ofApps('deployments', 'UPDATE')), SURELY],
  ['deployments alone, and one that is asked about daemon sets', guard(open(DEPLOY), ofApps('daemonsets')), SURELY],
  [
    'deployments alone, of labels that the author can choose',
    guard(open(DEPLOY), { ...ofApps('deployments'), objectSelector: BLUE }),
    SURELY,
  ],
  ['deployments and jobs, and one that is asked about deployments', guard(open(DEPLOY, JOB), ofApps('deployments')), SURELY],
  ['deployments and pods, and one that is asked about deployments', guard(open(DEPLOY, CREATE), ofApps('deployments')), SURELY],
  ['a mutating webhook, which injects', guard(open(), {}, 'MutatingWebhookConfiguration'), SURELY],
  ['a policy that denies', policy(open(), 'Deny'), MAYBE],
  ['a policy that warns', policy(open(), 'Warn'), SURELY],
  [
    'a constraint of Gatekeeper',
    open().add({ apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind: 'K8sAllowedRepos', metadata: { name: 'c' }, spec: {} }),
    MAYBE,
  ],
  ['no label on EKS, where nobody can give the API server a file', onEks(bind(world(), CREATE)), SURELY],
  [
    'before 1.23 labels decide nothing, and PodSecurityPolicies may',
    bind(world({ [ENFORCE]: 'restricted' }), CREATE).about({ version: 'v1.22.3' }),
    of('sa:a/bot', 'a'),
  ],
  ['before 1.25 PodSecurityPolicies may', open().about({ version: 'v1.24.0' }), of('sa:a/bot', 'a')],
  [
    'on OpenShift its constraints decide',
    open().add({
      apiVersion: 'security.openshift.io/v1',
      kind: 'SecurityContextConstraints',
      metadata: { name: 'restricted-v2' },
      users: [],
      groups: [],
    }),
    of('sa:a/bot', 'a'),
  ],
  [
    'a cluster-wide right that is certain, beside one that is not',
    bind(everywhere('restricted', 'privileged'), CREATE),
    ['sa:a/bot → all-nodes:*', ...of('sa:a/bot', '*').slice(1), 'sa:a/bot → all-service-accounts:a'],
  ],
  [
    'Pod Security only warns and audits',
    bind(world({ 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'baseline' }), CREATE),
    of('sa:a/bot', 'a'),
  ],
  ['Pod Security baseline closes the nodes', bind(world({ [ENFORCE]: 'baseline' }), CREATE), WITHOUT_NODES],
  ['Pod Security restricted closes the nodes', bind(world({ [ENFORCE]: 'restricted' }), CREATE), WITHOUT_NODES],
  [
    'everywhere, and one namespace is open',
    everywhere('restricted', 'privileged'),
    ['sa:a/bot → all-nodes:*', ...of('sa:a/bot', '*').slice(1)],
  ],
  ['everywhere, and no namespace is open', everywhere('restricted', 'baseline'), of('sa:a/bot', '*').slice(1)],
  ['a level that Pod Security does not know counts as restricted', bind(world({ [ENFORCE]: 'Privileged' }), CREATE), WITHOUT_NODES],
];

const silent: Silent = [
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

tables('pod-create', { finds, silent });

test('evidence names binding, role and rule', () => {
  const evidence = evidenceOf(bind(world({ [ENFORCE]: 'restricted' }), rule('get', '', 'pods'), CREATE).inventory(), 'pod-create');
  expect(new Set(evidence)).toEqual(new Set(['RoleBinding a/rb /subjects/0', 'Role a/r /rules/1']));
});

test('evidence names the label of the namespace and what may still refuse the pod', () => {
  const evidence = evidenceOf(guard(open()).inventory(), 'pod-create');
  expect(evidence).toContain('Namespace a /metadata/labels/pod-security.kubernetes.io~1enforce');
  expect(evidence).toContain('ValidatingWebhookConfiguration guard /metadata/name');
});

test('what it hangs on is said, of each edge its own', () => {
  const graph = buildGraph(guard(bind(world(), CREATE)).inventory());
  const said = new Map(
    [...Array(graph.edges.count).keys()]
      .filter((edge) => techniqueAt(graph, edge) === 'pod-create')
      .map((edge) => [edgeAt(graph, edge).to, graph.explain(edge).hangsOn]),
  );
  expect(said.get('all-secrets:a' as NodeId)).toBe('webhook guard.example.com letting it in: named here, not evaluated');
  expect(said.get('all-nodes:*' as NodeId)).toBe(
    "the API server's configuration file enforcing no Pod Security level where a namespace has no label; no API tells; webhook guard.example.com letting it in: named here, not evaluated",
  );
});

test('taking the subject out of the binding closes every edge', () => {
  expect(changesOfEdges(open().inventory(), 'pod-create')).toEqual(SURELY.map((edge) => `${edge}: RoleBinding/a/rb/subjects/0`));
});
