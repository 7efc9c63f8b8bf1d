import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';
import type { Pod } from '../kubernetes.ts';
import type { RawObject } from './field-reader.ts';

const small = { maxLength: 2 };
const flag = fc.constantFrom(undefined, true, false);
const name = fc.constantFrom('a', 'kube-api-access', 'kube-api-access-abcde', 'kube-api-access-zzzzz', 'kube-api-access-ABCDE');
const volume = fc.record({
  name,
  hostPath: fc.constantFrom(undefined, { path: '/' }),
  projected: fc.constantFrom(undefined, {
    sources: [{ serviceAccountToken: { path: 't' } }, { secret: { name: 'kube-api-access-abcde' } }],
  }),
});
const mount = fc.record({ name, mountPath: fc.constantFrom('/a', '/b'), readOnly: flag });
const container = fc.record({
  name: fc.constantFrom('c', 'kube-api-access-abcde', 'kube-api-access-zzzzz'),
  image: fc.constantFrom('i', 'j'),
  volumeMounts: fc.array(mount, small),
  env: fc.array(fc.record({ name: fc.constantFrom('E', 'F'), value: fc.constantFrom('kube-api-access-abcde', 'x') }), small),
  securityContext: fc.constantFrom(undefined, { privileged: true }),
});
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const onNode = (name: string) => ({ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] });
const labelled = { matchExpressions: [{ key: 'k', operator: 'Exists' }] };
const nodeAffinity = (...nodeSelectorTerms: object[]) => ({ nodeAffinity: { [REQUIRED]: { nodeSelectorTerms } } });
const spec = fc.record({
  serviceAccountName: fc.constantFrom(undefined, 'a', 'b'),
  hostNetwork: flag,
  nodeName: fc.constantFrom(undefined, '', 'n', 'm'),
  affinity: fc.constantFrom<object | undefined>(
    undefined,
    { x: 1 },
    nodeAffinity(),
    nodeAffinity(onNode('n')),
    nodeAffinity(onNode('m')),
    nodeAffinity(onNode('n'), labelled),
    nodeAffinity({ ...labelled, ...onNode('n') }),
  ),
  tolerations: fc.constantFrom(undefined, null, [], [{ operator: 'Exists' }], [{ key: 'a', effect: 'NoExecute', tolerationSeconds: 300 }]),
  runtimeClassName: fc.constantFrom(undefined, '', 'gvisor'),
  containers: fc.array(container, small),
  initContainers: fc.constantFrom(undefined, null, []),
  volumes: fc.oneof(fc.constant(undefined), fc.array(volume, small)),
  nodeSelector: fc.constantFrom(undefined, { a: 'b' }),
  os: fc.constantFrom(undefined, { name: 'linux' }),
  imagePullSecrets: fc.constantFrom(undefined, [{ name: 'p' }]),
});

const FIELDS = [
  'serviceAccountName',
  'hostNetwork',
  'nodeName',
  'affinity',
  'tolerations',
  'runtimeClassName',
  'containers',
  'initContainers',
  'volumes',
  'nodeSelector',
  'os',
  'imagePullSecrets',
] as const;
/** Specs that differ from one another in at most two fields: only so does each field decide now and then. */
const nearlyTheSame = fc
  .tuple(spec, fc.array(fc.tuple(fc.constantFrom(...FIELDS), spec), { minLength: 1, maxLength: 3 }))
  .map(([base, changes]) => [base, ...changes.map(([key, other]) => ({ ...base, [key]: other[key] }))]);

function podsOf(specs: readonly unknown[], uidOf: (index: number) => string): readonly Pod[] {
  const builder = createInventoryBuilder();
  for (const [index, raw] of specs.entries()) {
    const metadata = {
      name: `p${index}`,
      namespace: 'n',
      labels: { i: String(index % 2) },
      ownerReferences: [{ controller: true, apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: uidOf(index) }],
    };
    builder.addObject({ apiVersion: 'v1', kind: 'Pod', metadata, spec: raw } satisfies RawObject, { source: 'snapshot' });
  }
  return builder.finish().kubernetes.pods;
}

test('a pod is read the same beside its siblings as alone, and equal specs are one object', () => {
  let shared = 0;
  fc.assert(
    fc.property(fc.oneof(nearlyTheSame, fc.array(spec, { minLength: 2, maxLength: 4 })), fc.boolean(), (specs, repeat) => {
      const all = repeat
        ? [
            ...specs,
            ...specs.map(
              (each) => JSON.parse(JSON.stringify(each).replaceAll('kube-api-access-abcde', 'kube-api-access-q1w2e')) as unknown,
            ),
          ]
        : specs;
      const together = podsOf(all, () => 'same');
      const alone = all.map((raw, index) =>
        podsOf([...Array.from({ length: index }, () => ({ containers: [] })), raw], (at) => `u${at}`).at(-1),
      );
      expect(together.map((pod) => pod.spec)).toEqual(alone.map((pod) => pod?.spec));
      expect(together.map((pod) => pod.labels)).toEqual(alone.map((pod) => pod?.labels));
      const texts = new Set(together.map((pod) => JSON.stringify([pod.spec, [...pod.spec.nodeSelector]])));
      expect(new Set(together.map((pod) => pod.spec)).size).toBe(texts.size);
      if (texts.size < together.length) shared++;
    }),
    { seed: 11, numRuns: 1500 },
  );
  expect(shared).toBeGreaterThan(300);
});
