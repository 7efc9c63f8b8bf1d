import { describe, expect, it } from 'vitest';
import type { NodeSummary, ReachedNode } from '../../lib/api/contract.ts';
import { hopChain } from './hop-chain.ts';

const reached = (id: string, from: string, hops: number): ReachedNode => ({
  id,
  kind: 'pod',
  name: id,
  hops,
  certainty: 'certain',
  via: { from, technique: 'pod-exec', certainty: 'certain' },
});
const byId = (...rows: ReachedNode[]) => new Map(rows.map((row) => [row.id, row]));
const START: NodeSummary = { id: 'start', kind: 'pod', name: 'start' };
const STARTS = new Map([[START.id, START]]);

describe('hopChain', () => {
  it('goes back to the start', () => {
    const [one, two] = [reached('one', 'start', 1), reached('two', 'one', 2)];
    const chain = hopChain(two, byId(one, two), STARTS);
    expect(chain).toEqual({
      start: START,
      whole: true,
      steps: [
        { from: 'start', node: one },
        { from: 'one', node: two },
      ],
    });
  });

  it('says when a step is not at hand', () => {
    const two = reached('two', 'one', 2);
    expect(hopChain(two, byId(two), STARTS)).toEqual({ start: undefined, whole: false, steps: [{ from: 'one', node: two }] });
  });

  it('ends although the rows go round in a circle', () => {
    const [one, two] = [reached('one', 'two', 1), reached('two', 'one', 2)];
    expect(hopChain(two, byId(one, two), STARTS).whole).toBe(false);
  });

  it('is not confused by unlucky names', () => {
    const [one, two] = [reached('constructor', 'start', 1), reached('__proto__', 'constructor', 2)];
    expect(hopChain(two, byId(one, two), STARTS).steps.map((step) => step.node.id)).toEqual(['constructor', '__proto__']);
  });

  it('goes through ten thousand hops', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => reached(`n${index}`, index === 0 ? 'start' : `n${index - 1}`, index + 1));
    expect(hopChain(rows.at(-1)!, byId(...rows), STARTS).steps).toHaveLength(10_000);
  });
});
