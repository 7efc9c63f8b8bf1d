import { describe, expect, it } from 'vitest';
import { counted, percent, whole } from './numbers.ts';

describe('percent', () => {
  it.each([
    ['nothing of nothing', 0, 0, '0%'],
    ['nothing of some', 0, 9, '0%'],
    ['all', 9, 9, '100%'],
    ['a third', 1, 3, '33%'],
    ['too few to round up', 1, 1000, '<1%'],
    ['almost all is not all', 999, 1000, '>99%'],
  ])('%s', (_name, count, of, want) => expect(percent(count, of)).toBe(want));
});

describe('counted', () => {
  it.each([
    ['one', 1, 'pod', undefined, '1 pod'],
    ['none', 0, 'pod', undefined, '0 pods'],
    ['many, grouped by thousands', 12_400, 'pod', undefined, '12,400 pods'],
    ['a plural of its own', 2, 'identity', 'identities', '2 identities'],
  ])('%s', (_name, count, one, many, want) => expect(many === undefined ? counted(count, one) : counted(count, one, many)).toBe(want));
});

describe('whole', () => {
  it('groups by thousands', () => expect(whole(1_234_567)).toBe('1,234,567'));
});
