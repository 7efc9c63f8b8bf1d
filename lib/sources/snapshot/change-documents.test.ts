import { describe, expect, it } from 'vitest';
import { changeDocuments, MOST_CHANGE_BYTES } from './change-documents.ts';

const CANARY = 'c4n4ry-v4lu3';
const read = async (text: string | Buffer) =>
  (await changeDocuments(Buffer.from(text), '`f`')).map(({ document, place }) => [place, document]);

describe('reads', () => {
  it.each<[string, string, unknown]>([
    ['one JSON object', '{"a": 1}', [['`f`', { a: 1 }]]],
    ['a JSON list as one document', '\n [1, 2]', [['`f`', [1, 2]]]],
    ['one YAML document', 'a: 1\n', [['`f`', { a: 1 }]]],
    [
      'several, each with its place',
      'a: 1\n---\nb: 2\n',
      [
        ['`f`, document 1', { a: 1 }],
        ['`f`, document 2', { b: 2 }],
      ],
    ],
    [
      'YAML that begins like JSON',
      '{a: 1}\n---\n{b: 2}\n',
      [
        ['`f`, document 1', { a: 1 }],
        ['`f`, document 2', { b: 2 }],
      ],
    ],
    ['what helm prints before and between', '---\n# Source: x.yaml\na: 1\n---\n# nothing\n', [['`f`, document 1', { a: 1 }]]],
    [
      'JSON lines',
      '{"a": 1}\n{"b": 2}\n',
      [
        ['`f`, document 1', { a: 1 }],
        ['`f`, document 2', { b: 2 }],
      ],
    ],
    [
      'what several commands print one after the other',
      '{\n "a": 1\n}\n[{"b": "}"}]{"c": 3}',
      [
        ['`f`, document 1', { a: 1 }],
        ['`f`, document 2', [{ b: '}' }]],
        ['`f`, document 3', { c: 3 }],
      ],
    ],
    ['a byte order mark', '\ufeff{"a": 1}', [['`f`', { a: 1 }]]],
    [
      'a byte order mark before JSON lines',
      '\ufeff{"a": 1}\n{"b": 2}',
      [
        ['`f`, document 1', { a: 1 }],
        ['`f`, document 2', { b: 2 }],
      ],
    ],
    ['a text with lines of dashes', 'a: |\n  --- x\n  +++ y\n', [['`f`', { a: '--- x\n+++ y\n' }]]],
    ['hostile names as names', '{"__proto__": {"x": 1}}', [['`f`', JSON.parse('{"__proto__": {"x": 1}}')]]],
    ['no document', '---\n', []],
    ['as many markers as it takes', '---\n'.repeat(50_000), []],
  ])('%s', async (_name, text, expected) => {
    expect(await read(text)).toEqual(expected);
  });
});

describe('refuses, says where and what to do, and never quotes the file', () => {
  const bomb = `a: &a ["${CANARY}"]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n`;
  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /it is empty/],
    [
      'what `kubectl diff` prints',
      `diff -u -N /tmp/a /tmp/b\n--- /tmp/a\n+++ /tmp/b\n@@ -1 +1 @@\n-a: ${CANARY}\n`,
      /it is a diff; give the manifests/,
    ],
    ['a patch file', `--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n a: ${CANARY}\n`, /it is a diff; give the manifests/],
    ['JSON lines of which one is broken', `{"a": 1}\n{"a": "${CANARY}" x}\n`, /at line 2, column \d+; correct the file/],
    ['broken JSON', `{"a": "${CANARY}",\n "b": ]`, /at line 2, column \d+; correct the file/],
    ['broken YAML', `a: ${CANARY}\nb: [\n`, /expected YAML \(BAD_INDENT\) at line 3, column 1/],
    ['UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0]), /UTF-16/],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xc3, 0x28]), /expected UTF-8/],
    ['brackets without end', '['.repeat(100_000), /expected/],
    ['aliases of aliases of aliases', bomb, /aliases/],
    ['more documents than anybody writes', '---\n'.repeat(60_000), /more than 50000 documents; split it/],
    [
      'one document of YAML that is a whole cluster',
      `a: ${'x'.repeat(9 * 1024 * 1024)}`,
      /a YAML document is larger than 8388608 bytes; write it as JSON/,
    ],
    ['a whole cluster', Buffer.alloc(MOST_CHANGE_BYTES + 1, 'a'), /more than 32 MiB/],
  ])('%s', async (_name, text, message) => {
    const failed = await changeDocuments(Buffer.from(text), '`f`').catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: 'SourceError', message: expect.stringMatching(message) });
    expect((failed as Error).message.startsWith('`f`: ')).toBe(true);
    expect((failed as Error).message).not.toContain(CANARY);
  });
});
