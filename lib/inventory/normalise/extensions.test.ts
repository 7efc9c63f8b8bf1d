import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { built, first } from '../testing/read-objects.ts';

describe('storage', () => {
  test.each([
    [
      'a path of the node, and its claim',
      { hostPath: { path: '/data' }, claimRef: { namespace: 'a', name: 'c' }, storageClassName: 's' },
      { name: 'v', hostPath: '/data', storageClass: 's', claim: { namespace: 'a', name: 'c' } },
    ],
    ['a local disk', { local: { path: '/mnt/disk' } }, { name: 'v', localPath: '/mnt/disk' }],
    [
      'a driver, without its attributes and secrets',
      { csi: { driver: 'ebs.csi.aws.com', volumeAttributes: { k: 'CANARY' }, nodePublishSecretRef: { name: 'CANARY' } } },
      { name: 'v', csiDriver: 'ebs.csi.aws.com' },
    ],
    ['nothing that we look at', { nfs: { server: 'CANARY', path: '/x' } }, { name: 'v' }],
  ])('a PersistentVolume keeps %s', (_name, spec, expected) => {
    expect(first('persistentVolumes', { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' }, spec })).toEqual(expected);
  });

  test('a PersistentVolumeClaim names its volume and class', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'c' },
      spec: { volumeName: 'v', storageClassName: '' },
    };
    expect(first('persistentVolumeClaims', object)).toEqual({ namespace: 'default', name: 'c', volumeName: 'v' });
  });

  test('a StorageClass names its provisioner and none of its parameters', () => {
    const object = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 's' },
      provisioner: 'p',
      parameters: { secret: 'CANARY' },
    };
    expect(first('storageClasses', object)).toEqual({ name: 's', provisioner: 'p' });
  });
});

describe('admission policies', () => {
  const rules = [
    { operations: ['CREATE'], apiGroups: [''], resources: ['pods'] },
    { operations: ['CREATE', 'UPDATE'], apiGroups: ['apps'], resources: ['deployments'] },
  ];

  test.each(['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'])('a %s says what it is asked about', (kind) => {
    const spec = {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: rules, objectSelector: { matchLabels: { a: 'b' } }, namespaceSelector: {} },
      validations: [{ expression: 'CANARY' }],
    };
    const record = first('admissionPolicies', { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'p' }, spec });
    expect(record).toEqual({
      kind,
      name: 'p',
      failurePolicy: 'Fail',
      match: {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: ['', 'apps'],
        resources: ['pods', 'deployments'],
        rules,
        namespaceSelector: { matchLabels: new Map(), matchExpressions: [] },
        objectSelector: { matchLabels: new Map([['a', 'b']]), matchExpressions: [] },
      },
    });
  });

  test('a binding names its policy, its actions and where it holds', () => {
    const object = {
      apiVersion: 'admissionregistration.k8s.io/v1beta1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'b' },
      spec: { policyName: 'p', validationActions: ['Deny'], matchResources: { namespaceSelector: { matchLabels: { a: 'b' } } } },
    };
    expect(first('admissionPolicyBindings', object)).toEqual({
      kind: 'ValidatingAdmissionPolicyBinding',
      name: 'b',
      policyName: 'p',
      validationActions: ['Deny'],
      match: {
        operations: [],
        apiGroups: [],
        resources: [],
        namespaceSelector: { matchLabels: new Map([['a', 'b']]), matchExpressions: [] },
      },
    });
  });

  test('a binding without a policy is a gap', () => {
    const object = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: 'b' },
      spec: {},
    };
    expect(built(object).gaps).toMatchObject([{ pointer: '/items/0/spec/policyName' }]);
  });
});

describe('policies of engines', () => {
  const policy = (apiVersion: string, kind: string, spec: object, namespace?: string) => ({
    apiVersion,
    kind,
    metadata: { name: 'p', ...(namespace === undefined ? {} : { namespace }) },
    spec,
  });
  const rule = (failureAction?: string) => ({ name: 'r', validate: failureAction === undefined ? {} : { failureAction } });

  test.each([
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'Enforce' }, 'enforce'],
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'enforce' }, 'enforce'],
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'Audit', rules: [rule(), rule('Enforce')] }, 'enforce'],
    [
      'kyverno.io/v1',
      'ClusterPolicy',
      { validationFailureAction: 'Audit', validationFailureActionOverrides: [{ action: 'enforce' }] },
      'enforce',
    ],
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'Audit', rules: [rule('Audit')] }, 'audit'],
    ['kyverno.io/v1', 'ClusterPolicy', { rules: [{ name: 'm', mutate: {} }] }, 'audit'],
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'Enforce', rules: [{ name: 'm', generate: {} }] }, 'audit'],
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'Enforce', rules: [{ name: 'm', mutate: {} }, rule()] }, 'enforce'],
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'Enforce', rules: [rule('Audit')] }, 'audit'],
    ['kyverno.io/v1', 'ClusterPolicy', { rules: [rule()] }, 'audit'],
    [
      'kyverno.io/v1',
      'ClusterPolicy',
      { rules: [{ name: 'r', validate: { failureAction: 'Audit', failureActionOverrides: [{ action: 'Enforce', namespaces: ['a'] }] } }] },
      'enforce',
    ],
    ['kyverno.io/v1', 'ClusterPolicy', { rules: [{ name: 'r', verifyImages: [{}, { failureAction: 'Enforce' }] }] }, 'enforce'],
    ['kyverno.io/v1', 'ClusterPolicy', { rules: [{ name: 'r', verifyImages: [{ failureAction: 'Audit' }] }] }, 'audit'],
    ['kyverno.io/v1', 'ClusterPolicy', { validationFailureAction: 'Enforce', rules: [{ name: 'r', verifyImages: [{}] }] }, 'enforce'],
    ['policies.kyverno.io/v1', 'ValidatingPolicy', { validationActions: ['Warn', 'Deny'] }, 'enforce'],
    ['policies.kyverno.io/v1', 'ValidatingPolicy', { validationActions: ['Audit'] }, 'audit'],
    ['policies.kyverno.io/v1', 'ImageValidatingPolicy', {}, undefined],
    ['constraints.gatekeeper.sh/v1beta1', 'K8sPSPPrivilegedContainer', {}, 'enforce'],
    ['constraints.gatekeeper.sh/v1beta1', 'constructor', { enforcementAction: 'deny' }, 'enforce'],
    ['constraints.gatekeeper.sh/v1beta1', 'K8sX', { enforcementAction: 'dryrun' }, 'audit'],
    [
      'constraints.gatekeeper.sh/v1beta1',
      'K8sX',
      { enforcementAction: 'scoped', scopedEnforcementActions: [{ action: 'warn' }, { action: 'deny' }] },
      'enforce',
    ],
    ['constraints.gatekeeper.sh/v1beta1', 'K8sX', { enforcementAction: 'scoped', scopedEnforcementActions: [{ action: 'warn' }] }, 'audit'],
    ['constraints.gatekeeper.sh/v1beta1', 'K8sX', { enforcementAction: 'scoped' }, undefined],
    ['policies.kubewarden.io/v1', 'ClusterAdmissionPolicy', {}, 'enforce'],
    ['policies.kubewarden.io/v1', 'ClusterAdmissionPolicy', { mode: 'monitor' }, 'audit'],
    ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy', {}, undefined],
    ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy', {}, undefined],
    ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', {}, undefined],
  ])('%s %s with %j: %s', (apiVersion, kind, spec, action) => {
    expect(first('enginePolicies', policy(apiVersion, kind, spec))).toEqual({
      apiGroup: apiVersion.split('/')[0],
      kind,
      name: 'p',
      ...(action === undefined ? {} : { action }),
    });
  });

  test.each([
    ['kyverno.io/v1', 'Policy'],
    ['kyverno.io/v2', 'PolicyException'],
    ['policies.kubewarden.io/v1', 'AdmissionPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['projectcalico.org/v3', 'NetworkPolicy'],
  ])('%s %s lives in a namespace', (apiVersion, kind) => {
    expect(first('enginePolicies', policy(apiVersion, kind, {}))).toMatchObject({ namespace: 'default' });
    expect(first('enginePolicies', policy(apiVersion, kind, {}, 'a'))).toMatchObject({ namespace: 'a' });
    expect(built(policy(apiVersion, kind, {})).kubernetes.networkPolicies).toEqual([]);
  });

  test.each([
    ['a NetworkPolicy of nobody knows whom', 'example.com/v1', 'NetworkPolicy'],
    ['a Policy of the policy group', 'policy/v1', 'Policy'],
    ['a template of constraints', 'templates.gatekeeper.sh/v1', 'ConstraintTemplate'],
    ['an endpoint of Cilium', 'cilium.io/v2', 'CiliumEndpoint'],
    ['a kind named like a field of every object', 'kyverno.io/v1', 'constructor'],
    ['a group named like one', '__proto__/v1', 'Policy'],
  ])('%s is none', (_name, apiVersion, kind) => {
    const { kubernetes, gaps } = built(policy(apiVersion, kind, {}));
    expect([kubernetes.enginePolicies, kubernetes.networkPolicies, gaps]).toEqual([[], [], []]);
  });

  test('of one kind and name in two groups are two, in the same order however they came', () => {
    const two = [policy('projectcalico.org/v3', 'GlobalNetworkPolicy', {}), policy('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', {})];
    expect(built(...two).kubernetes.enginePolicies).toHaveLength(2);
    expect(built(...two)).toEqual(built(...[...two].reverse()));
  });

  test('a policy without an apiVersion is not taken for one', () => {
    expect(built({ kind: 'ClusterPolicy', metadata: { name: 'p' } }).kubernetes.enginePolicies).toEqual([]);
  });
});

describe('extensions of the API', () => {
  const names = { plural: 'apps', kind: 'App' };
  const webhook = (clientConfig: object) => ({ group: 'g.io', names, conversion: { strategy: 'Webhook', webhook: { clientConfig } } });
  test.each([
    ['nobody', { group: 'g.io', names, conversion: { strategy: 'None' } }, undefined],
    ['a service', webhook({ service: { namespace: 'a', name: 'w' }, caBundle: 'CANARY' }), 'a/w'],
    ['a URL, of which the host alone is kept', webhook({ url: 'https://u:CANARY@conv.example/CANARY' }), 'conv.example'],
    [
      'a service as v1beta1 writes it',
      { group: 'g.io', names, conversion: { strategy: 'Webhook', webhookClientConfig: { service: { namespace: 'a', name: 'w' } } } },
      'a/w',
    ],
    [
      'nobody, as the strategy is not Webhook',
      { ...webhook({ service: { namespace: 'a', name: 'w' } }), conversion: { strategy: 'None', webhook: {} } },
      undefined,
    ],
  ])('a CustomResourceDefinition is converted by %s', (_name, spec, conversionTarget) => {
    const object = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'apps.g.io' }, spec };
    const record = first('customResourceDefinitions', object);
    expect(record).toEqual({
      name: 'apps.g.io',
      group: 'g.io',
      plural: 'apps',
      kind: 'App',
      ...(conversionTarget === undefined ? {} : { conversionTarget }),
    });
    expect(inspect(record)).not.toContain('CANARY');
  });

  test.each([
    ['the API server itself', { group: 'apps', version: 'v1' }, undefined],
    [
      'a service',
      { group: 'metrics.k8s.io', version: 'v1beta1', service: { namespace: 'kube-system', name: 'metrics-server' } },
      'kube-system/metrics-server',
    ],
  ])('an APIService is served by %s', (_name, spec, service) => {
    const object = { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'v1.apps' }, spec };
    expect(first('apiServices', object)).toEqual({
      name: 'v1.apps',
      group: spec.group,
      version: spec.version,
      ...(service === undefined ? {} : { service }),
    });
  });

  test('SecurityContextConstraints keep what they allow and to whom', () => {
    const object = {
      apiVersion: 'security.openshift.io/v1',
      kind: 'SecurityContextConstraints',
      metadata: { name: 'privileged' },
      allowPrivilegedContainer: true,
      allowHostPID: true,
      allowedCapabilities: ['*'],
      runAsUser: { type: 'RunAsAny' },
      users: ['system:admin'],
      groups: ['system:nodes'],
    };
    expect(first('securityContextConstraints', object)).toEqual({
      name: 'privileged',
      allowPrivilegedContainer: true,
      allowHostDirVolumePlugin: false,
      allowHostPID: true,
      allowHostIPC: false,
      allowHostNetwork: false,
      allowedCapabilities: ['*'],
      runAsUser: 'RunAsAny',
      users: ['system:admin'],
      groups: ['system:nodes'],
    });
  });

  test('SecurityContextConstraints with null for capabilities are read', () => {
    const object = {
      apiVersion: 'security.openshift.io/v1',
      kind: 'SecurityContextConstraints',
      metadata: { name: 'r' },
      allowedCapabilities: null,
    };
    expect(first('securityContextConstraints', object)).toMatchObject({ allowedCapabilities: [], allowPrivilegedContainer: false });
  });
});
