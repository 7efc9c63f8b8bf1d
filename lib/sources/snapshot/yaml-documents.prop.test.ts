import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { BrokenFile } from './broken-file.ts';
import { streamBytes } from './byte-source.ts';
import { SNAPSHOT_LIMITS } from './limits.ts';
import { Window } from './window.ts';
import { readYamlDocuments } from './yaml-documents.ts';

async function read(text: string, chunk: number): Promise<{ values: unknown[]; broken: BrokenFile[] }> {
  async function* chunks(): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  const values: unknown[] = [];
  const broken: BrokenFile[] = [];
  const window = new Window(streamBytes(chunks()), { chunkBytes: chunk, valueBytes: 1 << 24 });
  await readYamlDocuments(window, { limits: SNAPSHOT_LIMITS, take: (value) => values.push(value), broken: (error) => broken.push(error) });
  return { values, broken };
}

test('documents are what was written, however many and however they are cut', async () => {
  const text = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('---', '\n--- \n', '--- a', 'yes', '__proto__', 'ü\n---\n', '- a'));
  const value = fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.integer()), { minKeys: 1, maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 5, 64, 4096), async (values, chunk) => {
      const written = values.map((each) => `---\n${stringify(each)}`).join('');
      const got = await read(written, chunk);
      expect(got.broken).toEqual([]);
      expect(JSON.stringify(got.values)).toBe(JSON.stringify(values));
    }),
    { seed: 5, numRuns: 400 },
  );
});

test.each([
  [
    'as kubectl prints it',
    (items: unknown[]) => stringify({ apiVersion: 'v1', items, kind: 'List' }, { aliasDuplicateObjects: false, indentSeq: false }),
  ],
  ['with its items indented', (items: unknown[]) => stringify({ apiVersion: 'v1', items, kind: 'List' }, { aliasDuplicateObjects: false })],
  [
    'with aliases from item to item',
    (items: unknown[]) => stringify({ apiVersion: 'v1', items: [items[0], items[0], ...items], kind: 'List' }, { indentSeq: false }),
  ],
  [
    'with lines of dashes in its texts',
    (items: unknown[]) => `apiVersion: v1\nitems:\n${stringify([{ text: '- a\n- b\n\n# c\n' }, ...items])}# end\nkind: List\n`,
  ],
])('a large list %s is what the library reads at once', async (_name, print) => {
  const items = Array.from({ length: 6000 }, (_, index) => ({
    metadata: { name: `n${index}`, annotations: { text: `- a\n- b${index}\n` } },
    list: [[1], { a: 'x'.repeat(60) }],
  }));
  const text = print(items);
  expect(text.length).toBeGreaterThan(600_000);
  const got = await read(text, 1 << 20);
  expect(got.broken).toEqual([]);
  const want = parse(text, { maxAliasCount: 100 }) as { items: unknown[] };
  expect(got.values).toEqual([want]);
  expect(want.items.length).toBeGreaterThanOrEqual(6000);
});

test('no text makes it throw, and a place it names is in the text', async () => {
  let broken = 0;
  const piece = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '\n---\n',
    '&a ',
    '*a',
    '<<: ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '"',
    "'",
    '|\n',
    '  ',
    '!!',
    '%',
    '#',
    '? ',
    '\t',
    '...',
    '!!binary ',
    '>-\n',
    '\u0000',
    '@',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
      const text = pieces.join('');
      const got = await read(text, 4096);
      broken += got.broken.length;
      for (const error of got.broken) expect(error.offset).toBeLessThanOrEqual(Buffer.byteLength(text));
    }),
    { seed: 6, numRuns: 4000 },
  );
  expect(broken).toBeGreaterThan(500);
});
