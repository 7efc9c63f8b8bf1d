import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findInvalidUtf8, findJsonError } from './json-error.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('an error is found exactly where JSON.parse refuses', () => {
  let [good, bad] = [0, 0];
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"\\n"',
    '"\\u00e9"',
    '"\\u00g"',
    '"\\x"',
    '1',
    '-0',
    '01',
    '1.',
    '1e5',
    '.5',
    'true',
    'nul',
    ' ',
    '\n',
    '"',
    '"\t"',
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 9 }).map((parts) => parts.join('')),
    fc.json(),
    fc
      .tuple(fc.json(), fc.nat(40), fc.constantFrom('', ',', '}', '"', '\\', 'x'))
      .map(([text, at, insert]) => text.slice(0, at) + insert + text.slice(at + 1)),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = Buffer.from(text);
      const error = findJsonError(bytes, 0, bytes.length);
      if (isJson(text)) good++;
      else bad++;
      expect(error === undefined, JSON.stringify({ text, error })).toBe(isJson(text));
    }),
    { seed: 3, numRuns: 6000 },
  );
  expect(Math.min(good, bad)).toBeGreaterThan(500);
});

test('a byte that is no UTF-8 is found exactly where the decoder refuses', () => {
  let invalid = 0;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5, 0xff), { maxLength: 8 }),
      (raw) => {
        const bytes = Buffer.from(raw);
        const at = findInvalidUtf8(bytes, 0, bytes.length);
        const isValid = Buffer.from(bytes.toString('utf8')).equals(bytes);
        expect(at === undefined).toBe(isValid);
        if (at === undefined) return;
        invalid++;
        const before = bytes.subarray(0, at);
        expect(Buffer.from(before.toString('utf8')).equals(before)).toBe(true);
      },
    ),
    { seed: 4, numRuns: 3000 },
  );
  expect(invalid).toBeGreaterThan(1000);
});
