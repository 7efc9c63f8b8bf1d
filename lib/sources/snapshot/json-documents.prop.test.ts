import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenFile } from './broken-file.ts';
import { streamBytes } from './byte-source.ts';
import { JsonCursor } from './json-cursor.ts';
import { type JsonSink, readJsonDocuments } from './json-documents.ts';
import { Window } from './window.ts';

interface Read {
  readonly items: unknown[];
  readonly documents: unknown[];
  readonly heads: unknown[];
  readonly broken: BrokenFile | undefined;
}

async function read(bytes: Buffer, { chunk, batch }: { chunk: number; batch: number }): Promise<Read> {
  async function* chunks(): AsyncGenerator<Buffer> {
    yield bytes;
  }
  const items: unknown[] = [];
  const documents: unknown[] = [];
  const heads: unknown[] = [];
  let inList = 0;
  const sink: JsonSink = {
    items(some, { first }) {
      expect(first).toBe(inList);
      inList += some.length;
      items.push(...some);
    },
    listEnd(head) {
      heads.push({ ...head });
      inList = 0;
    },
    document: (value) => documents.push(value),
  };
  const window = new Window(streamBytes(chunks()), { chunkBytes: chunk, valueBytes: 1 << 24 });
  try {
    await readJsonDocuments(new JsonCursor(window, 200), { batchBytes: batch, sink });
    return { items, documents, heads, broken: undefined };
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    return { items, documents, heads, broken: error };
  }
}

const nasty = fc.constantFrom(
  '\n    },\n    {',
  '},{"metadata":{',
  '"',
  '\\',
  '\u0000',
  'ü€😀',
  '],',
  '__proto__',
  '\n        }',
  ' ',
  '{"a":[',
);
const text = fc.oneof(fc.string({ maxLength: 12 }), nasty);
const item = fc.oneof(
  fc.record({
    metadata: fc.record({ name: text, labels: fc.dictionary(text, text, { maxKeys: 3 }) }),
    spec: fc.jsonValue({ maxDepth: 3 }),
  }),
  fc.record({ metadata: fc.record({ items: fc.array(fc.record({ metadata: fc.record({ name: text }) }), { maxLength: 3 }) }) }),
);
const list = fc.record({
  apiVersion: fc.constant('v1'),
  items: fc.array(item, { maxLength: 12 }),
  kind: fc.constant('List'),
  metadata: fc.constant({}),
});
const layout = fc.constantFrom<(value: unknown) => string>(
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 4),
  (value) => JSON.stringify(value, null, 1),
  (value) => JSON.stringify(value, null, '\t'),
  (value) => JSON.stringify(value, null, 2).replaceAll('\n', '\r\n'),
  (value) => JSON.stringify(value, null, 2).replaceAll('\n', '\n\n  '),
  (value) => ` \n ${JSON.stringify(value).replaceAll('},{', '} , {')}\n`,
);

describe('a list read in pieces', () => {
  test('is what JSON.parse reads, whatever the layout, the size of the chunks and of the batches', async () => {
    let guessable = 0;
    await fc.assert(
      fc.asyncProperty(
        list,
        layout,
        fc.constantFrom(1, 7, 64, 1000, 1 << 20),
        fc.constantFrom(1, 16, 100, 65_536),
        async (value, print, chunk, batch) => {
          // A number that JSON.stringify would print otherwise is no matter of reading.
          const printed = print(value);
          const oracle = JSON.parse(printed) as typeof value;
          const got = await read(Buffer.from(printed), { chunk, batch });
          expect(got).toEqual({ items: oracle.items, documents: [], heads: [{ apiVersion: 'v1', kind: 'List' }], broken: undefined });
          if (value.items.length > 4) guessable++;
        },
      ),
      { seed: 20261122, numRuns: 800 },
    );
    expect(guessable).toBeGreaterThan(100);
  });

  test('gives all complete items and says where it breaks off, at every byte', async () => {
    const value = {
      kind: 'PodList',
      apiVersion: 'v1',
      items: [{ metadata: { name: 'ä"\\' } }, { metadata: { name: 'b', n: [1, -2.5e3, true, null] } }, { metadata: { name: 'c' } }],
    };
    for (const printed of [JSON.stringify(value), JSON.stringify(value, null, 4)]) {
      const bytes = Buffer.from(printed);
      const ends = [...printed.matchAll(/\}\s*\}/g)]
        .map((match) => Buffer.byteLength(printed.slice(0, match.index + match[0].length)))
        .slice(0, 3);
      for (let length = 1; length < bytes.length; length++) {
        const got = await read(bytes.subarray(0, length), { chunk: 5, batch: 40 });
        expect(got.broken, `at ${length}`).toBeDefined();
        expect(got.broken?.offset).toBeLessThanOrEqual(length);
        expect(got.items, `at ${length}`).toEqual(value.items.slice(0, ends.filter((end) => end <= length).length));
        expect(got.documents).toEqual([]);
      }
    }
  });

  test('gives every item that stands before some damage, and the whole list only if JSON.parse reads it', async () => {
    const value = {
      apiVersion: 'v1',
      items: Array.from({ length: 8 }, (_, index) => ({ metadata: { name: `n${index}` }, list: [{}, { metadata: { name: 'inner' } }] })),
      kind: 'List',
    };
    const printed = JSON.stringify(value, null, 4);
    const bytes = Buffer.from(printed);
    const ends = [...printed.matchAll(/\n {8}\}/g)].map((match) => match.index + match[0].length);
    expect(ends).toHaveLength(8);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.constantFrom(0, 10, 34, 44, 91, 92, 93, 123, 125, 0xff), async (at, byte) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = byte;
        const got = await read(damaged, { chunk: 64, batch: 50 });
        let oracle: typeof value | undefined;
        try {
          oracle = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(damaged)) as typeof value;
        } catch {
          oracle = undefined;
        }
        if (oracle === undefined) {
          expect(got.broken).toBeDefined();
          const intact = ends.filter((end) => end < at).length;
          expect(got.items.slice(0, intact)).toEqual(value.items.slice(0, intact));
        } else if (Array.isArray(oracle.items)) {
          expect(got.broken).toBeUndefined();
          expect(got.items).toEqual(oracle.items);
        } else expect(got.documents).toEqual([oracle]);
      }),
      { seed: 7, numRuns: 1500 },
    );
  });

  test.each([
    ['a file of one object', '{"kind":"Pod"}', { documents: [{ kind: 'Pod' }] }],
    ['JSON lines', '{"a":1}\n{"b":2}\n', { documents: [{ a: 1 }, { b: 2 }] }],
    ['two lists one after the other', '{"items":[{"a":1}]} {"items":[{"a":2}]}', { heads: 2 }],
    ['an array at the top', '[{"a":1},{"b":2}]', { heads: 1 }],
    ['an object without fields', '{}', { documents: [{}] }],
    ['an empty list', '{"items":[]}', { heads: 1 }],
    ['items that are no list', '{"items":{"a":1}}', { documents: [{ items: { a: 1 } }] }],
    ['an empty file', '  ', {}],
  ])('%s is read', async (_name, printed, want: { documents?: unknown[]; heads?: number }) => {
    const got = await read(Buffer.from(printed), { chunk: 3, batch: 10 });
    expect(got.broken).toBeUndefined();
    expect(got.documents).toEqual(want.documents ?? []);
    expect(got.heads).toHaveLength(want.heads ?? 0);
  });

  test.each([
    ['a comma too many', '{"items":[{"a":1},]}', 18],
    ['a comma too few', '{"items":[{"a":1} {"a":2}]}', 18],
    ['the wrong bracket', '{"items":[{"a":1}}}', 17],
    ['text after the list', '{"items":[]} x', 13],
    ['a bare word', '{"items":[nul]}', 10],
    ['a raw line break in a string', '{"items":[{"a":"\n"}]}', 16],
    ['bytes that are no UTF-8', Buffer.from('{"items":[{"a":"\xff"}]}', 'latin1'), 16],
    ['brackets within brackets without end', `{"items":[${'['.repeat(300)}`, 10],
    ['items twice', '{"items":[],"items":[]}', 20],
    ['an object that breaks off', '{"kind":"Pod"', 13],
  ])('%s is an error with its place', async (_name, printed, offset) => {
    const got = await read(Buffer.from(printed as string), { chunk: 1000, batch: 1000 });
    expect(got.broken?.offset).toBe(offset);
  });
});

describe('a file made to be slow', () => {
  test('is walked byte by byte after a few wrong guesses', async () => {
    const inner = Array.from({ length: 20 }, () => '{"metadata":1}').join(',');
    const value = `{"items":[{"metadata":1},{"metadata":1},${Array.from({ length: 400 }, () => `{"x":[${inner}]}`).join(',')}]}`;
    const got = await read(Buffer.from(value), { chunk: 4096, batch: 32 });
    expect(got.broken).toBeUndefined();
    expect(got.items).toEqual((JSON.parse(value) as { items: unknown[] }).items);
    expect(got.items).toHaveLength(402);
  });
});
