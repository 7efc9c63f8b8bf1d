import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../e2e/api-server/fault.ts';
import { namespace, object, pods } from './testing/objects.ts';
import { collected } from './testing/try-collect.ts';

const VALUE = Buffer.from('CANARY-value').toString('base64');
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const annotations = { [LAST_APPLIED]: `{"data":{"password":"${VALUE}"}}`, 'kubernetes.io/service-account.name': 'bot' };

function secret(name: string, type: string, keys: readonly string[]): ReturnType<typeof object> {
  const data = Object.fromEntries(keys.map((key) => [key, VALUE]));
  return object('v1', 'Secret', { namespace: 'a', name, annotations }, { type, data });
}

const TOKEN = 'kubernetes.io/service-account-token';
const CLUSTER = [
  namespace('a'),
  ...pods('a', 1),
  secret('bot-token', TOKEN, ['ca.crt', 'token']),
  secret('constructor', 'Opaque', ['__proto__', 'password']),
];
const shape = (secrets: readonly { name: string; type?: string; keys?: readonly string[] }[]): unknown =>
  secrets.map(({ name, type, keys }) => [name, type, keys]);

describe('secrets', () => {
  test('metadata only: key names and which are tokens, no value, though the annotation repeats it', async () => {
    const { inventory, everything, server } = await collected({ objects: CLUSTER });
    expect(shape(inventory.kubernetes.secrets)).toEqual([
      ['bot-token', TOKEN, ['ca.crt', 'token']],
      ['constructor', undefined, ['__proto__', 'password']],
    ]);
    expect(inventory.kubernetes.secrets[0]?.annotations.get('kubernetes.io/service-account.name')).toBe('bot');
    expect(inventory.gaps).toEqual([]);
    expect(everything).not.toMatch(/CANARY/);
    expect(everything).not.toContain(VALUE);
    const asked = server.requests.filter(({ plural }) => plural === 'secrets').map(({ headers }) => headers.accept);
    expect(asked.length).toBe(2);
    expect(asked.every((accept) => accept?.startsWith('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'))).toBe(true);
  });

  const liar = JSON.stringify({
    kind: 'PartialObjectMetadataList',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    items: [{ kind: 'PartialObjectMetadata', metadata: { namespace: 'a', name: 'x', annotations }, data: { password: VALUE } }],
  });
  const rows: { name: string; fault: Fault; warned: boolean }[] = [
    { name: 'a server that sends whole Secrets', fault: { does: { kind: 'ignore-accept' }, when: { plural: 'secrets' } }, warned: true },
    {
      name: 'one that says metadata and sends data',
      fault: { does: { kind: 'body', body: liar }, when: { plural: 'secrets' } },
      warned: false,
    },
  ];
  test.each(rows)('$name: the values go nowhere', async ({ fault, warned }) => {
    const { inventory, everything } = await collected({ objects: CLUSTER, faults: [fault] });
    expect(inventory.kubernetes.secrets.every(({ keys }) => keys?.includes('password') || keys?.includes('token'))).toBe(true);
    expect(inventory.kubernetes.secrets.length).toBeGreaterThan(0);
    expect(everything).not.toMatch(/CANARY/);
    expect(everything).not.toContain(VALUE);
    expect(inventory.gaps.some(({ what, why }) => what === 'secrets' && why.includes('whole Secrets'))).toBe(warned);
  });

  test('the list of tokens fails: the Secrets are there, a gap says that their types are not known', async () => {
    const { inventory } = await collected({
      objects: CLUSTER,
      // The list by type comes first, five tries of it.
      faults: [{ does: { kind: 'status', status: 500 }, when: { plural: 'secrets' }, times: 5 }],
    });
    expect(shape(inventory.kubernetes.secrets)).toEqual([
      ['bot-token', undefined, ['ca.crt', 'token']],
      ['constructor', undefined, ['__proto__', 'password']],
    ]);
    expect(inventory.gaps.map(({ why }) => why)).toEqual([expect.stringMatching(/type of a Secret is not known$/)]);
  });

  test('the permission that is missing is `list secrets`, asked for once', async () => {
    const { inventory, server } = await collected(
      { objects: CLUSTER, forbid: ({ plural, namespace: one }) => plural === 'secrets' || (plural === 'namespaces' && one === undefined) },
      { kubeconfigWanted: { context: { namespace: 'a' } } },
    );
    expect(inventory.gaps.map(({ permission }) => permission)).toContain('list secrets at the cluster scope');
    expect(server.requests.filter(({ path }) => path === '/api/v1/secrets').length).toBe(1);
  });
});
