import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { type AdmissionRequest, namespaceLabels } from './matches.ts';
import { admissionIndex, obstaclesTo } from './obstacles.ts';
import { requestOf } from './request-of.ts';

type Json = Record<string, unknown>;
type Wanted = string | undefined;

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const PODS = { apiGroup: '', resource: 'pods' };

/** `OPERATION cluster own`: what matters of a request beside its object. */
function told(verb: string, asked: Parameters<typeof requestOf>[1]): Wanted {
  const request = requestOf(verb, asked);
  if (request === undefined) return undefined;
  return [request.operation, ...(request.clusterScoped ? ['cluster'] : []), ...(request.ownLabels ? ['own'] : [])].join(' ');
}

const verbs: [string, string, Parameters<typeof requestOf>[1], Wanted][] = [
  ['making', 'create', PODS, 'CREATE own'],
  ['writing', 'update', PODS, 'UPDATE'],
  ['a patch is an update', 'patch', PODS, 'UPDATE'],
  ['deleting', 'delete', PODS, 'DELETE'],
  ['deleting many', 'deletecollection', PODS, 'DELETE'],
  ['a shell', 'create', { ...PODS, subresource: 'exec' }, 'CONNECT'],
  ['a shell over a WebSocket, which is a GET', 'get', { ...PODS, subresource: 'exec' }, 'CONNECT'],
  ['attaching', 'create', { ...PODS, subresource: 'attach' }, 'CONNECT'],
  ['a port', 'create', { ...PODS, subresource: 'portforward' }, 'CONNECT'],
  ['a DELETE by the proxy of a service', 'delete', { apiGroup: '', resource: 'services', subresource: 'proxy' }, 'CONNECT'],
  ['the proxy of a node', 'get', { apiGroup: '', resource: 'nodes', subresource: 'proxy' }, 'CONNECT cluster'],
  ['a token', 'create', { apiGroup: '', resource: 'serviceaccounts', subresource: 'token' }, 'CREATE own'],
  ['an eviction', 'create', { ...PODS, subresource: 'eviction' }, 'CREATE own'],
  ['a binding of the cluster', 'create', { apiGroup: RBAC, resource: 'clusterrolebindings' }, 'CREATE cluster own'],
  ['a binding of a namespace', 'update', { apiGroup: RBAC, resource: 'rolebindings' }, 'UPDATE'],
  ['a resource of that name in another group', 'create', { apiGroup: 'example.com', resource: 'nodes' }, 'CREATE own'],
  ['a constraint of Gatekeeper', 'delete', { apiGroup: 'constraints.gatekeeper.sh', resource: 'k8srequiredlabels' }, 'DELETE cluster'],
  ['reading', 'get', PODS, undefined],
  ['listing', 'list', PODS, undefined],
  ['watching', 'watch', PODS, undefined],
  ['reading logs', 'get', { ...PODS, subresource: 'log' }, undefined],
  ['impersonation', 'impersonate', { apiGroup: '', resource: 'users' }, undefined],
  ['the verb bind', 'bind', { apiGroup: RBAC, resource: 'clusterroles' }, undefined],
  ['the verb escalate', 'escalate', { apiGroup: RBAC, resource: 'roles' }, undefined],
  ['the verb approve', 'approve', { apiGroup: 'certificates.k8s.io', resource: 'signers' }, undefined],
  ['the verb use', 'use', { apiGroup: 'security.openshift.io', resource: 'securitycontextconstraints' }, undefined],
  ['every verb, which is none', '*', { apiGroup: '*', resource: '*' }, undefined],
];

test.each(verbs)('%s', (_name, verb, asked, wanted) => expect(told(verb, asked)).toBe(wanted));

const must = (verb: string, asked: Parameters<typeof requestOf>[1]): AdmissionRequest => {
  const request = requestOf(verb, asked);
  if (request === undefined) throw new Error(`nothing is asked about ${verb}`);
  return request;
};
const EXEC = must('create', { ...PODS, subresource: 'exec' });
const TOKEN = must('create', { apiGroup: '', resource: 'serviceaccounts', subresource: 'token' });
const BIND = must('create', { apiGroup: RBAC, resource: 'rolebindings' });
const BIND_ALL = must('create', { apiGroup: RBAC, resource: 'clusterrolebindings' });
const DELETE: AdmissionRequest = { ...must('delete', PODS), objectLabels: [new Map([['app', 'web']])] };

const ALL = { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] };
const CONNECT = { operations: ['CONNECT'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods/exec'] };

const webhook = (rule: Json = {}, more: Json = {}): ClusterFixture =>
  cluster().webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
    name: 'guard.example.com',
    clientConfig: { service: { namespace: 'guard', name: 'guard' } },
    rules: [{ ...ALL, ...rule }],
    failurePolicy: 'Fail',
    ...more,
  });
const policy = (rule: Json = {}, actions: readonly string[] = ['Deny']): ClusterFixture =>
  cluster()
    .add({
      apiVersion: `${ADMISSION}/v1`,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'p' },
      spec: { matchConstraints: { resourceRules: [{ ...ALL, ...rule }] } },
    })
    .add({
      apiVersion: `${ADMISSION}/v1`,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'b' },
      spec: { policyName: 'p', validationActions: actions },
    });

interface Question {
  readonly labels?: Record<string, string>;
  readonly minor?: number;
}

const ask = (fixture: ClusterFixture, request: AdmissionRequest, { labels = {}, minor }: Question = {}): string[] =>
  obstaclesTo(admissionIndex(fixture.inventory().kubernetes, minor), request, {
    namespace: 'a',
    labels: namespaceLabels('a', new Map(Object.entries(labels))),
  }).map(({ says }) => says);

const GUARD = ['webhook guard.example.com'];
const POLICY = ['ValidatingAdmissionPolicy p'];
const TEAM_X = { namespaceSelector: { matchLabels: { team: 'x' } } };
const ON_WEB = { objectSelector: { matchLabels: { app: 'web' } } };
const CONFIGURATION = must('update', { apiGroup: ADMISSION, resource: 'validatingwebhookconfigurations' });

const rows: [string, () => string[], string[]][] = [
  ['a shell: CONNECT', () => ask(webhook(CONNECT), EXEC), GUARD],
  ['a shell: every operation', () => ask(webhook({ ...CONNECT, operations: ['*'] }), EXEC), GUARD],
  ['a shell: pods/*', () => ask(webhook({ ...CONNECT, resources: ['pods/*'] }), EXEC), GUARD],
  ['a shell: */exec', () => ask(webhook({ ...CONNECT, resources: ['*/exec'] }), EXEC), GUARD],
  ['a shell: */*', () => ask(webhook(), EXEC), GUARD],
  ['a shell: CREATE alone', () => ask(webhook({ ...CONNECT, operations: ['CREATE', 'UPDATE'] }), EXEC), []],
  ['a shell: pods alone', () => ask(webhook({ ...CONNECT, resources: ['pods'] }), EXEC), []],
  ['a shell: *, which covers no subresource', () => ask(webhook({ ...CONNECT, resources: ['*'] }), EXEC), []],
  ['a shell: pods/attach', () => ask(webhook({ ...CONNECT, resources: ['pods/attach'] }), EXEC), []],
  ['a shell: another group', () => ask(webhook({ ...CONNECT, apiGroups: ['apps'] }), EXEC), []],
  ['a shell: objects of no namespace', () => ask(webhook({ ...CONNECT, scope: 'Cluster' }), EXEC), []],
  ['a shell: the namespace fits', () => ask(webhook(CONNECT, TEAM_X), EXEC, { labels: { team: 'x' } }), GUARD],
  ['a shell: another namespace', () => ask(webhook(CONNECT, TEAM_X), EXEC, { labels: { team: 'y' } }), []],
  ['a shell: a selector of objects, as its options have no labels', () => ask(webhook(CONNECT, ON_WEB), EXEC), []],
  [
    'a shell: nor do they lack one',
    () => ask(webhook(CONNECT, { objectSelector: { matchExpressions: [{ key: 'skip', operator: 'DoesNotExist' }] } }), EXEC),
    [],
  ],
  ['a shell: an empty selector of objects', () => ask(webhook(CONNECT, { objectSelector: {} }), EXEC), GUARD],
  ['a shell: a policy', () => ask(policy(CONNECT), EXEC), POLICY],
  ['a shell: a policy that audits', () => ask(policy(CONNECT, ['Audit']), EXEC), []],
  [
    'a shell: a policy about the pod of its name',
    () => ask(policy({ ...CONNECT, resourceNames: ['web'] }), { ...EXEC, name: 'web' }),
    POLICY,
  ],
  ['a shell: a policy about a pod of another name', () => ask(policy({ ...CONNECT, resourceNames: ['db'] }), { ...EXEC, name: 'web' }), []],
  ['a shell: a policy about a name where no name is known', () => ask(policy({ ...CONNECT, resourceNames: ['web'] }), EXEC), POLICY],
  ['a policy of 1.26', () => ask(policy(), EXEC, { minor: 26 }), POLICY],
  ['no policy of 1.25, which has none', () => ask(policy(), EXEC, { minor: 25 }), []],
  ['a webhook of 1.25', () => ask(webhook(), EXEC, { minor: 25 }), GUARD],
  ['a binding', () => ask(webhook({ apiGroups: [RBAC], resources: ['rolebindings'] }), BIND), GUARD],
  ['a binding: updates alone', () => ask(webhook({ operations: ['UPDATE'] }), BIND), []],
  ['a binding: roles', () => ask(webhook({ apiGroups: [RBAC], resources: ['roles'] }), BIND), []],
  ['a binding: a selector of objects that its author can fail', () => ask(webhook({}, ON_WEB), BIND), []],
  ['a binding: another namespace', () => ask(webhook({}, TEAM_X), BIND, { labels: { team: 'y' } }), []],
  [
    'a binding of the cluster, which no selector of namespaces leaves out',
    () => ask(webhook({}, TEAM_X), BIND_ALL, { labels: { team: 'y' } }),
    GUARD,
  ],
  ['a binding of the cluster: objects of namespaces', () => ask(webhook({ scope: 'Namespaced' }), BIND_ALL), []],
  ['a token: a policy about a name, which is that of the account', () => ask(policy({ resourceNames: ['x'] }), TOKEN), POLICY],
  ['a token: a policy that excepts no such name', () => ask(policy({ resources: ['serviceaccounts'] }), TOKEN), []],
  ['deleting a pod with such labels', () => ask(webhook({}, ON_WEB), DELETE), GUARD],
  ['deleting one with others', () => ask(webhook({}, { objectSelector: { matchLabels: { app: 'db' } } }), DELETE), []],
  ['webhook configurations are exempt', () => ask(webhook(), CONFIGURATION), []],
  ['from policies too', () => ask(policy(), CONFIGURATION), []],
  ...[
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
  ].map((resource): [string, () => string[], string[]] => [
    `${resource} are exempt`,
    () => ask(webhook(), must('delete', { apiGroup: ADMISSION, resource })),
    [],
  ]),
  ['another resource of that group is not', () => ask(webhook(), must('update', { apiGroup: ADMISSION, resource: 'others' })), GUARD],
  [
    'one of that name in another group is not',
    () => ask(webhook(), must('update', { apiGroup: 'example.com', resource: 'validatingwebhookconfigurations' })),
    GUARD,
  ],
];

describe('who is asked about', () => {
  test.each(rows)('%s', (_name, asked, obstacles) => expect(asked()).toEqual(obstacles));
});
