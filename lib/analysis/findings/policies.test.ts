import { Environment } from '@marcbachmann/cel-js';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type FindingId, findings } from './index.ts';

interface Spec {
  readonly validations?: readonly { readonly expression: string }[];
  readonly matchConstraints?: { readonly resourceRules: readonly { readonly operations: readonly string[] }[] };
  readonly matchConditions?: readonly { readonly expression: string }[];
}

const environment = new Environment({ unlistedVariablesAreDyn: true });

/** Who asks for what; where there is an old object, it is an update. */
interface Request {
  readonly username?: string;
  readonly oldObject?: unknown;
}

const holds = (expression: string, object: unknown, { username = 'alice', oldObject }: Request): boolean =>
  environment.evaluate(expression, {
    object,
    oldObject: oldObject ?? null,
    request: { operation: oldObject === undefined ? 'CREATE' : 'UPDATE', userInfo: { username } },
  }) as boolean;

/** Whether the policy of a finding lets an object in, evaluated by a CEL library as the API server evaluates it. */
function letsIn(id: FindingId, object: unknown, request: Request = {}): boolean {
  const prevention = findings.find((finding) => finding.id === id)?.prevention;
  if (prevention === undefined || prevention.kind !== 'ValidatingAdmissionPolicy') throw new Error(`no policy for ${id}`);
  const [policy] = parseAllDocuments(prevention.yaml).map((document) => document.toJS() as { spec: Spec });
  const spec: Spec = policy?.spec ?? {};
  const operations = spec.matchConstraints?.resourceRules.flatMap((one) => one.operations) ?? [];
  if (request.oldObject !== undefined && !operations.includes('UPDATE')) return true;
  const applies = (spec.matchConditions ?? []).every(({ expression }) => holds(expression, object, request));
  if (spec.validations === undefined) throw new Error(`no validations for ${id}`);
  return !applies || spec.validations.every(({ expression }) => holds(expression, object, request));
}

const role = (...rules: Record<string, unknown>[]) => ({ metadata: { name: 'r' }, rules });
const binding = (name: string, ...subjects: Record<string, unknown>[]) => ({
  metadata: { name: 'b' },
  roleRef: { kind: 'ClusterRole', name },
  subjects,
});
const TOKEN = [{ name: 'kube-api-access-x', projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607 } }] } }];
const pod = (spec: Record<string, unknown>) => ({ metadata: { name: 'p' }, spec: { containers: [{ name: 'c' }], ...spec } });

describe('the policies that would have stopped it', () => {
  test.each<[FindingId, string, unknown]>([
    ['cluster-admin-workload', 'a service account', binding('cluster-admin', { kind: 'ServiceAccount', namespace: 'a', name: 'b' })],
    ['cluster-admin-workload', 'its user name', binding('cluster-admin', { kind: 'User', name: 'system:serviceaccount:a:b' })],
    ['secrets-readable-cluster-wide', 'get', role({ apiGroups: [''], resources: ['secrets'], verbs: ['get'] })],
    ['secrets-readable-cluster-wide', 'wildcards', role({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })],
    ['exec-everywhere', 'exec', role({ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] })],
    ['nodes-proxy', 'proxy', role({ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] })],
    ['risky-verbs', 'escalate', role({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['escalate'] })],
    ['wildcard-role', 'everything', role({ apiGroups: ['*'], resources: ['*'], verbs: ['get'] })],
    ['bound-to-everyone', 'authenticated', binding('view', { kind: 'Group', name: 'system:authenticated' })],
    ['default-account-used', 'default with the token that the API server put in', pod({ serviceAccountName: 'default', volumes: TOKEN })],
    ['default-account-used', 'no name with a token', pod({ volumes: TOKEN })],
    ['exec-everywhere', 'attach by a wildcard', role({ apiGroups: ['*'], resources: ['*/attach'], verbs: ['create'] })],
    ['exec-everywhere', 'everything', role({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })],
    ['nodes-proxy', 'reading everything', role({ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] })],
    ['risky-verbs', 'every verb on roles', role({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['*'] })],
    [
      'credential-in-environment',
      'a key in an init container',
      pod({ initContainers: [{ name: 'i', env: [{ name: 'ARM_CLIENT_SECRET', value: 'x' }] }] }),
    ],
    [
      'credential-in-environment',
      'a key in an ephemeral container',
      pod({ ephemeralContainers: [{ name: 'e', env: [{ name: 'AWS_SESSION_TOKEN', value: 'x' }] }] }),
    ],
    [
      'escape-to-control-plane',
      'the taint by name',
      pod({ tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' }] }),
    ],
    ['automount-unused', 'an account that says nothing', { metadata: { name: 'a' } }],
    ['legacy-token-secret', 'a token', { metadata: { name: 's' }, type: 'kubernetes.io/service-account-token' }],
    [
      'long-lived-token',
      'a week',
      pod({ volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { expirationSeconds: 604800 } }] } }] }),
    ],
    [
      'enforce-mountable-secrets',
      'the annotation',
      { metadata: { name: 'a', annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' } } },
    ],
    ['credential-in-environment', 'a key', pod({ containers: [{ name: 'c', env: [{ name: 'AWS_SECRET_ACCESS_KEY', value: 'x' }] }] })],
    ['static-cloud-key', 'a key', { metadata: { name: 's' }, data: { AWS_SECRET_ACCESS_KEY: 'eA==' } }],
    ['pod-security', 'a namespace without the label', { metadata: { name: 'a', labels: { x: 'y' } } }],
    ['escape-to-control-plane', 'a pod that tolerates everything', pod({ tolerations: [{ operator: 'Exists' }] })],
  ])('%s refuses %s', (id, _, object) => {
    expect(letsIn(id, object)).toBe(false);
  });

  test.each<[FindingId, string, unknown]>([
    ['cluster-admin-workload', 'people', binding('cluster-admin', { kind: 'User', name: 'alice' })],
    ['cluster-admin-workload', 'another role', binding('view', { kind: 'ServiceAccount', namespace: 'a', name: 'b' })],
    ['cluster-admin-workload', 'nobody', { metadata: { name: 'b' }, roleRef: { name: 'cluster-admin' } }],
    [
      'secrets-readable-cluster-wide',
      'named secrets',
      role({ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['s'] }),
    ],
    ['secrets-readable-cluster-wide', 'paths', role({ nonResourceURLs: ['/metrics'], verbs: ['get'] })],
    ['exec-everywhere', 'reading pods', role({ apiGroups: [''], resources: ['pods'], verbs: ['get'] })],
    ['nodes-proxy', 'metrics', role({ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] })],
    ['risky-verbs', 'a named role', role({ resources: ['clusterroles'], verbs: ['bind'], resourceNames: ['view'] })],
    ['wildcard-role', "an operator's own group", role({ apiGroups: ['cert-manager.io'], resources: ['*'], verbs: ['get'] })],
    ['wildcard-role', 'an aggregated role without rules', { metadata: { name: 'r' } }],
    ['bound-to-everyone', 'a team', binding('view', { kind: 'Group', name: 'team' })],
    ['default-account-used', 'an account of its own', pod({ serviceAccountName: 'bot' })],
    ['default-account-used', 'no token', pod({ serviceAccountName: 'default', volumes: [{ name: 'e', emptyDir: {} }] })],
    ['default-account-used', 'a mirror pod, which has no account', pod({})],
    ['exec-everywhere', 'everything of an operator', role({ apiGroups: ['cert-manager.io'], resources: ['*'], verbs: ['*'] })],
    ['exec-everywhere', 'reading everything', role({ apiGroups: ['*'], resources: ['*'], verbs: ['get'] })],
    ['nodes-proxy', 'everything of an operator', role({ apiGroups: ['cert-manager.io'], resources: ['*'], verbs: ['*'] })],
    [
      'secrets-readable-cluster-wide',
      'everything of an operator',
      role({ apiGroups: ['cert-manager.io'], resources: ['*'], verbs: ['*'] }),
    ],
    ['risky-verbs', 'every verb on something else', role({ apiGroups: [''], resources: ['configmaps'], verbs: ['*'] })],
    ['risky-verbs', 'paths', role({ nonResourceURLs: ['/metrics'], verbs: ['*'] })],
    [
      'escape-to-control-plane',
      'a static pod as the kubelet makes it',
      pod({ tolerations: [{ operator: 'Exists', effect: 'NoExecute' }] }),
    ],
    ['automount-unused', 'an account that says no', { metadata: { name: 'a' }, automountServiceAccountToken: false }],
    ['legacy-token-secret', 'a secret', { metadata: { name: 's' }, type: 'Opaque' }],
    [
      'long-lived-token',
      'an hour beside other volumes',
      pod({
        volumes: [
          { name: 'e', emptyDir: {} },
          { name: 'v', projected: { sources: [{ configMap: {} }, { serviceAccountToken: { expirationSeconds: 3600 } }] } },
        ],
      }),
    ],
    ['enforce-mountable-secrets', 'none', { metadata: { name: 'a' } }],
    [
      'credential-in-environment',
      'a secret',
      pod({ containers: [{ name: 'c', env: [{ name: 'AWS_SECRET_ACCESS_KEY', valueFrom: {} }] }, { name: 'd' }] }),
    ],
    ['static-cloud-key', 'a password', { metadata: { name: 's' }, data: { password: 'eA==' } }],
    ['pod-security', 'a labelled namespace', { metadata: { name: 'a', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } }],
    ['escape-to-control-plane', 'a pod that tolerates something else', pod({ tolerations: [{ key: 'gpu', operator: 'Exists' }] })],
  ])('%s lets %s in', (id, _, object) => {
    expect(letsIn(id, object)).toBe(true);
  });

  const LABELS = { 'kubernetes.io/metadata.name': 'a' };
  test.each<[FindingId, string, unknown]>([
    ['cluster-admin-workload', 'subjects', binding('cluster-admin', { kind: 'ServiceAccount', namespace: 'a', name: 'b' })],
    ['bound-to-everyone', 'subjects', binding('view', { kind: 'Group', name: 'system:authenticated' })],
    ['wildcard-role', 'rules', role({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })],
    ['secrets-readable-cluster-wide', 'rules', role({ apiGroups: [''], resources: ['secrets'], verbs: ['get'] })],
    ['exec-everywhere', 'rules', role({ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] })],
    ['nodes-proxy', 'rules', role({ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] })],
    ['risky-verbs', 'rules', role({ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] })],
    ['default-account-used', 'spec', pod({ volumes: TOKEN })],
    ['escape-to-control-plane', 'spec', pod({ tolerations: [{ operator: 'Exists' }] })],
    ['credential-in-environment', 'spec', pod({ containers: [{ name: 'c', env: [{ name: 'ARM_CLIENT_SECRET', value: 'x' }] }] })],
    ['static-cloud-key', 'data', { metadata: { name: 's' }, data: { 'key.json': 'eA==' } }],
    ['pod-security', 'labels', { metadata: { name: 'a', labels: LABELS } }],
    [
      'enforce-mountable-secrets',
      'annotations',
      { metadata: { name: 'a', annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' } } },
    ],
  ])('%s: what is there already may be changed but for its %s, and may not become so', (id, _, object) => {
    const { metadata, ...rest } = object as { metadata: object };
    expect(letsIn(id, object)).toBe(false);
    expect(letsIn(id, { metadata: { ...metadata, finalizers: [] }, ...rest }, { oldObject: object })).toBe(true);
    const before = {
      metadata: { name: 'x' },
      ...('roleRef' in rest ? { roleRef: rest.roleRef } : {}),
      ...('spec' in rest ? { spec: {} } : {}),
    };
    expect(letsIn(id, object, { oldObject: before })).toBe(false);
  });

  test.each<[FindingId, unknown]>([
    ['legacy-token-secret', { metadata: { name: 's' }, type: 'kubernetes.io/service-account-token' }],
    ['automount-unused', { metadata: { name: 'a' } }],
  ])('%s: what is there already is left alone, as controllers write labels and tokens into it', (id, object) => {
    expect(letsIn(id, object)).toBe(false);
    expect(letsIn(id, object, { oldObject: object })).toBe(true);
  });

  test('what the API server and its controllers write goes past them, whatever it is called', () => {
    const reads = role({ apiGroups: [''], resources: ['secrets', 'pods/exec'], verbs: ['*'] });
    for (const id of ['secrets-readable-cluster-wide', 'exec-everywhere'] as const) {
      for (const username of [
        'system:apiserver',
        'system:kube-controller-manager',
        'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
      ])
        expect(letsIn(id, reads, { username })).toBe(true);
      expect(letsIn(id, { ...reads, metadata: { name: 'system:mine' } })).toBe(false);
    }
  });
});
