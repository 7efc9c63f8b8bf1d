import { expect, it } from 'vitest';
import { mergePatch } from './merge-patch.ts';

/** RFC 7386, appendix A. */
it.each<[string, unknown, unknown, unknown]>([
  ['a field is replaced', { a: 'b' }, { a: 'c' }, { a: 'c' }],
  ['a field is added', { a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  ['null takes a field away', { a: 'b' }, { a: null }, {}],
  ['and leaves the others', { a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  ['a list becomes a text', { a: ['b'] }, { a: 'c' }, { a: 'c' }],
  ['a text becomes a list', { a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  ['objects are merged', { a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  ['lists are replaced whole', { a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  ['a list for a list', ['a', 'b'], ['c', 'd'], ['c', 'd']],
  ['a list for an object', { a: 'b' }, ['c'], ['c']],
  ['null for everything', { a: 'foo' }, null, null],
  ['a text for everything', { a: 'foo' }, 'bar', 'bar'],
  ['null that is there stays', { e: null }, { a: 1 }, { e: null, a: 1 }],
  ['an object for a list', [1, 2], { a: 'b', c: null }, { a: 'b' }],
  ['nothing comes of null', {}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ['nothing changes nothing', { a: 1 }, {}, { a: 1 }],
])('%s', (_name, target, patch, expected) => {
  const before = structuredClone(target);
  expect(mergePatch(target, patch)).toEqual(expected);
  expect(target).toEqual(before);
});

it.each(['__proto__', 'constructor', 'prototype'])('%s is a field like any other', (key) => {
  const patch = JSON.parse(`{"${key}":{"polluted":true}}`);
  const merged = mergePatch({ a: 1 }, patch) as Record<string, unknown>;
  expect(Object.keys(merged)).toEqual(['a', key]);
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(mergePatch(merged, JSON.parse(`{"${key}":null}`))).toEqual({ a: 1 });
});
