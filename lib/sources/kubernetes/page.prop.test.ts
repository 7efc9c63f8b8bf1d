import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LISTED_RESOURCES } from '../listed-resources.ts';
import { parsePage, peekPage } from './page.ts';
import { stripManagedFields } from './strip-managed-fields.ts';

const [, POD] = LISTED_RESOURCES;
const SECRET = LISTED_RESOURCES.find(({ kind }) => kind === 'Secret');
if (POD === undefined || SECRET === undefined) throw new Error('the table lost pods or secrets');

/** Text that tries to look like structure. */
const hostile = fc.oneof(
  fc.constantFrom(
    ',"managedFields":[{',
    '],"name":"',
    '}]',
    ',"managedFields":[',
    ']},"spec":{',
    '"metadata":{',
    '}],"x":"',
    '\\',
    '"',
    '\u2028',
    'CANARY',
    '{"metadata":{"name":"x"}}',
    '__proto__',
  ),
  fc.string(),
);
const labels = fc.dictionary(hostile, hostile, { maxKeys: 3 });
const fieldsV1 = fc.dictionary(
  hostile.map((key) => `f:${key}`),
  fc.constant({}),
  { maxKeys: 3 },
);
const metadata = fc.record(
  {
    name: hostile,
    namespace: hostile,
    annotations: labels,
    ownerReferences: fc.array(fc.record({ name: hostile })),
    managedFields: fc.array(fc.record({ manager: hostile, fieldsV1 }), { maxLength: 2 }),
  },
  { requiredKeys: ['name'] },
);
const item = fc.oneof(
  fc.record({ metadata, spec: fc.record({ nodeName: hostile, args: fc.array(hostile, { maxLength: 2 }) }) }),
  fc.record({ metadata, data: labels }),
  fc.record({ metadata, spec: fc.record({ template: fc.record({ metadata, spec: fc.record({ nodeName: hostile }) }) }) }),
);
const list = fc.record({ continueToken: fc.oneof(fc.constant(''), fc.base64String(), hostile), items: fc.array(item, { maxLength: 5 }) });

function text({ continueToken, items }: { continueToken: string; items: unknown[] }): Buffer {
  const head = { resourceVersion: '1', ...(continueToken === '' ? {} : { continue: continueToken }), remainingItemCount: 3 };
  return Buffer.from(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: head, items }));
}

function withoutManagedFields(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner) => (key === 'managedFields' ? undefined : inner));
}

describe('a page, whatever its objects are called', () => {
  test('cutting managedFields changes nothing else', () => {
    fc.assert(
      fc.property(list, (generated) => {
        const stripped = JSON.parse(stripManagedFields(text(generated)).toString('utf8'));
        expect(withoutManagedFields(stripped)).toEqual(withoutManagedFields(JSON.parse(text(generated).toString('utf8'))));
      }),
      { seed: 7, numRuns: 1500 },
    );
  });

  test('parsing gives the items and the token, and peeking never gives another token', () => {
    fc.assert(
      fc.property(list, (generated) => {
        const page = parsePage(text(generated), POD);
        expect(withoutManagedFields(page?.items)).toEqual(withoutManagedFields(generated.items));
        expect(page?.continueToken).toBe(generated.continueToken === '' ? undefined : generated.continueToken);
        const peeked = peekPage(text(generated));
        if (peeked !== undefined && /^[\x20-\x7e]*$/.test(generated.continueToken)) expect(peeked.continueToken).toBe(page?.continueToken);
      }),
      { seed: 7, numRuns: 1500 },
    );
  });

  test('a whole Secret loses every value', () => {
    const secrets = fc.array(
      fc.dictionary(fc.constantFrom('data', 'stringData', 'a', '__proto__'), fc.constant('CANARY'), { minKeys: 1 }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(secrets, (datas) => {
        const items = datas.map((data) => ({ metadata: { name: 'x' }, type: 'Opaque', data, stringData: data }));
        const page = parsePage(Buffer.from(JSON.stringify({ kind: 'SecretList', items })), SECRET);
        expect(page?.items.length).toBe(datas.length);
        expect(JSON.stringify(page)).not.toContain('CANARY');
        const names = (items: readonly unknown[]): unknown => items.map((one) => Object.keys((one as { data: object }).data));
        expect(names(page?.items ?? [])).toEqual(datas.map((data) => Object.keys(data)));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

const managedFields = [{ manager: 'kubelet', fieldsV1: { 'f:metadata': { 'f:labels': {} }, 'f:spec': {} }, subresource: 'status' }];
const nested = [{ manager: 'x', odd: [1], more: 2 }];

describe('managedFields', () => {
  const rows: { name: string; item: object; left: boolean }[] = [
    {
      name: 'before the spec, as the API server writes them',
      item: { metadata: { name: 'a', managedFields }, spec: { x: 1 } },
      left: false,
    },
    {
      name: 'before the name, as sorted keys have it',
      item: { metadata: { labels: {}, managedFields, name: 'a' }, spec: {} },
      left: false,
    },
    { name: 'empty', item: { metadata: { name: 'a', managedFields: [] }, spec: {} }, left: false },
    { name: 'with an array inside', item: { metadata: { name: 'a', managedFields: nested, uid: 'u' }, spec: {} }, left: true },
    {
      name: 'with a bracket in a key',
      item: { metadata: { name: 'a', managedFields: [{ fieldsV1: { 'k:{"ip":"[::1]"}': {} } }] }, spec: {} },
      left: true,
    },
    { name: 'first of the metadata', item: { metadata: { managedFields, name: 'a' }, spec: {} }, left: true },
    { name: 'last of the object', item: { spec: {}, metadata: { name: 'a', managedFields } }, left: true },
    {
      name: 'within an annotation',
      item: { metadata: { name: 'a', annotations: { x: JSON.stringify({ metadata: { managedFields } }) } }, spec: {} },
      left: true,
    },
  ];
  test.each(rows)('$name', ({ item: one, left }) => {
    const body = text({ continueToken: '', items: [one, { metadata: { name: 'b' }, spec: {} }] });
    expect(stripManagedFields(body).includes('managedFields')).toBe(left);
    expect(withoutManagedFields(parsePage(body, POD)?.items)).toEqual(withoutManagedFields([one, { metadata: { name: 'b' }, spec: {} }]));
  });
});

describe('bytes that are no page', () => {
  const rows: { name: string; body: string }[] = [
    { name: 'nothing', body: '' },
    { name: 'cut off', body: '{"kind":"PodList","metadata":{},"items":[{"met' },
    { name: 'a Status', body: '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure"}' },
    { name: 'no items', body: '{"kind":"PodList","metadata":{}}' },
    { name: 'items of another type', body: '{"kind":"PodList","metadata":{},"items":{"0":1}}' },
    { name: 'an array', body: '[]' },
    { name: 'a page of HTML', body: '<html>login</html>' },
  ];
  test.each(rows)('$name', ({ body }) => {
    expect(parsePage(Buffer.from(body), POD)).toBeUndefined();
  });

  test('items that a Go server never filled are no error', () => {
    expect(parsePage(Buffer.from('{"kind":"PodList","apiVersion":"v1","metadata":{},"items":null}'), POD)?.items).toEqual([]);
  });
});
