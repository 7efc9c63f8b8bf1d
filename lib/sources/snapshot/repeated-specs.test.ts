import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { streamBytes } from './byte-source.ts';
import { parseElements } from './json-text.ts';
import { Window } from './window.ts';

interface Copy {
  readonly node?: string;
  readonly token?: string;
  readonly image?: string;
  readonly claim?: string;
  readonly mount?: string;
  readonly kind?: string;
  readonly note?: string;
  readonly more?: Record<string, unknown>;
}

/** A pod of a Deployment as kubectl prints it, keys in order. */
function pod(index: number, { node, token = 'aaaaa', image = 'shop:1', claim, mount, kind = 'Pod', note = 'n', more }: Copy = {}): unknown {
  const name = `kube-api-access-${token}`;
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      annotations: { 'cni.projectcalico.org/podIP': note },
      name: `shop-${index}`,
      namespace: 'shop',
      ownerReferences: [{ apiVersion: 'apps/v1', controller: true, kind: 'ReplicaSet', name: 'shop', uid: 'u' }],
    },
    spec: {
      ...more,
      containers: [
        {
          args: ['--rewrite=<none>', '"quoted"'],
          env: [{ name: 'A', value: 'spec' }],
          image,
          name: 'app',
          volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: mount ?? name, readOnly: true }],
        },
      ],
      ...(node === undefined ? {} : { nodeName: node }),
      serviceAccountName: 'shop',
      volumes: [
        { name, projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }] } },
        { name: 'data', persistentVolumeClaim: { claimName: claim ?? 'data' } },
      ],
    },
    status: { phase: 'Running', podIP: `10.0.0.${index}` },
  };
}

const print = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item, null, 4)).join(',\n');

async function read(text: string): Promise<readonly unknown[] | undefined> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    yield bytes;
  }
  const window = new Window(streamBytes(chunks()), { chunkBytes: 1 << 16, valueBytes: 1 << 24 });
  while (await window.fill());
  return parseElements(window, 0, window.end);
}

/** What the inventory keeps: whatever is shared, that has to be the same. */
function kept(items: readonly unknown[]): Pick<Inventory, 'kubernetes' | 'gaps'> {
  const builder = createInventoryBuilder();
  for (const [index, item] of items.entries())
    builder.addObject(item, { source: 'snapshot', file: 'pods.json', pointer: `/items/${index}` });
  const { kubernetes, gaps } = builder.finish();
  return { kubernetes, gaps };
}

const containersOf = (item: unknown): unknown => (item as { spec?: { containers?: unknown } }).spec?.containers;

const tolerations = { tolerations: [{ key: 'a', operator: 'Exists' }] };
const onNode = (node: string): Record<string, unknown> => ({ affinity: { nodeAffinity: { names: [node] } } });

describe('specs of copies', () => {
  test.each<[string, readonly unknown[]]>([
    ['on another node', [pod(1, { node: 'node-1' }), pod(2, { node: 'node-22' })]],
    ['with another token volume', [pod(1, { token: 'abcde' }), pod(2, { token: 'fghij' })]],
    ['with both', [pod(1, { node: 'node-1', token: 'abcde' }), pod(2, { node: 'b', token: 'fghij' })]],
    ['with the same of both', [pod(1, { node: 'node-1' }), pod(2, { node: 'node-1' })]],
    ['that wait for a node', [pod(1), pod(2)]],
    ['with other metadata', [pod(1, { note: 'one' }), pod(2, { note: 'another' })]],
    ['on nodes whose names begin alike', [pod(1, { node: 'node-1' }), pod(2, { node: 'node-1.example.com' })]],
  ])('%s are read once', async (_name, items) => {
    const text = print(items);
    const got = (await read(text)) ?? [];
    expect(containersOf(got[1])).toBe(containersOf(got[0]));
    expect(kept(got)).toEqual(kept(JSON.parse(`[${text}]`) as unknown[]));
    expect((got[1] as { spec: { nodeName?: string } }).spec.nodeName).toBe((items[1] as { spec: { nodeName?: string } }).spec.nodeName);
  });

  const twice = print([pod(1), pod(2)]);
  test.each<[string, string]>([
    ['another image', print([pod(1), pod(2, { image: 'shop:2' })])],
    ['a field more', print([pod(1), pod(2, { more: tolerations })])],
    ['a field less', print([pod(1, { more: tolerations }), pod(2)])],
    ['a node that one of them lacks', print([pod(1, { node: 'node-1' }), pod(2)])],
    ['a mount of another volume', print([pod(1), pod(2, { token: 'bbbbb', mount: 'kube-api-access-aaaaa' })])],
    [
      'a claim called as the token volume',
      print([pod(1, { claim: 'kube-api-access-aaaaa' }), pod(2, { token: 'b1b1b', claim: 'kube-api-access-b1b1b' })]),
    ],
    [
      'a claim called as the copy has its token volume',
      print([pod(1, { claim: 'kube-api-access-bbbbb' }), pod(2, { token: 'bbbbb', claim: 'kube-api-access-bbbbb' })]),
    ],
    [
      'the name of the node elsewhere',
      print([pod(1, { node: 'node-1', more: onNode('node-1') }), pod(2, { node: 'node-2', more: onNode('node-2') })]),
    ],
    [
      'another node in their affinity alone',
      print([pod(1, { node: 'node-1', more: onNode('node-1') }), pod(2, { node: 'node-1', more: onNode('node-2') })]),
    ],
    ['other characters than a generated name ends in', print([pod(1), pod(2, { token: 'b-b.b' })])],
    ['a node name that no node can have', print([pod(1, { node: 'node-1' }), pod(2, { node: 'node"2' })])],
    ['a token volume that no admission plugin names', print([pod(1), pod(2, { token: 'BBBBB' })])],
    ['a longer name of the token volume', print([pod(1), pod(2, { token: 'bbbbbb' })])],
    [
      'a claim whose letters are escaped',
      print([pod(1, { claim: 'X' }), pod(2, { claim: 'X', token: 'bbbbb' })]).replaceAll('"X"', '"kube-api-\\u0061ccess-aaaaa"'),
    ],
    ['the kind of something else', print([pod(1, { kind: 'Other' }), pod(2, { kind: 'Other' }), pod(3, { note: 'kind": "Pod"' })])],
    ['a pod beside something else', print([pod(1), pod(2, { kind: 'Other' })])],
    ['no line breaks', `${JSON.stringify(pod(1))},${JSON.stringify(pod(2))}`],
    ['letters beyond ASCII', print([pod(1), pod(2, { note: 'ÿ0' })])],
    ['an escape that reads as what stands in', print([pod(1), pod(2, { note: 'X' })]).replace('"X"', '"\\u00ff0"')],
    ['an escape that reads so in place of the spec', `${twice},\n${print([{ kind: 'Pod', spec: 'X' }]).replace('"X"', '"\\u00FF1"')}`],
    ['a spec further down', print([pod(1), { kind: 'Pod', metadata: { name: 'a' }, deep: pod(2) }])],
    ['a spec twice in one item', twice.replace(/\n {4}"status"/, '\n    "spec": {\n        "nodeName": "a"\n    },\n    "status"')],
    ['a spec that closes elsewhere', twice.replaceAll('\n    },\n    "status": {', '}, "status": {')],
    ['a bracket of the spec at its indentation', twice.replaceAll('\n                }\n', '\n    }\n')],
    ['a spec that is empty', print([{ kind: 'Pod', metadata: { name: 'a' }, spec: {} }, pod(1)])],
    ['items that are no objects', `null,\n1,\n${twice.replaceAll('"Pod"', '"Other"')}`],
  ])('with %s are read as they stand', async (_name, text) => {
    const oracle = JSON.parse(`[${text}]`) as unknown[];
    const got = (await read(text)) ?? [];
    expect(got).toEqual(oracle);
    expect(containersOf(got[1]) === undefined || containersOf(got[1]) !== containersOf(got[0])).toBe(true);
  });

  test('of damaged text are what JSON.parse makes of them, or nothing', async () => {
    const items = [1, 2, 3, 4].map((index) => pod(index, { node: `node-${index}`, token: `aaaa${index}` }));
    const bytes = Buffer.from(print(items));
    const inSpecs = [...print(items).matchAll(/kube-api-access|node-\d|"spec"|[{}[\]]/g)].map(({ index }) => index);
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(bytes.length - 1), fc.constantFrom(...inSpecs)),
        fc.nat(20),
        fc.constantFrom(10, 32, 34, 44, 45, 48, 58, 91, 92, 93, 97, 98, 123, 125, 0xff),
        async (at, further, byte) => {
          const damaged = Buffer.from(bytes);
          damaged[Math.min(at + further, bytes.length - 1)] = byte;
          const got = await read(damaged.toString('latin1'));
          let oracle: unknown[] | undefined;
          try {
            oracle = JSON.parse(`[${damaged.toString('latin1')}]`) as unknown[];
          } catch {
            oracle = undefined;
          }
          if (oracle === undefined) expect(got).toBeUndefined();
          else {
            expect(kept(got ?? [])).toEqual(kept(oracle));
            whole += 1;
          }
        },
      ),
      { seed: 20261122, numRuns: 1200 },
    );
    expect(whole).toBeGreaterThan(200);
  });
});
