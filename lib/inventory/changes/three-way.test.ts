import { expect, it } from 'vitest';
import { threeWay } from './three-way.ts';

const map = (...entries: [string, string][]): Map<string, string> => new Map(entries);

it.each<[string, unknown, unknown, unknown, unknown]>([
  ['what the template does not change stays as it runs', 'a', 'a', 'x', 'x'],
  ['what it changes is taken', 'a', 'b', 'a', 'b'],
  ['what it changes wins over what admission wrote', 'a', 'b', 'x', 'b'],
  ['fields that admission added stay', { a: 1 }, { a: 2 }, { a: 1, b: 3 }, { a: 2, b: 3 }],
  ['fields that it drops are gone', { a: 1, b: 2 }, { a: 1 }, { a: 1, b: 2, c: 3 }, { a: 1, c: 3 }],
  ['fields that it adds come', { a: 1 }, { a: 1, b: 2 }, { a: 1 }, { a: 1, b: 2 }],
  ['labels likewise', map(['a', '1']), map(['b', '2']), map(['a', '1'], ['z', '9']), map(['b', '2'], ['z', '9'])],
  [
    'a sidecar stays',
    [{ name: 'c', image: '1' }],
    [{ name: 'c', image: '2' }],
    [{ name: 'c', image: '1', env: 1 }, { name: 'side' }],
    [{ name: 'c', image: '2', env: 1 }, { name: 'side' }],
  ],
  [
    'a container that is dropped is gone',
    [{ name: 'c' }, { name: 'd' }],
    [{ name: 'c' }],
    [{ name: 'c' }, { name: 'd' }, { name: 'side' }],
    [{ name: 'c' }, { name: 'side' }],
  ],
  [
    'the same name in another list is another container',
    [{ list: 'a', name: 'c' }],
    [{ list: 'b', name: 'c' }],
    [{ list: 'a', name: 'c' }],
    [{ list: 'b', name: 'c' }],
  ],
  [
    'mounts by their path',
    [],
    [{ volume: 'v', mountPath: '/v' }],
    [{ volume: 't', mountPath: '/t' }],
    [
      { volume: 'v', mountPath: '/v' },
      { volume: 't', mountPath: '/t' },
    ],
  ],
  ['lists of names', ['a'], ['b'], ['a', 'injected'], ['b', 'injected']],
  ['lists that nothing tells apart are taken whole', [[1]], [[2]], [[1], [3]], [[2]]],
  ['the same twice changes nothing', { a: [1] }, { a: [1] }, { a: [1, 2] }, { a: [1, 2] }],
])('%s', (_name, base, next, live, expected) => {
  expect(threeWay(base, next, live)).toEqual(expected);
});
