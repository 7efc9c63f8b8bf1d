import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { type AdmissionRequest, namespaceLabels } from './matches.ts';
import { admissionIndex, listObstacles, obstaclesTo } from './obstacles.ts';

type Json = Record<string, unknown>;

const CREATE: AdmissionRequest = { operation: 'CREATE', apiGroup: '', resource: 'pods', ownLabels: true };
const DEBUG: AdmissionRequest = {
  operation: 'UPDATE',
  apiGroup: '',
  resource: 'pods',
  subresource: 'ephemeralcontainers',
  ownLabels: false,
};
const PODS = { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };
const UPDATES = { ...PODS, operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] };

const webhook = (
  rules: Json = {},
  more: Json = {},
  kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration' = 'ValidatingWebhookConfiguration',
) =>
  cluster().webhookConfiguration(kind, 'guard', {
    name: 'guard.example.com',
    clientConfig: { service: { namespace: 'guard', name: 'guard' } },
    rules: [{ ...PODS, ...rules }],
    failurePolicy: 'Fail',
    ...more,
  });
const policy = (spec: Json = {}, binding: Json | 'unbound' = {}, fixture = cluster()): ClusterFixture => {
  fixture.add({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'no-root' },
    spec: { matchConstraints: { resourceRules: [PODS], ...spec } },
  });
  return binding === 'unbound'
    ? fixture
    : fixture.add({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: 'b' },
        spec: { policyName: 'no-root', validationActions: ['Deny'], ...binding },
      });
};
const kyverno = (kind: string, name: string, action: string, more: Json = {}): Json => ({
  apiVersion: 'kyverno.io/v1',
  kind,
  metadata: { name, ...more },
  spec: { validationFailureAction: action },
});
const constraint = (name: string, action?: string): Json => ({
  apiVersion: 'constraints.gatekeeper.sh/v1beta1',
  kind: 'K8sPSPPrivilegedContainer',
  metadata: { name },
  spec: action === undefined ? {} : { enforcementAction: action },
});
const named = (name: string, more: Json = {}, fixture = cluster()): ClusterFixture =>
  fixture.webhookConfiguration('ValidatingWebhookConfiguration', 'engine', {
    name,
    clientConfig: { service: { namespace: 'e', name: 'e' } },
    rules: [{ ...PODS, operations: ['*'], resources: ['*'] }],
    ...more,
  });
const EXCEPT_A = { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['a'] }] } };

const ask = (fixture: ClusterFixture, { request = CREATE, labels = {} as Record<string, string> | 'unknown' } = {}): string[] =>
  obstaclesTo(admissionIndex(fixture.inventory().kubernetes), request, {
    namespace: 'a',
    labels: labels === 'unknown' ? undefined : namespaceLabels('a', new Map(Object.entries(labels))),
  }).map(({ says }) => says);

const POLICY = 'ValidatingAdmissionPolicy no-root';
const GUARD = 'webhook guard.example.com';

const inTheWay: [string, () => string[], string[]][] = [
  ['a webhook that is asked', () => ask(webhook()), [GUARD]],
  ['every operation', () => ask(webhook({ operations: ['*'] })), [GUARD]],
  ['every resource', () => ask(webhook({ apiGroups: ['*'], resources: ['*'] })), [GUARD]],
  ['pods/* covers pods', () => ask(webhook({ resources: ['pods/*'] })), [GUARD]],
  ['*/* covers pods', () => ask(webhook({ resources: ['*/*'] })), [GUARD]],
  ['an empty selector of objects', () => ask(webhook({}, { objectSelector: {} })), [GUARD]],
  [
    "the namespace's labels fit",
    () => ask(webhook({}, { namespaceSelector: { matchLabels: { team: 'x' } } }), { labels: { team: 'x' } }),
    [GUARD],
  ],
  [
    "the namespace's name fits",
    () => ask(webhook({}, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a' } } })),
    [GUARD],
  ],
  [
    "the namespace's labels are not known",
    () => ask(webhook({}, { namespaceSelector: { matchLabels: { team: 'x' } } }), { labels: 'unknown' }),
    [GUARD],
  ],
  [
    'one that lets pass while it is down',
    () => ask(webhook({}, { failurePolicy: 'Ignore' })),
    [`${GUARD}, which lets everything pass while it does not answer`],
  ],
  [
    'a debug container: labels are those of the pod that is there',
    () =>
      ask(webhook({ operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] }, { objectSelector: { matchLabels: { a: 'b' } } }), {
        request: DEBUG,
      }),
    [GUARD],
  ],
  [
    'two rules, of which one is about it',
    () =>
      ask(
        webhook(
          {},
          {
            rules: [
              { ...PODS, operations: ['DELETE'] },
              { ...PODS, resources: ['services', 'pods'] },
            ],
          },
        ),
      ),
    [GUARD],
  ],
  ['objects of namespaces', () => ask(webhook({ scope: 'Namespaced' })), [GUARD]],
  ['objects of any scope', () => ask(webhook({ scope: '*' })), [GUARD]],
  ['a policy that excludes other objects', () => ask(policy({ excludeResourceRules: [{ ...PODS, resources: ['services'] }] })), [POLICY]],
  [
    'a debug container: a policy about pods of a name',
    () => ask(policy({ resourceRules: [{ ...UPDATES, resourceNames: ['web'] }] }), { request: DEBUG }),
    [POLICY],
  ],
  [
    'a debug container: a policy that leaves pods of a name out',
    () => ask(policy({ resourceRules: [UPDATES], excludeResourceRules: [{ ...UPDATES, resourceNames: ['web'] }] }), { request: DEBUG }),
    [POLICY],
  ],
  ['a policy that is bound', () => ask(policy()), [POLICY]],
  ['a policy that denies and audits', () => ask(policy({}, { validationActions: ['Audit', 'Deny'] })), [POLICY]],
  [
    'a binding for the namespace',
    () => ask(policy({}, { matchResources: { namespaceSelector: { matchLabels: { team: 'x' } } } }), { labels: { team: 'x' } }),
    [POLICY],
  ],
  ['a policy of Kyverno', () => ask(cluster().add(kyverno('ClusterPolicy', 'p', 'Enforce'))), ['Kyverno ClusterPolicy p']],
  ["Kyverno's own namespace policy", () => ask(cluster().add(kyverno('Policy', 'p', 'Enforce', { namespace: 'a' }))), ['Kyverno Policy p']],
  [
    'a constraint and its webhook',
    () => ask(named('validation.gatekeeper.sh').add(constraint('c'))),
    ['Gatekeeper K8sPSPPrivilegedContainer c', 'webhook validation.gatekeeper.sh'],
  ],
  [
    'Kyverno, which verifies images in its mutating webhook',
    () =>
      ask(
        cluster()
          .webhookConfiguration('ValidatingWebhookConfiguration', 'kyverno-policy-validating', {
            name: 'validate-policy.kyverno.svc',
            rules: [{ ...PODS, apiGroups: ['kyverno.io'], resources: ['policies'] }],
          })
          .webhookConfiguration('MutatingWebhookConfiguration', 'kyverno-resource-mutating', {
            name: 'mutate.kyverno.svc-fail',
            rules: [PODS],
          })
          .add({ ...kyverno('ClusterPolicy', 'p', 'Audit'), spec: { rules: [{ verifyImages: [{ failureAction: 'Enforce' }] }] } }),
      ),
    ['Kyverno ClusterPolicy p'],
  ],
  [
    'the webhook of an engine whose policies were not read',
    () => ask(named('validation.gatekeeper.sh')),
    ['webhook validation.gatekeeper.sh'],
  ],
  [
    'one of two policies refuses',
    () =>
      ask(
        named('validate.kyverno.svc-fail')
          .add(kyverno('ClusterPolicy', 'p', 'Audit'))
          .add(kyverno('ClusterPolicy', 'q', 'Enforce')),
      ),
    ['Kyverno ClusterPolicy q', 'webhook validate.kyverno.svc-fail'],
  ],
];

const notInTheWay: [string, () => string[]][] = [
  [
    'two rules that meet apart alone',
    () =>
      ask(
        webhook(
          {},
          {
            rules: [
              { ...PODS, operations: ['DELETE'] },
              { ...PODS, apiGroups: ['apps'], resources: ['deployments'] },
            ],
          },
        ),
      ),
  ],
  ['no rules at all', () => ask(webhook({}, { rules: [] }))],
  ['objects of no namespace', () => ask(webhook({ resources: ['*'], scope: 'Cluster' }))],
  ['a policy that excludes them', () => ask(policy({ excludeResourceRules: [PODS] }))],
  [
    'a policy that excludes a name, which the author can choose',
    () => ask(policy({ excludeResourceRules: [{ ...PODS, resourceNames: ['x'] }] })),
  ],
  [
    'a policy about a name, which the author can choose not to take',
    () => ask(policy({ resourceRules: [{ ...PODS, resourceNames: ['x'] }] })),
  ],
  [
    'a policy whose rules meet apart alone',
    () =>
      ask(
        policy({
          resourceRules: [
            { ...PODS, operations: ['UPDATE'] },
            { ...PODS, resources: ['services'] },
          ],
        }),
      ),
  ],
  ['a binding to other objects', () => ask(policy({}, { matchResources: { resourceRules: [{ ...PODS, resources: ['services'] }] } }))],
  ['nothing there', () => ask(cluster())],
  ['another operation', () => ask(webhook({ operations: ['DELETE', 'UPDATE'] }))],
  ['another group', () => ask(webhook({ apiGroups: ['apps'] }))],
  ['another resource', () => ask(webhook({ resources: ['deployments', 'pods/exec'] }))],
  ['* covers no subresource', () => ask(webhook({ operations: ['*'], resources: ['*'] }), { request: DEBUG })],
  ['another namespace', () => ask(webhook({}, { namespaceSelector: { matchLabels: { team: 'x' } } }), { labels: { team: 'y' } })],
  ['the namespace excepted by name', () => ask(webhook({}, EXCEPT_A))],
  ['a selector of objects that the author can fail', () => ask(webhook({}, { objectSelector: { matchLabels: { inject: 'true' } } }))],
  [
    'one that the author can fail by a label',
    () => ask(webhook({}, { objectSelector: { matchExpressions: [{ key: 'ignore', operator: 'DoesNotExist' }] } })),
  ],
  [
    "Gatekeeper's mutating webhook, which judges nothing",
    () =>
      ask(
        named('validation.gatekeeper.sh', EXCEPT_A)
          .webhookConfiguration('MutatingWebhookConfiguration', 'mutation', { name: 'mutation.gatekeeper.sh', rules: [PODS] })
          .add(constraint('c')),
      ),
  ],
  ['a mutating webhook', () => ask(webhook({}, {}, 'MutatingWebhookConfiguration'))],
  ['a policy that nobody bound', () => ask(policy({}, 'unbound'))],
  ['a binding to another policy', () => ask(policy({}, { policyName: 'other' }))],
  ['a policy that only warns and audits', () => ask(policy({}, { validationActions: ['Warn', 'Audit'] }))],
  ['a policy about deployments', () => ask(policy({ resourceRules: [{ ...PODS, apiGroups: ['apps'], resources: ['deployments'] }] }))],
  [
    'a binding for another namespace',
    () => ask(policy({}, { matchResources: { namespaceSelector: { matchLabels: { team: 'x' } } } }), { labels: { team: 'y' } }),
  ],
  ['a policy whose objects the author can choose not to be', () => ask(policy({ objectSelector: { matchLabels: { a: 'b' } } }))],
  ['a Kyverno policy that audits', () => ask(cluster().add(kyverno('ClusterPolicy', 'p', 'Audit')))],
  ['a Kyverno policy of another namespace', () => ask(cluster().add(kyverno('Policy', 'p', 'Enforce', { namespace: 'b' })))],
  ['an exception refuses nothing', () => ask(cluster().add(kyverno('PolicyException', 'p', 'Enforce', { namespace: 'a' })))],
  [
    'a network policy of an engine',
    () =>
      ask(cluster().add({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { namespace: 'a', name: 'n' }, spec: {} })),
  ],
  [
    'a constraint that only reports, and the webhook that has nothing else',
    () => ask(named('validation.gatekeeper.sh').add(constraint('c', 'dryrun'))),
  ],
  ['a constraint where its webhook leaves the namespace out', () => ask(named('validation.gatekeeper.sh', EXCEPT_A).add(constraint('c')))],
];

describe('in the way', () => {
  test.each(inTheWay)('%s', (_name, asked, obstacles) => expect(asked()).toEqual(obstacles));
});

describe('not in the way', () => {
  test.each(notInTheWay)('%s', (_name, asked) => expect(asked()).toEqual([]));
});

test('three are named, the others counted', () => {
  const of = (...names: string[]): string => listObstacles(names.map((name) => ({ kind: 'K', apiGroup: '', name, says: `K ${name}` })));
  expect(of('a', 'b')).toBe('K a, K b');
  expect(of('a', 'b', 'c', 'd', 'e', 'a')).toBe('K a, K b, K c and 2 more');
});
