import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TECHNIQUE_IDS } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import { certaintyCode } from '../graph/table-builder.ts';
import { difficultyOf } from './difficulty.ts';
import { easiestPaths } from './easiest-paths.ts';
import { techniquesBetween } from './techniques-between.ts';
import { type Drawing, drawnGraph, type Strength } from './testing/drawing.ts';
import { Walker } from './walk.ts';

/** A drawing in which each edge has a technique too. */
const drawings = fc.integer({ min: 2, max: 7 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.constantFrom<Strength>(0, 0, 1, 2)), { maxLength: 18 }),
    techniques: fc.array(fc.nat(TECHNIQUE_IDS.length - 1), { minLength: 18, maxLength: 18 }),
  }),
);

function graphOf(drawing: Drawing & { readonly techniques: readonly number[] }): Graph {
  const graph = drawnGraph(drawing);
  for (const [edge, [, , strength]] of drawing.edges.entries()) {
    graph.edges.technique[edge] = drawing.techniques[edge] as number;
    graph.edges.certainty[edge] = certaintyCode(strength === 0 ? 'certain' : 'conditional');
  }
  return graph;
}

/** All ways without a loop, by trying every edge. */
function allWays({ edges }: Drawing, from: number, to: number): number[][] {
  const ways: number[][] = [];
  const visit = (way: readonly number[], nodes: readonly number[]): void => {
    const last = nodes.at(-1) as number;
    if (last === to) {
      ways.push([...way]);
      return;
    }
    for (const [edge, [start, end, strength]] of edges.entries())
      if (start === last && strength < 2 && !nodes.includes(end)) visit([...way, edge], [...nodes, end]);
  };
  visit([], [from]);
  return ways;
}

const SETTINGS = { seed: 20261122, numRuns: 1500 };

describe('the easiest ways', () => {
  test('begin with the easiest of all, have no loop, and differ in more than one hop', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const graph = graphOf(drawing);
        const to = drawing.nodes - 1;
        const hard = (way: readonly number[]): number => way.reduce((sum, edge) => sum + difficultyOf(graph, edge), 0);
        const ways = allWays(drawing, 0, to);
        const found = easiestPaths(graph, { from: 0, to, k: 3 });
        expect(found.length).toBeLessThanOrEqual(3);
        expect(found.length === 0).toBe(ways.length === 0);
        if (found[0] !== undefined) expect(found[0].difficulty).toBeCloseTo(Math.min(...ways.map(hard)), 9);
        const known = new Set(ways.map((way) => way.join()));
        for (const [place, { edges, difficulty, conditional }] of found.entries()) {
          expect(known.has(edges.join())).toBe(true);
          expect(difficulty).toBeCloseTo(hard(edges), 9);
          expect(conditional).toBe(edges.filter((edge) => drawing.edges[edge]?.[2] === 1).length);
          for (const other of found.slice(0, place)) {
            expect(other.difficulty).toBeLessThanOrEqual(difficulty);
            const missing = (a: readonly number[], b: readonly number[]): number => a.filter((edge) => !b.includes(edge)).length;
            expect(Math.max(missing(edges, other.edges), missing(other.edges, edges))).toBeGreaterThan(1);
          }
        }
      }),
      SETTINGS,
    );
  });

  test('are all found where three ways share nothing', () => {
    const ways = [1, 2, 3].flatMap((middle) => [
      [0, middle, 0],
      [middle, 4, 0],
    ]) as [number, number, Strength][];
    const graph = drawnGraph({ nodes: 5, edges: ways });
    expect(easiestPaths(graph, { from: 0, to: 4, k: 5 })).toHaveLength(3);
  });
});

test('the techniques between two nodes are those of all ways that are shortest or one hop longer', () => {
  fc.assert(
    fc.property(drawings, (drawing) => {
      const graph = graphOf(drawing);
      const to = drawing.nodes - 1;
      const ways = allWays(drawing, 0, to);
      const shortest = Math.min(...ways.map(({ length }) => length));
      const codes = new Set(
        ways.filter(({ length }) => length <= shortest + 1).flatMap((way) => way.map((edge) => drawing.techniques[edge])),
      );
      expect(techniquesBetween(graph, new Walker(graph), { from: 0, to })).toEqual(TECHNIQUE_IDS.filter((_, code) => codes.has(code)));
    }),
    SETTINGS,
  );
});
