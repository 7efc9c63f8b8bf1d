import { describe, expect, it } from 'vitest';
import { compareValues } from './table-column.ts';

describe('compareValues', () => {
  it.each([
    ['numbers by size', [10, 9, 100], [9, 10, 100]],
    ['numbers in texts by size', ['node-10', 'node-2'], ['node-2', 'node-10']],
    ['texts as people do', ['b', 'A', 'a'], ['a', 'A', 'b']],
  ])('orders %s', (_name, values, want) => expect([...values].sort(compareValues)).toEqual(want));
});
