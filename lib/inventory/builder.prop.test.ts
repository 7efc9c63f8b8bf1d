import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInventoryBuilder } from './builder.ts';
import type { Inventory } from './inventory.ts';

/** One kind of every list of the inventory, in two API groups where there are two. */
const KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'Namespace'],
  ['v1', 'ServiceAccount'],
  ['v1', 'Secret'],
  ['v1', 'Node'],
  ['v1', 'Pod'],
  ['v1', 'Service'],
  ['v1', 'PersistentVolume'],
  ['v1', 'PersistentVolumeClaim'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ReplicaSet'],
  ['batch/v1', 'CronJob'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['extensions/v1beta1', 'NetworkPolicy'],
  ['crd.projectcalico.org/v1', 'NetworkPolicy'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['discovery.k8s.io/v1', 'EndpointSlice'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['networking.istio.io/v1', 'Gateway'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io/v1', 'APIService'],
  ['security.openshift.io/v1', 'SecurityContextConstraints'],
  ['kyverno.io/v1', 'Policy'],
  ['constraints.gatekeeper.sh/v1beta1', 'K8sX'],
  ['serving.knative.dev/v1', 'Service'],
];

const name = fc.constantFrom('a', 'b', 'constructor', '__proto__', 'a/b', 'ü');
const template = fc.record({
  metadata: fc.constantFrom({}, { labels: { app: 'x' } }),
  spec: fc.record({ containers: fc.constantFrom([], [{ name: 'c', image: 'i' }]) }),
});
/** Fields of all kinds at once: each kind takes its own. */
const spec = fc.record(
  {
    template,
    jobTemplate: template.map((one) => ({ spec: { template: one } })),
    replicas: fc.constantFrom(0, 1),
    policyName: name,
    type: fc.constantFrom('ClusterIP', 'LoadBalancer'),
    selector: fc.constantFrom({}, { app: 'x' }),
    rules: fc.constantFrom([], [{ host: 'h' }]),
    group: fc.constant('g'),
    names: fc.constant({ plural: 'x', kind: 'X' }),
    hostPath: fc.constantFrom(undefined, { path: '/' }),
    containers: fc.constantFrom([], [{ name: 'c', image: 'j' }]),
    validationFailureAction: fc.constantFrom(undefined, 'Enforce', 'Audit'),
  },
  { requiredKeys: ['template', 'jobTemplate', 'policyName', 'group', 'names'] },
);
const object = fc
  .record({
    type: fc.constantFrom(...KINDS),
    name,
    namespace: fc.option(name, { nil: undefined }),
    uid: fc.constantFrom(undefined, 'u', 'w'),
    resourceVersion: fc.constantFrom(undefined, '1', '20'),
    owner: fc.constantFrom(undefined, 'Deployment', 'CronJob', 'ReplicaSet'),
    ownerName: name,
    spec,
  })
  .map(({ type: [apiVersion, kind], owner, ownerName, spec: body, ...metadata }) => ({
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      ...(owner === undefined
        ? {}
        : { ownerReferences: [{ apiVersion: 'apps/v1', kind: owner, name: ownerName, uid: 'o', controller: true }] }),
    },
    spec: body,
    provisioner: 'p',
  }));

function built(objects: readonly unknown[]): Inventory {
  const builder = createInventoryBuilder();
  for (const one of objects) builder.addObject(one, { source: 'snapshot', file: 'x.json' });
  return builder.finish();
}

test('the order of objects decides nothing, whatever their kinds and however often one comes', () => {
  const filled = new Set<string>();
  fc.assert(
    fc.property(
      fc
        .array(object, { maxLength: 12 })
        .chain((objects) =>
          fc.tuple(fc.constant(objects), fc.shuffledSubarray([...objects, ...objects], { minLength: 2 * objects.length })),
        ),
      ([objects, shuffled]) => {
        const inventory = built(objects);
        expect(built(shuffled)).toEqual(inventory);
        // Every object here has a template of pods, and those of kinds that are not read say so.
        expect(inventory.gaps.filter(({ why }) => !why.startsWith('objects of this kind are not read'))).toEqual([]);
        for (const [key, list] of Object.entries(inventory.kubernetes)) if (list.length > 1) filled.add(key);
      },
    ),
    { seed: 17, numRuns: 1500 },
  );
  // Bindings come whole in other tests; every other list had two records at least once.
  expect(Object.keys(built([]).kubernetes).filter((key) => !filled.has(key))).toEqual(['bindings']);
});

test('lists are sorted by namespace, then kind, then name, and no object is there twice', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 20 }), (objects) => {
      for (const list of Object.values(built(objects).kubernetes) as unknown as readonly {
        apiGroup?: string;
        namespace?: string;
        kind?: string;
        name: string;
      }[][]) {
        const keys = list.map((one) => [one.namespace ?? '', one.kind ?? '', one.name, one.apiGroup ?? '']);
        const sorted = [...keys].sort((left, right) => {
          const at = left.findIndex((part, index) => part !== right[index]);
          return at < 0 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
        });
        expect(keys).toEqual(sorted);
        expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(keys.length);
      }
    }),
    { seed: 19, numRuns: 500 },
  );
});
