import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segment } from './rest-reader.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'e', 'E', 'F', '?', '#', '\\', ':', '@', ' ', '\n', '\u0000', '\ud800') }),
  fc.constantFrom('..', '.', '%2e%2e', '..%2f', '...', 'a/..', '//', 'é', '\u202e'),
);

test('a name is one segment of a path, wherever it stands, or none at all', () =>
  fc.assert(
    fc.property(hostile, (name) => {
      const encoded = segment(name);
      if (encoded === undefined) return;
      const { host, pathname, search, hash } = new URL(`https://host.example/a/${encoded}/b`);
      const parts = pathname.split('/');
      expect([host, parts.length, parts[1], parts[3], search, hash]).toEqual(['host.example', 4, 'a', 'b', '', '']);
      expect(decodeURIComponent(parts[2] as string)).toBe(name);
    }),
    { seed: 7, numRuns: 2000 },
  ));

test.each([['..'], ['.'], [''], ['\ud800'], ['x'.repeat(1001)]])('`%s` is none', (name) => expect(segment(name)).toBeUndefined());

test.each([['...'], ['a.b'], ['..a'], ['é'], ['a/b'], ['constructor']])('`%s` is one', (name) => expect(segment(name)).toBeDefined());
