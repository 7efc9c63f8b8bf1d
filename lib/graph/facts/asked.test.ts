import { describe, expect, test } from 'vitest';
import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import type { TechniqueId } from '../kinds.ts';
import { edgeAt } from '../read.ts';
import { crd } from '../testing/extensions.ts';
import { holding } from '../testing/holding.ts';

type Json = Record<string, unknown>;

const RBAC = 'rbac.authorization.k8s.io';
const ALL = { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] };

/** Namespaces a (team x) and b (team y), with running pods each, on a version whose WebSockets ask for `create`. */
const world = (ofA: Json = {}, ofB: Json = {}): ClusterFixture =>
  cluster()
    .about({ version: 'v1.36.0' })
    .namespace('a', { team: 'x', ...ofA })
    .namespace('b', { team: 'y', ...ofB })
    .namespace('kube-system')
    .serviceAccount('a/bot')
    .serviceAccount('b/other')
    .node('n1')
    .pod('a/web', { node: 'n1', metadata: { labels: { app: 'web' } } })
    .pod('b/db', { node: 'n1', metadata: { labels: { app: 'db' } } });
const { inA, everywhere } = holding(() => world());

const guarded = (fixture: ClusterFixture, about: Json = {}, more: Json = {}): ClusterFixture =>
  fixture.webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
    name: 'guard.example.com',
    clientConfig: { service: { namespace: 'guard', name: 'guard' } },
    rules: [{ ...ALL, ...about }],
    failurePolicy: 'Fail',
    ...more,
  });

const inTeam = (team: string): Json => ({ namespaceSelector: { matchLabels: { team } } });
const onApp = (app: string): Json => ({ objectSelector: { matchLabels: { app } } });

const unread = (inventory: Inventory, ...lists: string[]): Inventory => ({
  ...inventory,
  gaps: lists.map((what): Gap => ({ id: what, source: 'kubernetes', what, why: 'forbidden', remedy: 'grant list' })),
});

/** The edges of a technique, with what they hang on: a line each. */
function told(inventory: Inventory, technique: TechniqueId): string[] {
  const graph = buildGraph(inventory);
  return [...Array(graph.edges.count).keys()]
    .map((edge) => ({ ...edgeAt(graph, edge), explained: graph.explain(edge) }))
    .filter((edge) => edge.technique === technique)
    .map(
      ({ from, to, certainty, explained }) =>
        `${from} → ${to} (${certainty})${explained.hangsOn === undefined ? '' : `: ${explained.hangsOn}`}`,
    )
    .sort();
}

const PASS = 'webhook guard.example.com letting the request pass: named here, not evaluated';
const EXEC = rule('create', '', 'pods/exec');
const SHELL = 'sa:a/bot → all-pods:a';

const enforcing = (level: string): Json => ({ 'pod-security.kubernetes.io/enforce': level });
/** A controller turns TaskRuns into pods, and a privileged one is let into namespace a. */
const deputyIn = (level: string) =>
  holding(() => {
    const account = 'tekton-pipelines/tekton-pipelines-controller';
    return world(enforcing('privileged'), enforcing(level))
      .namespace('tekton-pipelines', enforcing('baseline'))
      .add(crd('taskruns.tekton.dev', 'TaskRun'))
      .serviceAccount(account)
      .pod('tekton-pipelines/c-0', { serviceAccount: 'tekton-pipelines-controller' })
      .clusterRole('t', rule('list,watch', 'tekton.dev', 'taskruns'), rule('update', 'tekton.dev', 'taskruns/status'))
      .clusterRoleBinding('t', 'ClusterRole/t', sa(account));
  });
const open = deputyIn('privileged');
const TASK_RUNS = { apiGroups: ['tekton.dev'], resources: ['taskruns'] };
const BINDING = rule('create', '', 'pods/binding');
const LET_IN = 'webhook guard.example.com letting it in: named here, not evaluated';
const ofBot = 'sa:a/bot → all-nodes:*';

/** A Deployment or a CronJob whose pods have a label. */
const controller = (kind: 'Deployment' | 'CronJob', name: string, app: string): Json => {
  const template = { metadata: { labels: { app } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { selector: { matchLabels: { app } }, template };
  return { apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1', kind, metadata: { namespace: 'a', name }, spec };
};
const DEPLOYMENT = controller('Deployment', 'web', 'web');
const PATCH = rule('patch', 'apps', 'deployments');
const ofPatch = (certainty: string): string[] => ['all-nodes:*', 'all-service-accounts:a'].map((to) => `sa:a/bot → ${to} (${certainty}`);
const PATCHED = ofPatch(`conditional): ${LET_IN}`);

type Row = readonly [name: string, technique: TechniqueId, fixture: () => ClusterFixture, edges: readonly string[]];

const heldUp: readonly Row[] = [
  ['a shell', 'pod-exec', () => guarded(inA(EXEC)), [`${SHELL} (conditional): ${PASS}`]],
  ['a shell in the team that is guarded', 'pod-exec', () => guarded(inA(EXEC), {}, inTeam('x')), [`${SHELL} (conditional): ${PASS}`]],
  [
    'a shell in one pod',
    'pod-exec',
    () => guarded(inA(rule('create', '', 'pods/exec', 'web'))),
    [`sa:a/bot → pod:a/web (conditional): ${PASS}`],
  ],
  [
    'a shell in all pods, of which some are guarded',
    'pod-exec',
    () => guarded(everywhere(EXEC), {}, inTeam('x')),
    [`sa:a/bot → all-pods:* (conditional): what is reached being in a namespace where nothing is asked about it (1 of 2), or ${PASS}`],
  ],
  ['a shell in all pods, all guarded', 'pod-exec', () => guarded(everywhere(EXEC)), [`sa:a/bot → all-pods:* (conditional): ${PASS}`]],
  ['a port', 'port-forward', () => guarded(inA(rule('create', '', 'pods/portforward'))), [`${SHELL} (conditional): ${PASS}`]],
  ['HTTP to a pod, by a GET', 'proxy-http', () => guarded(inA(rule('get', '', 'pods/proxy'))), [`${SHELL} (conditional): ${PASS}`]],
  [
    'the proxy of nodes, and the way around it',
    'node-proxy',
    () => guarded(everywhere(rule('get', '', 'nodes/proxy'))),
    [
      `sa:a/bot → all-pods:* (conditional): the port of the kubelet (10250) being reached directly, where admission is not asked, or ${PASS}`,
    ],
  ],
  [
    'a token',
    'token-mint',
    () => guarded(inA(rule('create', '', 'serviceaccounts/token'))),
    [`sa:a/bot → all-service-accounts:a (conditional): ${PASS}`],
  ],
  [
    'reading by a patch alone',
    'secret-read',
    () => guarded(inA(rule('patch', '', 'secrets')).secret('a/s'), { operations: ['UPDATE'] }),
    [`sa:a/bot → all-secrets:a (conditional): ${PASS}`],
  ],
  [
    'a binding',
    'role-bind',
    () => guarded(inA(rule('create', RBAC, 'rolebindings'), rule('bind', RBAC, 'clusterroles'))),
    [`sa:a/bot → namespace-admin:a (conditional): ${PASS}`],
  ],
  [
    'a binding of the cluster, though its selector would leave every namespace out',
    'role-bind',
    () => guarded(everywhere(rule('create', RBAC, 'clusterrolebindings'), rule('bind', RBAC, 'clusterroles')), {}, inTeam('none')),
    [`sa:a/bot → cluster-admin:cluster (conditional): ${PASS}`],
  ],
  [
    'a role of its own',
    'role-escalate',
    () =>
      guarded(everywhere(rule('escalate,update', RBAC, 'clusterroles')), {
        operations: ['UPDATE'],
        apiGroups: [RBAC],
        resources: ['*'],
      }),
    [`sa:a/bot → cluster-admin:cluster (conditional): ${PASS}`],
  ],
  [
    'an image of a pod with the label',
    'pod-patch',
    () => guarded(inA(rule('patch', '', 'pods')), {}, onApp('web')),
    [`${SHELL} (conditional): ${PASS}`],
  ],
  [
    'an account that a binding waits for',
    'dangling-subject-claim',
    () =>
      guarded(inA(rule('create', '', 'serviceaccounts,serviceaccounts/token')), { resources: ['serviceaccounts'] })
        .role('a/x', rule('get', '', 'secrets'))
        .roleBinding('a/x', 'Role/x', sa('a/gone')),
    [`all-service-accounts:a/claimed → sa:a/gone (certain)`, `sa:a/bot → all-service-accounts:a/claimed (conditional): ${PASS}`],
  ],
  [
    'a Job that runs as a claimed account: its pods are asked about',
    'dangling-subject-claim',
    () =>
      guarded(inA(rule('create', '', 'serviceaccounts'), rule('create', 'batch', 'jobs')), { resources: ['pods'] })
        .role('a/x', rule('get', '', 'secrets'))
        .roleBinding('a/x', 'Role/x', sa('a/gone')),
    ['all-service-accounts:a/claimed → sa:a/gone (certain)', `sa:a/bot → all-service-accounts:a/claimed (conditional): ${PASS}`],
  ],
  [
    'a token secret: writing it is asked about, reading it is not',
    'secret-token-create',
    () => guarded(inA(rule('create,get', '', 'secrets')), { operations: ['CREATE'], resources: ['secrets'] }),
    [`sa:a/bot → all-service-accounts:a (conditional): ${PASS}`],
  ],
  [
    'pods in every namespace, of which some are guarded: a pod has the accounts of its own alone',
    'pod-create',
    () => guarded(everywhere(rule('create', '', 'pods')), {}, inTeam('x')),
    [
      "sa:a/bot → all-nodes:* (conditional): the API server's configuration file enforcing no Pod Security level where a namespace has no label; no API tells; webhook guard.example.com letting it in: named here, not evaluated",
      `sa:a/bot → all-service-accounts:* (conditional): what is reached being in a namespace where nothing is asked about it (1 of 2), or ${PASS}`,
    ],
  ],
  [
    'controllers in every namespace, whose pods alone are asked about',
    'workload-patch',
    () =>
      guarded(
        everywhere(rule('patch', 'apps', 'deployments'))
          .workload('Deployment', 'a/web')
          .workload('Deployment', 'b/web'),
        { resources: ['pods'] },
        inTeam('y'),
      ),
    [
      "sa:a/bot → all-nodes:* (conditional): the API server's configuration file enforcing no Pod Security level where a namespace has no label; no API tells",
      `sa:a/bot → all-service-accounts:* (conditional): what is reached being in a namespace where nothing is asked about it (1 of 2), or ${PASS}`,
    ],
  ],
  [
    'what an administrator of the namespace has of its pods',
    'contains',
    () =>
      guarded(
        cluster()
          .namespace('a')
          .pod('a/web')
          .clusterRole('r', rule('*', '*', '*'))
          .roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
      ),
    [
      `namespace-admin:a → all-pods:a (conditional): ${PASS}`,
      'namespace-admin:a → all-secrets:a (certain)',
      `namespace-admin:a → all-service-accounts:a (conditional): ${PASS}`,
    ],
  ],
  [
    'a pod that a controller makes and that he binds: the controller is asked about',
    'pod-binding',
    () => guarded(open.inA(BINDING, rule('create', 'apps', 'deployments')), { resources: ['deployments'] }),
    [`${ofBot} (conditional): ${LET_IN}`],
  ],
  [
    'a binding that is asked about in the one namespace in which he makes pods',
    'pod-binding',
    () =>
      guarded(open.inA(rule('create', '', 'pods')), { resources: ['pods/binding'] }, inTeam('x'))
        .clusterRole('w', BINDING)
        .clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot')),
    [`${ofBot} (conditional): ${LET_IN}`],
  ],
  [
    'a policy that he may change everywhere, in the one namespace in which he makes pods',
    'policy-weaken',
    () =>
      guarded(open.inA(rule('create', '', 'pods')), { resources: ['policies'] }, inTeam('x'))
        .add({
          apiVersion: 'kyverno.io/v1',
          kind: 'Policy',
          metadata: { namespace: 'a', name: 'p' },
          spec: { validationFailureAction: 'Enforce' },
        })
        .clusterRole('w', rule('update', 'kyverno.io', 'policies'))
        .clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot')),
    [`${ofBot} (conditional): Kyverno Policy p, ${PASS}`],
  ],
  [
    'what a controller makes pods of, in some namespaces of all',
    'controller-deputy',
    () => guarded(open.everywhere(rule('create', 'tekton.dev', 'taskruns')), TASK_RUNS, inTeam('x')),
    [
      `${ofBot} (certain)`,
      `sa:a/bot → all-service-accounts:* (conditional): what is reached being in a namespace where nothing is asked about it (2 of 3), or ${PASS}`,
    ],
  ],
  [
    'what a controller makes pods of, where it may be changed without being asked and none is known to be there',
    'controller-deputy',
    () => guarded(open.inA(rule('create,update', 'tekton.dev', 'taskruns')), { ...TASK_RUNS, operations: ['CREATE'] }),
    [`${ofBot} (conditional): ${PASS}`, `sa:a/bot → all-service-accounts:a (conditional): ${PASS}`],
  ],
  [
    'what a controller makes pods of, where it is asked about in the one namespace that lets a privileged one in',
    'controller-deputy',
    () => guarded(deputyIn('baseline').everywhere(rule('create', 'tekton.dev', 'taskruns')), TASK_RUNS, inTeam('x')),
    [
      `${ofBot} (conditional): ${PASS}`,
      `sa:a/bot → all-service-accounts:* (conditional): what is reached being in a namespace where nothing is asked about it (2 of 3), or ${PASS}`,
    ],
  ],
  [
    'the pods of a controller that is there, which keep their labels',
    'workload-patch',
    () => guarded(open.inA(PATCH).add(DEPLOYMENT), { resources: ['pods'] }, onApp('web')),
    PATCHED,
  ],
  [
    'those of the one that he may change, beside another',
    'workload-patch',
    () =>
      guarded(
        open
          .inA(rule('patch', 'apps', 'deployments', 'web'))
          .add(DEPLOYMENT)
          .add(controller('Deployment', 'db', 'db')),
        { resources: ['pods'] },
        onApp('web'),
      ),
    PATCHED,
  ],
];

const notHeldUp: readonly Row[] = [
  [
    'the pods of another controller that he may change',
    'workload-patch',
    () =>
      guarded(
        open
          .inA(PATCH)
          .add(DEPLOYMENT)
          .add(controller('Deployment', 'db', 'db')),
        { resources: ['pods'] },
        onApp('web'),
      ),
    ofPatch('certain)'),
  ],
  [
    'the pods of a CronJob, whose labels nothing keeps',
    'workload-patch',
    () =>
      guarded(open.inA(rule('patch', 'batch', 'cronjobs')).add(controller('CronJob', 'web', 'web')), { resources: ['pods'] }, onApp('web')),
    ofPatch('certain)'),
  ],
  [
    'the pods of a controller, to which he adds a label that gets them past',
    'workload-patch',
    () =>
      guarded(
        open.inA(PATCH).add(DEPLOYMENT),
        { resources: ['pods'] },
        { objectSelector: { matchExpressions: [{ key: 'skip', operator: 'DoesNotExist' }] } },
      ),
    ofPatch('certain)'),
  ],
  [
    'a binding that is asked about in one of the namespaces in which he makes pods',
    'pod-binding',
    () => guarded(open.everywhere(BINDING, rule('create', '', 'pods')), { resources: ['pods/binding'] }, inTeam('x')),
    [`${ofBot} (certain)`],
  ],
  [
    'a pod that he binds, beside controllers that are asked about',
    'pod-binding',
    () => guarded(open.inA(BINDING, rule('create', '', 'pods'), rule('create', 'apps', 'deployments')), { resources: ['deployments'] }),
    [`${ofBot} (certain)`],
  ],
  [
    'a pod that he binds, of which one of two requests is asked about',
    'pod-binding',
    () => guarded(open.inA(rule('create', '', 'pods/binding,bindings,pods')), { resources: ['pods/binding'] }),
    [`${ofBot} (certain)`],
  ],
  [
    'what a controller makes pods of, in the other team',
    'controller-deputy',
    () => guarded(open.inA(rule('create', 'tekton.dev', 'taskruns')), TASK_RUNS, inTeam('y')),
    [`${ofBot} (certain)`, 'sa:a/bot → all-service-accounts:a (certain)'],
  ],
  ['nothing is there', 'pod-exec', () => inA(EXEC), [`${SHELL} (certain)`]],
  [
    'a webhook about writes alone',
    'pod-exec',
    () => guarded(inA(EXEC), { operations: ['CREATE', 'UPDATE', 'DELETE'] }),
    [`${SHELL} (certain)`],
  ],
  ['a webhook about pods alone', 'pod-exec', () => guarded(inA(EXEC), { resources: ['pods'] }), [`${SHELL} (certain)`]],
  ['the other team', 'pod-exec', () => guarded(inA(EXEC), {}, inTeam('y')), [`${SHELL} (certain)`]],
  ['labels, which what opens a shell has none of', 'pod-exec', () => guarded(inA(EXEC), {}, onApp('web')), [`${SHELL} (certain)`]],
  ['no pod of the guarded team', 'pod-exec', () => guarded(everywhere(EXEC), {}, inTeam('none')), ['sa:a/bot → all-pods:* (certain)']],
  [
    'an image of pods without the label',
    'pod-patch',
    () => guarded(inA(rule('patch', '', 'pods')), {}, onApp('db')),
    [`${SHELL} (certain)`],
  ],
  [
    'an image of the one pod without the label',
    'pod-patch',
    () => guarded(inA(rule('patch', '', 'pods', 'web')).pod('a/db', { metadata: { labels: { app: 'db' } } }), {}, onApp('db')),
    ['sa:a/bot → pod:a/web (certain)'],
  ],
  ['reading secrets', 'secret-read', () => guarded(inA(rule('get', '', 'secrets')).secret('a/s')), ['sa:a/bot → all-secrets:a (certain)']],
  [
    'reading secrets by a patch or by a list',
    'secret-read',
    () => guarded(inA(rule('patch,list', '', 'secrets')).secret('a/s')),
    ['sa:a/bot → all-secrets:a (certain)'],
  ],
  [
    'reading secrets by a patch, or by a list that another rule allows',
    'secret-read',
    () => guarded(inA(rule('patch', '', 'secrets'), rule('list', '', 'secrets')).secret('a/s')),
    ['sa:a/bot → all-secrets:a (certain)'],
  ],
  [
    'a token of a claimed account is asked about, and a pod that runs as it is not',
    'dangling-subject-claim',
    () =>
      guarded(inA(rule('create', '', 'serviceaccounts,serviceaccounts/token,pods')), { resources: ['serviceaccounts/token'] })
        .role('a/x', rule('get', '', 'secrets'))
        .roleBinding('a/x', 'Role/x', sa('a/gone')),
    ['all-service-accounts:a/claimed → sa:a/gone (certain)', 'sa:a/bot → all-service-accounts:a/claimed (certain)'],
  ],
  ['reading logs', 'read-logs', () => guarded(inA(rule('get', '', 'pods/log'))), [`${SHELL} (certain)`]],
  [
    'impersonation',
    'impersonate-service-account',
    () => guarded(inA(rule('impersonate', '', 'serviceaccounts'))),
    ['sa:a/bot → all-service-accounts:a (certain)'],
  ],
  [
    'a binding may be made or changed, and of both only the change is asked about',
    'role-bind',
    () => guarded(inA(rule('create,update', RBAC, 'rolebindings'), rule('bind', RBAC, 'clusterroles')), { operations: ['UPDATE'] }),
    ['sa:a/bot → namespace-admin:a (certain)'],
  ],
  [
    'labels of a binding, which are its author’s',
    'role-bind',
    () => guarded(inA(rule('create', RBAC, 'rolebindings'), rule('bind', RBAC, 'clusterroles')), {}, onApp('web')),
    ['sa:a/bot → namespace-admin:a (certain)'],
  ],
  [
    'who may do everything takes away what is asked',
    'cluster-admin',
    () => guarded(everywhere(rule('*', '*', '*'))),
    ['group:system:masters → cluster-admin:cluster (certain)', 'sa:a/bot → cluster-admin:cluster (certain)'],
  ],
  [
    'a webhook that changes what is written',
    'pod-exec',
    () =>
      inA(EXEC).webhookConfiguration('MutatingWebhookConfiguration', 'inject', {
        name: 'i.example.com',
        rules: [ALL],
        clientConfig: { url: 'https://i' },
      }),
    [`${SHELL} (certain)`],
  ],
  [
    'pods in every namespace, and only one without accounts is guarded',
    'pod-create',
    () => guarded(everywhere(rule('create', '', 'pods')).namespace('c', { team: 'z' }), {}, inTeam('z')),
    [
      "sa:a/bot → all-nodes:* (conditional): the API server's configuration file enforcing no Pod Security level where a namespace has no label; no API tells",
      'sa:a/bot → all-service-accounts:* (certain)',
    ],
  ],
  [
    'a policy that audits',
    'pod-exec',
    () =>
      inA(EXEC)
        .add({
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicy',
          metadata: { name: 'p' },
          spec: { matchConstraints: { resourceRules: [ALL] } },
        })
        .add({
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicyBinding',
          metadata: { name: 'b' },
          spec: { policyName: 'p', validationActions: ['Audit'] },
        }),
    [`${SHELL} (certain)`],
  ],
];

describe('conditional, as something is asked', () => {
  test.each(heldUp)('%s', (_name, technique, fixture, edges) => {
    const found = told(fixture().inventory(), technique);
    expect(technique === 'contains' ? found.filter((edge) => edge.startsWith('namespace-admin')) : found).toEqual(edges);
  });
});

describe('as sure as before', () => {
  test.each(notHeldUp)('%s', (_name, technique, fixture, edges) => expect(told(fixture().inventory(), technique)).toEqual(edges));
});

describe('where a list was not read', () => {
  const WEBHOOKS = 'validatingwebhookconfigurations';
  const POLICIES = 'validatingadmissionpolicies.admissionregistration.k8s.io';

  test('every request that admission sees hangs on it', () => {
    expect(told(unread(inA(EXEC).inventory(), WEBHOOKS), 'pod-exec')).toEqual([
      `${SHELL} (conditional): ${WEBHOOKS}, which could not be read, letting the request pass`,
    ]);
  });

  test('policies are named by whatever name the list has', () => {
    expect(told(unread(inA(EXEC).inventory(), POLICIES), 'pod-exec')).toEqual([
      `${SHELL} (conditional): validatingadmissionpolicies, which could not be read, letting the request pass`,
    ]);
  });

  test('but not on policies before 1.26, which has none', () => {
    expect(told(unread(inA(EXEC).about({ version: 'v1.25.3' }).inventory(), POLICIES), 'pod-exec')).toEqual([`${SHELL} (certain)`]);
  });

  test('reading does not', () => {
    expect(told(unread(inA(rule('get', '', 'pods/log')).inventory(), WEBHOOKS, POLICIES), 'read-logs')).toEqual([`${SHELL} (certain)`]);
  });
});

test('what is asked is named as evidence, behind what gives the right', () => {
  const graph = buildGraph(guarded(inA(EXEC)).inventory());
  const edge = [...Array(graph.edges.count).keys()].find((one) => edgeAt(graph, one).technique === 'pod-exec') as number;
  expect(graph.explain(edge).evidence.map(({ kind, name, pointer }) => `${kind} ${name} ${pointer}`)).toEqual([
    'RoleBinding rb /subjects/0',
    'Role r /rules/0',
    'ValidatingWebhookConfiguration guard /metadata/name',
  ]);
  expect(graph.changes(edge)).toEqual(['RoleBinding/a/rb/subjects/0']);
});
