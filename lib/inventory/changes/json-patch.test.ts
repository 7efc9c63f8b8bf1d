import { describe, expect, it } from 'vitest';
import type { PatchOperation } from './change.ts';
import { jsonPatch } from './json-patch.ts';

class Misfit extends Error {}
const apply = (target: unknown, ...operations: PatchOperation[]): unknown =>
  jsonPatch(target, operations, (message) => {
    throw new Misfit(message);
  });

/** RFC 6902, appendix A, but for `move` and `copy`. */
it.each<[string, unknown, PatchOperation[], unknown]>([
  ['adds a field', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { foo: 'bar', baz: 'qux' }],
  ['adds into a list', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
  ['adds at the end of a list', { foo: [1] }, [{ op: 'add', path: '/foo/-', value: [2] }], { foo: [1, [2]] }],
  ['adds behind the last', { foo: [1] }, [{ op: 'add', path: '/foo/1', value: 2 }], { foo: [1, 2] }],
  ['adds over what is there', { a: 1 }, [{ op: 'add', path: '/a', value: 2 }], { a: 2 }],
  ['removes a field', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
  ['removes from a list', { foo: ['a', 'b', 'c'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['a', 'c'] }],
  ['replaces', { baz: 'qux', foo: 'bar' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo', foo: 'bar' }],
  ['replaces in a list', { l: [1, 2] }, [{ op: 'replace', path: '/l/0', value: 9 }], { l: [9, 2] }],
  [
    'tests and goes on',
    { a: [1, { b: 2 }] },
    [
      { op: 'test', path: '/a', value: [1, { b: 2 }] },
      { op: 'remove', path: '/a/0' },
    ],
    { a: [{ b: 2 }] },
  ],
  ['tests whatever the order of fields', { a: 1, b: 2 }, [{ op: 'test', path: '', value: { b: 2, a: 1 } }], { a: 1, b: 2 }],
  [
    'reads ~0 and ~1',
    { '/': 9, '~1': 10 },
    [
      { op: 'replace', path: '/~01', value: 1 },
      { op: 'remove', path: '/~1' },
    ],
    { '~1': 1 },
  ],
  ['takes the empty name', { '': 1 }, [{ op: 'replace', path: '/', value: 2 }], { '': 2 }],
  ['nothing', { a: 1 }, [], { a: 1 }],
])('%s', (_name, target, operations, expected) => {
  const before = structuredClone(target);
  expect(apply(target, ...operations)).toEqual(expected);
  expect(target).toEqual(before);
});

describe('says which operation does not fit, and why', () => {
  it.each<[string, unknown, PatchOperation[], string]>([
    ['a test that fails', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], 'operation 0: the test fails'],
    ['a number is no text', { a: 10 }, [{ op: 'test', path: '/a', value: '10' }], 'operation 0: the test fails'],
    [
      'a field that is not there',
      { a: 1 },
      [
        { op: 'add', path: '/b', value: 1 },
        { op: 'remove', path: '/c' },
      ],
      'operation 1: there is nothing at `c`',
    ],
    ['a parent that is not there', { a: 1 }, [{ op: 'add', path: '/b/c', value: 1 }], 'operation 0: there is nothing at `b`'],
    ['a place behind the list', { l: [1] }, [{ op: 'add', path: '/l/2', value: 1 }], 'operation 0: there is nothing at `2`'],
    ['a place with a zero before it', { l: [1, 2] }, [{ op: 'remove', path: '/l/01' }], 'operation 0: there is nothing at `01`'],
    ['the end of a list, to remove', { l: [1] }, [{ op: 'remove', path: '/l/-' }], 'operation 0: there is nothing at `-`'],
    ['a name in a list', { l: [1] }, [{ op: 'replace', path: '/l/length', value: 0 }], 'operation 0: there is nothing at `length`'],
    ['what every object inherits', {}, [{ op: 'remove', path: '/constructor' }], 'operation 0: there is nothing at `constructor`'],
    ['a text has no fields', { a: 'text' }, [{ op: 'replace', path: '/a/0', value: 'x' }], 'operation 0: there is nothing at `0`'],
    ['no slash', {}, [{ op: 'add', path: 'a', value: 1 }], 'operation 0: the path `a` does not begin'],
    ['everything', {}, [{ op: 'remove', path: '' }], 'operation 0: the whole object'],
    ['no end of segments', {}, [{ op: 'add', path: '/a'.repeat(100), value: 1 }], 'operation 0: the path nests deeper'],
  ])('%s', (_name, target, operations, expected) => {
    expect(() => apply(target, ...operations)).toThrow(expected);
  });
});

it.each(['/__proto__/polluted', '/constructor/prototype/polluted'])('reaches no prototype by %s', (path) => {
  expect(() => apply({ a: 1 }, { op: 'add', path, value: true })).toThrow(Misfit);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('adds `__proto__` as a field like any other', () => {
  const made = apply({}, { op: 'add', path: '/__proto__', value: { polluted: true } }) as Record<string, unknown>;
  expect(Object.keys(made)).toEqual(['__proto__']);
  expect(made.polluted).toBeUndefined();
});
