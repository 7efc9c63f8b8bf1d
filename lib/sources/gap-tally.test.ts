import { expect, test } from 'vitest';
import { GapTally } from './gap-tally.ts';

const gap = { source: 'gcp', what: 'policies', place: 'project `p`', why: 'forbidden', remedy: 'grant it', permission: 'x.get' } as const;

function whereOf(names: readonly string[]): (string | undefined)[] {
  const tally = new GapTally();
  for (const name of names) tally.add({ ...gap, name });
  return tally.gaps().map(({ where }) => where);
}

test('gaps that differ in a name are one, which names them in order', () =>
  expect(whereOf(['b', 'a', 'constructor'])).toEqual(['project `p`: `a`, `b`, `constructor`']));

test('of many it names ten and counts the rest', () => {
  const names = Array.from({ length: 25 }, (_, index) => `n${String(index).padStart(2, '0')}`);
  expect(whereOf(names)).toEqual(['project `p`: `n00`, `n01`, `n02`, `n03`, `n04`, `n05`, `n06`, `n07`, `n08`, `n09` and 15 more']);
});

test('without a name it is the place alone', () => {
  const tally = new GapTally();
  tally.add(gap);
  tally.add(gap);
  expect(tally.gaps()).toEqual([
    { source: 'gcp', what: 'policies', where: 'project `p`', why: 'forbidden', remedy: 'grant it', permission: 'x.get' },
  ]);
});

test('what differs in more stays apart', () => {
  const tally = new GapTally();
  tally.add({ ...gap, name: 'a' });
  tally.add({ ...gap, name: 'a', why: 'too busy' });
  tally.add({ ...gap, name: 'a', place: 'project `q`' });
  expect(tally.gaps()).toHaveLength(3);
});
