import { describe, expect, it } from 'vitest';
import { spineOf } from './spine.ts';
import { canvasEdge, canvasNode } from './testing/canvas-graph.ts';

const start = canvasNode('start', 0, { hops: 0 });
const [left, right] = [canvasNode('left', 1, { hops: 1 }), canvasNode('right', 1, { hops: 1 })];
const crown = canvasNode('crown', 6, { kind: 'cluster-admin', hops: 2 });
const lit = (from: string, to: string, more = {}) => canvasEdge(from, to, { lit: true, ...more });
const nodes = [start, left, right, crown];

describe('spineOf', () => {
  it('follows one shortest way to a target', () => {
    const edges = [lit('start', 'left'), lit('start', 'right'), lit('left', 'crown'), lit('right', 'crown')];
    expect([...spineOf({ nodes, edges })]).toEqual(['left>crown', 'start>left']);
  });
  it('takes the certain way', () => {
    const edges = [lit('start', 'left'), lit('start', 'right'), lit('left', 'crown', { certainty: 'conditional' }), lit('right', 'crown')];
    expect([...spineOf({ nodes, edges })]).toEqual(['right>crown', 'start>right']);
  });
  it.each([
    { name: 'nothing is lit', edges: [canvasEdge('start', 'left'), canvasEdge('left', 'crown')] },
    { name: 'no target is reached', edges: [lit('start', 'left')] },
    { name: 'an edge skips a hop', edges: [lit('start', 'crown')] },
    { name: 'nothing is drawn', edges: [] },
  ])('is empty where $name', ({ edges }) => expect(spineOf({ nodes, edges }).size).toBe(0));
  it('ends, whatever the hops say', () => {
    const odd = [start, canvasNode('a', 1, { kind: 'node', hops: 1 })];
    expect([...spineOf({ nodes: odd, edges: [lit('start', 'a'), lit('a', 'start')] })]).toEqual(['start>a']);
  });
});
