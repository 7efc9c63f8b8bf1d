import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { evidenceOf } from '../testing/edges.ts';
import { admissionPolicy, admissionPolicyBinding, podWebhook } from '../testing/extensions.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;
const ADMISSION = 'admissionregistration.k8s.io';
const WEBHOOKS = 'validatingwebhookconfigurations';
const OPEN = { 'pod-security.kubernetes.io/enforce': 'privileged' };
const CREATE = rule('create', '', 'pods');

const base = (labels: Record<string, string> = OPEN): ClusterFixture =>
  cluster().namespace('a', labels).node('n1').serviceAccount('a/bot').secret('a/db');
const guarded = (fixture = base()): ClusterFixture =>
  fixture.webhookConfiguration('ValidatingWebhookConfiguration', 'guard', podWebhook('guard.example.com'));
const policed = (fixture = base()): ClusterFixture =>
  fixture
    .add(admissionPolicy('ValidatingAdmissionPolicy', 'no-root'))
    .add(admissionPolicyBinding('ValidatingAdmissionPolicyBinding', 'no-root-1', 'no-root'));
const kyverno = (fixture = base()): ClusterFixture =>
  fixture.webhookConfiguration('ValidatingWebhookConfiguration', 'kyverno-resource', podWebhook('validate.kyverno.svc-fail')).add({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'no-root' },
    spec: { validationFailureAction: 'Enforce' },
  });
const gatekeeper = (fixture = base()): ClusterFixture =>
  fixture.webhookConfiguration('ValidatingWebhookConfiguration', 'gatekeeper', podWebhook('validation.gatekeeper.sh')).add({
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: 'K8sPSPPrivileged',
    metadata: { name: 'no-root' },
    spec: { enforcementAction: 'deny' },
  });

/** Makes pods in namespace a, and holds these rules cluster-wide. */
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture
    .role('a/pods', CREATE)
    .roleBinding('a/pods', 'Role/pods', sa('a/bot'))
    .clusterRole('weaken', ...rules)
    .clusterRoleBinding('weaken', 'ClusterRole/weaken', sa('a/bot'));

/** Makes deployments alone, and weakens the webhook about pods; another one is asked about a kind of controller. */
const deployer = (resource: string): ClusterFixture =>
  guarded()
    .role('a/deploy', rule('create', 'apps', 'deployments'))
    .roleBinding('a/deploy', 'Role/deploy', sa('a/bot'))
    .clusterRole('weaken', rule('delete', ADMISSION, WEBHOOKS, 'guard'))
    .clusterRoleBinding('weaken', 'ClusterRole/weaken', sa('a/bot'))
    .webhookConfiguration('ValidatingWebhookConfiguration', 'other', {
      ...podWebhook('other.example.com'),
      rules: [{ operations: ['CREATE'], apiGroups: ['apps'], apiVersions: ['v1'], resources: [resource] }],
    });

const FOUND = ['sa:a/bot → all-nodes:*'];
const MAYBE = ['sa:a/bot → all-nodes:* (conditional)'];

const finds: Finds = [
  ...(['update', 'patch', 'delete', 'deletecollection'] as const).map((verb): [string, ClusterFixture, string[]] => [
    `${verb} the webhook`,
    bind(guarded(), rule(verb, ADMISSION, WEBHOOKS)),
    FOUND,
  ]),
  ['the webhook by its name', bind(guarded(), rule('delete', ADMISSION, WEBHOOKS, 'guard')), FOUND],
  ['controllers alone, and one of theirs that stays', deployer('deployments'), MAYBE],
  ['controllers alone, and one of others', deployer('daemonsets'), FOUND],
  ['an admission policy', bind(policed(), rule('patch', ADMISSION, 'validatingadmissionpolicies')), FOUND],
  ['every binding of it', bind(policed(), rule('delete', ADMISSION, 'validatingadmissionpolicybindings', 'no-root-1')), FOUND],
  ['policies of Gatekeeper', bind(gatekeeper(), rule('patch', 'constraints.gatekeeper.sh', 'k8spspprivileged')), FOUND],
  ["Gatekeeper's webhook, whatever its policies are", bind(gatekeeper(), rule('delete', ADMISSION, WEBHOOKS)), FOUND],
  ['policies of Kyverno', bind(kyverno(), rule('patch', 'kyverno.io', 'clusterpolicies')), FOUND],
  ["Kyverno's webhook, which Kyverno writes anew", bind(kyverno(), rule('delete', ADMISSION, WEBHOOKS)), MAYBE],
  ['an exception of Kyverno, where those count', bind(kyverno(), rule('create', 'kyverno.io', 'policyexceptions')), MAYBE],
  [
    'two guards, and both can be taken away',
    bind(policed(guarded()), rule('delete', ADMISSION, `${WEBHOOKS},validatingadmissionpolicies`)),
    FOUND,
  ],
  [
    'a namespace without a label, where the API server itself may have one',
    bind(guarded(base({})), rule('delete', ADMISSION, WEBHOOKS)),
    MAYBE,
  ],
  [
    'the rights from a group and from itself',
    guarded()
      .role('a/pods', CREATE)
      .roleBinding('a/pods', 'Role/pods', sa('a/bot'))
      .clusterRole('weaken', rule('delete', ADMISSION, WEBHOOKS))
      .clusterRoleBinding('weaken', 'ClusterRole/weaken', group('system:serviceaccounts:a')),
    FOUND,
  ],
  [
    'one who makes pods everywhere',
    guarded()
      .clusterRole('r', CREATE, rule('delete', ADMISSION, WEBHOOKS))
      .clusterRoleBinding('r', 'ClusterRole/r', sa('a/bot')),
    FOUND,
  ],
];

const silent: Silent = [
  ['nothing guards pods', bind(base(), rule('delete', ADMISSION, '*'))],
  [
    'Pod Security refuses the pod whatever the webhook says',
    bind(guarded(base({ 'pod-security.kubernetes.io/enforce': 'baseline' })), rule('delete', ADMISSION, WEBHOOKS)),
  ],
  [
    'no right to make pods',
    guarded()
      .clusterRole('r', rule('delete', ADMISSION, WEBHOOKS))
      .clusterRoleBinding('r', 'ClusterRole/r', sa('a/bot')),
  ],
  [
    'pods in a namespace that nothing guards',
    bind(
      base().webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
        ...podWebhook('guard.example.com'),
        namespaceSelector: { matchLabels: { team: 'b' } },
      }),
      rule('delete', ADMISSION, WEBHOOKS),
    ),
  ],
  ['one of two guards stays', bind(policed(guarded()), rule('delete', ADMISSION, WEBHOOKS))],
  ['another name', bind(guarded(), rule('delete', ADMISSION, WEBHOOKS, 'other'))],
  [
    'one of two bindings',
    bind(
      policed().add(admissionPolicyBinding('ValidatingAdmissionPolicyBinding', 'no-root-2', 'no-root')),
      rule('delete', ADMISSION, 'validatingadmissionpolicybindings', 'no-root-1'),
    ),
  ],
  [
    'a mutating webhook',
    bind(
      base().webhookConfiguration('MutatingWebhookConfiguration', 'inject', podWebhook('inject.example.com')),
      rule('delete', ADMISSION, 'mutatingwebhookconfigurations'),
    ),
  ],
  ['mutating rights on a validating webhook', bind(guarded(), rule('delete', ADMISSION, 'mutatingwebhookconfigurations'))],
  ['deletecollection with resourceNames, which carries no name', bind(guarded(), rule('deletecollection', ADMISSION, WEBHOOKS, 'guard'))],
  ['create alone adds a guard', bind(guarded(), rule('create', ADMISSION, WEBHOOKS))],
  ['reading', bind(guarded(), rule('get,list,watch', ADMISSION, WEBHOOKS))],
  ['another group', bind(guarded(), rule('delete', 'apps', WEBHOOKS))],
  ['a subresource', bind(guarded(), rule('patch', ADMISSION, `${WEBHOOKS}/status`))],
  [
    'the webhook by a RoleBinding',
    guarded()
      .role('a/pods', CREATE)
      .roleBinding('a/pods', 'Role/pods', sa('a/bot'))
      .clusterRole('w', rule('delete', ADMISSION, WEBHOOKS))
      .roleBinding('a/w', 'ClusterRole/w', sa('a/bot')),
  ],
  ['a policy of another kind', bind(gatekeeper(), rule('patch', 'constraints.gatekeeper.sh', 'k8srequiredlabels'))],
  ['a cluster without nodes', bind(guarded(cluster().namespace('a', OPEN).serviceAccount('a/bot')), rule('delete', ADMISSION, WEBHOOKS))],
  [
    'a binding whose role does not exist',
    guarded()
      .role('a/pods', CREATE)
      .roleBinding('a/pods', 'Role/pods', sa('a/bot'))
      .clusterRoleBinding('weaken', 'ClusterRole/weaken', sa('a/bot')),
  ],
];

tables('policy-weaken', { finds, silent });

test('evidence names both rights and the guard; either binding closes it', () => {
  const inventory = bind(guarded(), rule('delete', ADMISSION, WEBHOOKS)).inventory();
  expect(evidenceOf(inventory, 'policy-weaken')).toEqual([
    'RoleBinding a/pods /subjects/0',
    'Role a/pods /rules/0',
    'ClusterRoleBinding weaken /subjects/0',
    'ClusterRole weaken /rules/0',
    'ValidatingWebhookConfiguration guard /metadata/name',
    'Namespace a /metadata/labels/pod-security.kubernetes.io~1enforce',
  ]);
  const graph = buildGraph(inventory);
  const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === 'policy-weaken') as number;
  expect(graph.changes(edge)).toEqual(['RoleBinding/a/pods/subjects/0', 'ClusterRoleBinding//weaken/subjects/0']);
});
