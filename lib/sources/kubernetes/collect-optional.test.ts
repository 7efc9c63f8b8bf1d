import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../e2e/api-server/objects.ts';
import { namespace, object, pods } from './testing/objects.ts';
import { collected, tryCollect } from './testing/try-collect.ts';

const BASE = [namespace('a'), ...pods('a', 2)];
const GATEWAY = 'gateway.networking.k8s.io';
const OPTIONAL: KubernetesObject[] = [
  object(`${GATEWAY}/v1`, 'Gateway', { namespace: 'a', name: 'edge' }, { spec: { listeners: [] } }),
  object(`${GATEWAY}/v1`, 'HTTPRoute', { namespace: 'a', name: 'web' }, { spec: {} }),
  object(`${GATEWAY}/v1alpha2`, 'TCPRoute', { namespace: 'a', name: 'tcp' }, { spec: {} }),
  object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', { name: 'vap' }, { spec: {} }),
  object('admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy', { name: 'map' }, { spec: {} }),
  object('kyverno.io/v1', 'ClusterPolicy', { name: 'k' }, { spec: { validationFailureAction: 'Enforce' } }),
  object('constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabels', { name: 'g' }, { spec: {} }),
  object('cilium.io/v2', 'CiliumNetworkPolicy', { namespace: 'a', name: 'c' }, { spec: {} }),
  object('cilium.io/v2', 'CiliumEndpoint', { namespace: 'a', name: 'nothing-to-us' }),
  object('crd.projectcalico.org/v1', 'NetworkPolicy', { namespace: 'a', name: 'default.n' }, { spec: {} }),
  object('projectcalico.org/v3', 'NetworkPolicy', { namespace: 'a', name: 'default.n' }, { spec: {} }),
  object('security.openshift.io/v1', 'SecurityContextConstraints', { name: 'restricted' }),
];

const asked = (tried: { server: { requests: readonly { path: string }[] } }): string[] => tried.server.requests.map(({ path }) => path);

describe('APIs that a server may not have', () => {
  test('are neither asked for nor missed where it has none of them', async () => {
    const tried = await collected({ objects: BASE });
    expect(tried.inventory.gaps).toEqual([]);
    expect(asked(tried).filter((path) => /gateway|kyverno|gatekeeper|cilium|calico|openshift|policies\./.test(path))).toEqual([]);
    expect(tried.server.requests.filter(({ status }) => status === 404).map(({ path }) => path)).toEqual([
      '/api/v1/namespaces/kube-system/configmaps/aws-auth',
    ]);
  });

  test('are listed where it has them, in whatever version, and kinds that mean nothing to us are not', async () => {
    const tried = await collected({ objects: [...BASE, ...OPTIONAL] });
    const { kubernetes, gaps } = tried.inventory;
    expect(gaps).toEqual([]);
    expect(kubernetes.gateways.map(({ name }) => name)).toEqual(['edge']);
    expect(kubernetes.routes.map(({ kind, name }) => [kind, name])).toEqual([
      ['HTTPRoute', 'web'],
      ['TCPRoute', 'tcp'],
    ]);
    expect(kubernetes.admissionPolicies.map(({ kind, name }) => [kind, name])).toEqual([
      ['MutatingAdmissionPolicy', 'map'],
      ['ValidatingAdmissionPolicy', 'vap'],
    ]);
    expect(kubernetes.enginePolicies.map(({ apiGroup, kind, action }) => [apiGroup, kind, action])).toEqual([
      ['kyverno.io', 'ClusterPolicy', 'enforce'],
      ['constraints.gatekeeper.sh', 'K8sRequiredLabels', 'enforce'],
      ['cilium.io', 'CiliumNetworkPolicy', undefined],
      ['crd.projectcalico.org', 'NetworkPolicy', undefined],
    ]);
    expect(kubernetes.securityContextConstraints.map(({ name }) => name)).toEqual(['restricted']);
    expect(kubernetes.networkPolicies).toEqual([]);
    expect(asked(tried).filter((path) => /ciliumendpoints|projectcalico\.org\/v3/.test(path))).toEqual([]);
    expect(tried.server.requests.filter(({ path }) => path === '/apis')).toHaveLength(1);
  });

  test('progress tells lists of one plural apart by their group', async () => {
    const { progress } = await collected({ objects: [...BASE, ...OPTIONAL] });
    const done = progress.filter((step) => step.done && step.what.startsWith('networkpolicies'));
    expect(done.map(({ what, count }) => [what, count])).toEqual([
      ['networkpolicies', 0],
      ['networkpolicies.crd.projectcalico.org', 1],
    ]);
  });

  test('forbidden: a gap with the right, named with its group', async () => {
    const { inventory } = await collected({
      objects: [...BASE, ...OPTIONAL],
      user: 'u',
      forbid: ({ plural }) => plural === 'clusterpolicies',
    });
    expect(inventory.gaps.map(({ what, resources, permission }) => ({ what, resources, permission }))).toEqual([
      {
        what: 'clusterpolicies.kyverno.io',
        resources: ['clusterpolicies.kyverno.io'],
        permission: 'list clusterpolicies.kyverno.io at the cluster scope',
      },
    ]);
  });

  test('forbidden cluster-wide and in no namespace: read in each', async () => {
    const { inventory } = await collected({
      objects: [...BASE, ...OPTIONAL],
      forbid: ({ plural, namespace: one }) => plural === 'gateways' && one === undefined,
    });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.gateways).toHaveLength(1);
  });
});

describe('discovery that does not answer', () => {
  test.each([
    ['forbidden', { forbid: ({ path }: { path: string }) => path === '/apis' }, /403/, 'get /apis'],
    ['failing', { faults: [{ does: { kind: 'status', status: 500 }, when: { path: '/apis' } }] }, /500/, undefined],
    [
      'no list of groups',
      { faults: [{ does: { kind: 'body', body: '{"kind":"Status"}' }, when: { path: '/apis' } }] },
      /no list of API groups/,
      undefined,
    ],
    ['no JSON', { faults: [{ does: { kind: 'body', body: '<html>' }, when: { path: '/apis' } }] }, /no list of API groups/, undefined],
  ] as const)('%s: a gap, and the other lists are read', async (_name, options, why, permission) => {
    const { inventory } = await collected({ objects: [...BASE, ...OPTIONAL], ...options });
    expect(inventory.gaps).toHaveLength(1);
    expect(inventory.gaps[0]).toMatchObject({ what: 'optional APIs', why: expect.stringMatching(why) });
    expect(inventory.gaps[0]?.why).toMatch(/were not looked for$/);
    expect(inventory.gaps[0]?.permission).toBe(permission);
    expect([inventory.kubernetes.pods.length, inventory.kubernetes.enginePolicies]).toEqual([2, []]);
  });

  test.each([
    ['failing', { kind: 'status', status: 503 }],
    ['gone', { kind: 'status', status: 404 }],
    ['no list of resources', { kind: 'body', body: '{"kind":"APIResourceList"}' }],
    ['no JSON', { kind: 'body', body: '<html>' }],
  ] as const)('for one group, %s: a gap for that group, and the others are read', async (_name, does) => {
    const path = '/apis/kyverno.io/v1';
    const { inventory } = await collected({ objects: [...BASE, ...OPTIONAL], faults: [{ does, when: { path } }] });
    expect(inventory.gaps.map(({ what, why }) => [what, why])).toEqual([['API group kyverno.io', expect.stringContaining(path)]]);
    expect(inventory.kubernetes.enginePolicies).toHaveLength(3);
  });

  test('with names that would leave their path: they are not asked for', async () => {
    const kyverno = { name: 'kyverno.io', versions: [{ version: 'v1' }, { version: '../../api/v1' }], preferredVersion: { version: 'v1' } };
    const verbs = ['list'];
    const resources = [
      { name: 'clusterpolicies', kind: 'ClusterPolicy', verbs },
      { name: '../secrets?x=', kind: 'Policy', namespaced: true, verbs },
      { name: 'policies/status', kind: 'Policy', namespaced: true, verbs },
      { name: 'policyexceptions', kind: 'PolicyException', namespaced: true, verbs: ['create'] },
      null,
    ];
    const body = (value: object): string => JSON.stringify(value);
    const tried = await tryCollect({
      objects: BASE,
      faults: [
        { does: { kind: 'body', body: body({ groups: [null, { name: 3 }, kyverno] }) }, when: { path: '/apis' } },
        { does: { kind: 'body', body: body({ resources }) }, when: { path: '/apis/kyverno.io/v1' } },
      ],
    });
    expect(asked(tried).filter((path) => path.includes('kyverno'))).toEqual(['/apis/kyverno.io/v1', '/apis/kyverno.io/v1/clusterpolicies']);
  });
});

test('what lets traffic in, storage and extensions are read, and no more of them than has a place', async () => {
  const objects = [
    ...BASE,
    object('v1', 'Service', { namespace: 'a', name: 'web', annotations: { x: 'CANARY' } }, { spec: { type: 'LoadBalancer' } }),
    object('networking.k8s.io/v1', 'Ingress', { namespace: 'a', name: 'web' }, { spec: {} }),
    object('networking.k8s.io/v1', 'IngressClass', { name: 'nginx' }, { spec: { controller: 'k8s.io/ingress-nginx' } }),
    object('discovery.k8s.io/v1', 'EndpointSlice', { namespace: 'a', name: 'web-1' }, { endpoints: [], ports: [] }),
    object('v1', 'PersistentVolume', { name: 'v' }, { spec: { hostPath: { path: '/' } } }),
    object('v1', 'PersistentVolumeClaim', { namespace: 'a', name: 'c' }, { spec: { volumeName: 'v' } }),
    object('storage.k8s.io/v1', 'StorageClass', { name: 's' }, { provisioner: 'p', parameters: { x: 'CANARY' } }),
    object(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      { name: 'x.g' },
      { spec: { group: 'g', names: { plural: 'x', kind: 'X' }, versions: ['CANARY'] } },
    ),
    object('apiregistration.k8s.io/v1', 'APIService', { name: 'v1.g' }, { spec: { group: 'g', version: 'v1', caBundle: 'CANARY' } }),
  ];
  const { inventory, everything } = await collected({ objects });
  expect(inventory.gaps).toEqual([]);
  const { kubernetes } = inventory;
  const lists = [
    kubernetes.services,
    kubernetes.ingresses,
    kubernetes.ingressClasses,
    kubernetes.endpointSlices,
    kubernetes.persistentVolumes,
    kubernetes.persistentVolumeClaims,
    kubernetes.storageClasses,
    kubernetes.customResourceDefinitions,
    kubernetes.apiServices,
  ];
  expect(lists.map((list) => list.map(({ name }) => name))).toEqual([
    ['web'],
    ['web'],
    ['nginx'],
    ['web-1'],
    ['v'],
    ['c'],
    ['s'],
    ['x.g'],
    ['v1.g'],
  ]);
  expect(everything).not.toContain('CANARY');
});
