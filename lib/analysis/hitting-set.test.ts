import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Formula, isFormulaMet } from './closing-index.ts';
import { hittingSet } from './hitting-set.ts';

const any = (...of: Formula[]): Formula => ({ any: of });
const all = (...of: Formula[]): Formula => ({ all: of });
const flat = () => ({ weight: 1, tie: 0 });
const byNumber = (change: number) => ({ weight: 0, tie: change });

describe('a hitting set', () => {
  test.each<[string, readonly Formula[], readonly number[]]>([
    ['of nothing is empty', [], []],
    ['of one change is that change', [3], [3]],
    ['takes the change that all share', [any(1, 2), any(2, 3), any(4, 2)], [2]],
    ['takes two where greed takes three', [any(1, 9), any(2, 9), any(3, 1), any(4, 1), any(2, 5), any(2, 6)], [1, 2]],
    ['takes all of several where only together they do', [all(1, 2)], [1, 2]],
    ['takes one where one does as well as two', [any(all(1, 2), 3)], [3]],
    ['takes two together where they serve elsewhere', [any(all(1, 2), 3), any(1), any(2)], [1, 2]],
    ['takes one of each where all of several choices are needed', [all(any(1, 2), any(3, 4)), any(2), any(4)], [2, 4]],
    ['takes of equals the first by its tie', [any(5, 4, 6)], [4]],
    ['does not mind one formula twice', [any(1, 2), any(1, 2)], [1]],
  ])('%s', (_name, formulas, expected) => {
    const found = hittingSet(formulas, { cost: byNumber, steps: 10_000 });
    expect([[...found.changes].sort(), found.exact]).toEqual([expected, true]);
  });

  test('takes the cheaper of sets of one size, and the smaller before the cheaper', () => {
    const cost = (change: number) => ({ weight: change === 1 ? 100 : 1, tie: 0 });
    expect(hittingSet([any(1, 2)], { cost, steps: 1000 }).changes).toEqual([2]);
    expect(hittingSet([any(1, 2), any(1, 3)], { cost, steps: 1000 }).changes).toEqual([1]);
  });

  test('is the cheapest of the smallest of all sets, by trying all', () => {
    const CHANGES = 8;
    const change = fc.nat(CHANGES - 1);
    const some = fc.array(change, { minLength: 1, maxLength: 3 });
    const formula: fc.Arbitrary<Formula> = fc
      .array(
        fc.oneof<fc.Arbitrary<Formula>[]>(
          change,
          some.map((of): Formula => ({ all: of })),
          fc.array(some, { minLength: 1, maxLength: 2 }).map((of): Formula => ({ all: of.map((one) => ({ any: one })) })),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((of) => ({ any: of }));
    const sets = Array.from({ length: 2 ** CHANGES }, (_, bits) => [...Array(CHANGES).keys()].filter((one) => (bits >> one) & 1));
    const weights = fc.array(fc.nat(5), { minLength: CHANGES, maxLength: CHANGES });
    fc.assert(
      fc.property(fc.array(formula, { minLength: 1, maxLength: 8 }), weights, (formulas, costs) => {
        const weightOf = (made: readonly number[]): number => made.reduce((sum, one) => sum + (costs[one] as number), 0);
        const meeting = sets.filter((made) => formulas.every((one) => isFormulaMet(one, (of) => made.includes(of))));
        const least = meeting.reduce((a, b) => (b.length < a.length || (b.length === a.length && weightOf(b) < weightOf(a)) ? b : a));
        const found = hittingSet(formulas, { cost: (one) => ({ weight: costs[one] as number, tie: one }), steps: 100_000 });
        expect([found.changes.length, weightOf(found.changes), found.exact]).toEqual([least.length, weightOf(least), true]);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });

  test('without steps, or with too few, still meets every formula with nothing needless, and says that it is not proved', () => {
    const choice = fc.array(fc.nat(12), { minLength: 1, maxLength: 3 });
    const formula: fc.Arbitrary<Formula> = fc
      .array(
        fc.oneof(
          fc.nat(12),
          choice.map((changes): Formula => ({ all: changes })),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((of) => ({ any: of }));
    fc.assert(
      fc.property(fc.array(formula, { minLength: 3, maxLength: 12 }), fc.constantFrom(0, 1), (formulas, steps) => {
        const { changes, exact } = hittingSet(formulas, { cost: flat, steps });
        const meets = (made: readonly number[]): boolean => formulas.every((one) => isFormulaMet(one, (change) => made.includes(change)));
        expect([meets(changes), exact]).toEqual([true, false]);
        for (const change of changes) expect(meets(changes.filter((one) => one !== change))).toBe(false);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});
