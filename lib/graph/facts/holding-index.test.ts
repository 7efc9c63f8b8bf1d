import { describe, expect, test } from 'vitest';
import type { GrantedRule } from '../../access/rbac/review.ts';
import { EVERYWHERE } from '../node-id.ts';
import { HoldingIndex } from './holding-index.ts';
import { covers, type Holding } from './rights.ts';

/** A rule that is told from others by its index alone. */
const by = (ruleIndex: number): GrantedRule => ({ ruleIndex }) as GrantedRule;
const held = (scope: string, ruleIndex: number, name?: string): Holding => ({
  scope,
  ...(name === undefined ? {} : { name }),
  by: [by(ruleIndex)],
});
const numbers = (rules: readonly GrantedRule[]): number[] => rules.map(({ ruleIndex }) => ruleIndex);

const LIST = [held('b', 0), held('a', 1, 'x'), held('', 2, 'x'), held('a', 3), held(EVERYWHERE, 4), held('a', 5, '__proto__')];

describe('HoldingIndex', () => {
  test.each<[string, string, string | undefined, number[]]>([
    ['any name and this one, of the namespace and all that cover it, in the order of the list', 'a', 'x', [1, 2, 3, 4]],
    ['a name that nothing is said of', 'a', 'y', [3, 4]],
    ['no name', 'a', undefined, [3, 4]],
    ['a name that every object has', 'a', '__proto__', [3, 4, 5]],
    ['another namespace', 'b', 'x', [0, 2, 4]],
    ['the cluster, which no namespace covers', '', 'x', [2]],
    ['the cluster, on a name that is not held there', '', 'y', []],
    ['every namespace', EVERYWHERE, 'x', [2, 4]],
  ])('over: %s', (_name, namespace, name, expected) => {
    expect(numbers(new HoldingIndex(LIST).over(namespace, name))).toEqual(expected);
  });

  test.each(['a', 'b', 'c', '', EVERYWHERE])('covering %j says what asking every holding says', (namespace) => {
    expect(new HoldingIndex(LIST).covering(namespace)).toEqual(LIST.filter((holding) => covers(holding, namespace)));
  });

  test('namespaces are told only where nothing is held beyond them', () => {
    expect(new HoldingIndex([held('a', 0), held('b', 1, 'x')]).namespaces()).toEqual(new Set(['a', 'b']));
    expect(new HoldingIndex([]).namespaces()).toEqual(new Set());
    expect(new HoldingIndex([held('a', 0), held('', 1, 'x')]).namespaces()).toBeUndefined();
    expect(new HoldingIndex([held(EVERYWHERE, 0)]).namespaces()).toBeUndefined();
  });
});
