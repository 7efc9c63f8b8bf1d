import { describe, expect, it } from 'vitest';
import type { EdgeDetail, NodeSummary } from '../../lib/api/contract.ts';
import { layeredLayout } from './layout.ts';
import { pathGraph, pathHeadings } from './path-graph.ts';
import { snakeLayout } from './snake-layout.ts';

const node = (id: string): NodeSummary => ({ id, kind: 'service-account', name: id });
const hop = (from: string, to: string): EdgeDetail => ({
  from: node(from),
  to: node(to),
  technique: 'holds-token',
  title: '',
  class: 'token',
  certainty: 'certain',
  walked: true,
  action: '',
  precondition: '',
  evidence: [],
  fix: { says: '' },
  attck: [],
  references: [],
});
const path = (...ids: string[]) => ({
  hops: ids.slice(1).map((id, index) => hop(ids[index] ?? '', id)),
  certainty: 'certain' as const,
  cost: 1,
});

describe('pathGraph', () => {
  const paths = [path('a', 'b', 'z'), path('a', 'c', 'b', 'z')];
  it('draws shared nodes once and lights the chosen path', () => {
    const { graph, chosen, steps } = pathGraph({ paths }, 0);
    expect(graph.nodes.map(({ id, column }) => [id, column])).toEqual([
      ['a', 0],
      ['b', 1],
      ['z', 2],
      ['c', 1],
    ]);
    expect([graph.edges.length, chosen.size, steps]).toEqual([4, 2, 3]);
  });
  it('gives the chosen path the columns of its own steps', () => {
    const { graph } = pathGraph({ paths }, 1);
    expect(graph.nodes.map(({ id, column }) => [id, column])).toEqual([
      ['a', 0],
      ['c', 1],
      ['b', 2],
      ['z', 3],
    ]);
  });
  it('is empty without paths', () => expect(pathGraph({ paths: [] }, -1).steps).toBe(0));
  it('names the columns', () => expect(pathHeadings(3)).toEqual(['Start', 'Step 1', 'Step 2']));
});

describe('snakeLayout', () => {
  const long = Array.from({ length: 11 }, (_, index) => `n${index}`);
  it('leaves a short path alone', () => {
    const layout = layeredLayout(pathGraph({ paths: [path('a', 'b')] }, 0).graph);
    expect(snakeLayout(layout)).toBe(layout);
  });
  it('turns back below at the end of a row, without overlap', () => {
    const { positions } = snakeLayout(layeredLayout(pathGraph({ paths: [path(...long)] }, 0).graph));
    expect(positions.get('n6')?.x).toBe(positions.get('n5')?.x);
    expect(positions.get('n6')?.y).toBeGreaterThan(positions.get('n5')?.y ?? 0);
    expect(positions.get('n7')?.x).toBeLessThan(positions.get('n6')?.x ?? 0);
    expect(new Set([...positions.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(11);
  });
});
