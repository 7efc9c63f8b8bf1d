import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { type Yaml, yamlDocuments, yamlOf } from './yaml.ts';

test.each<[string, Yaml]>([
  ['words that YAML 1.1 takes for a boolean', ['yes', 'No', 'on', 'OFF', 'y', 'true', 'null', '~']],
  ['numbers, dates and versions as text', ['1', '1e3', '0x10', '2026-11-22', '1.36', '-', '- a', '.5', '.inf']],
  ['marks', ['a: b', '#c', '&d', '*e', '!f', '%g', '@h', '`i', '{j', '[k', '|', '>', '?', 'l #m', '---', '...', '"', "'"]],
  ['line breaks of every kind', ['a\nb', 'a\r\nb', 'a\u0085b', 'a\u2028b', '\ttab', '\u0000', '\ud800']],
  ['keys as hostile as values', { '': 1, yes: 2, 'a: b': 3, 'x\ny': 4 }],
  ['empty ones', { a: [], b: {}, c: '', d: null, e: [[], {}, [[]]] }],
  ['lists of lists and of maps', [[1, [2]], [{ a: [{ b: 1, c: [1, 2] }] }], { d: { e: [] } }]],
])('%s come back as they were', (_, value) => {
  expect(parse(yamlOf(value))).toEqual(value);
  expect(parse(yamlOf(value), { version: '1.1' })).toEqual(value);
});

test('what is outside of the first plane is one escape, as the YAML of Go refuses halves of a pair', () => {
  expect(yamlOf('a\u{1f600}\u00e9')).toBe('"a\\U0001f600\\u00e9"\n');
  expect(parse(yamlOf('a\u{1f600}\u{10ffff}'))).toBe('a\u{1f600}\u{10ffff}');
});

test('any value comes back as it was', () => {
  const { value } = fc.letrec<{ value: Yaml }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(fc.string(), tie('value')), { maxLength: 3 })
        .map((entries) => Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))),
    ),
  }));
  fc.assert(
    fc.property(value, (one) => {
      expect(parse(yamlOf(one))).toEqual(one);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('several documents', () => {
  expect(parseAllDocuments(yamlDocuments({ a: 1 }, { b: '---' })).map((document) => document.toJS())).toEqual([{ a: 1 }, { b: '---' }]);
});
