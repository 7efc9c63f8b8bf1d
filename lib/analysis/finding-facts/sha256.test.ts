import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

const real = (text: string): string => createHash('sha256').update(text).digest('hex');

test.each([
  ['the empty text', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc, of FIPS 180-4', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('%s', (_, text, digest) => {
  expect(sha256(text)).toBe(digest);
});

test.each([55, 56, 57, 63, 64, 65, 119, 120, 1000])('%d bytes, where padding changes', (length) => {
  expect(sha256('x'.repeat(length))).toBe(real('x'.repeat(length)));
});

test('any text, as Node hashes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(real(text));
    }),
    { seed: 7, numRuns: 200 },
  );
});
