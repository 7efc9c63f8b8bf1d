import fc from 'fast-check';
import { expect, test } from 'vitest';
import { components, targetCounts } from './target-counts.ts';
import { type Drawing, drawnGraph, type Strength } from './testing/drawing.ts';
import { Walker } from './walk.ts';

const drawings: fc.Arbitrary<Drawing> = fc.integer({ min: 1, max: 50 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.constantFrom<Strength>(0, 1, 2)), { maxLength: 120 }),
  }),
);
const questions = drawings.chain((drawing) =>
  fc.record({
    drawing: fc.constant(drawing),
    shut: fc.array(fc.nat(Math.max(0, drawing.edges.length - 1)), { maxLength: 10 }),
    groups: fc.array(fc.array(fc.nat(drawing.nodes - 1), { maxLength: 3 }), { maxLength: 4 }),
    targets: fc.array(fc.nat(drawing.nodes - 1), { maxLength: 60 }),
  }),
);
const SETTINGS = { seed: 20261122, numRuns: 1500 };

const closedOf = (drawing: Drawing, shut: readonly number[]): Uint8Array => {
  const closed = new Uint8Array(drawing.edges.length);
  for (const edge of shut) if (edge < closed.length) closed[edge] = 1;
  return closed;
};

test('counts the targets that a walk from each group reaches, more than 32 of them too', () => {
  fc.assert(
    fc.property(questions, ({ drawing, shut, groups, targets }) => {
      const graph = drawnGraph(drawing);
      const walker = new Walker(graph);
      const expected = groups.map((starts) => {
        const reached = new Set(walker.walk(starts, { without: new Set(shut) }).order);
        return new Set(targets.filter((target) => reached.has(target))).size;
      });
      expect([...targetCounts(graph, { groups, targets, closed: closedOf(drawing, shut) })]).toEqual(expected);
    }),
    SETTINGS,
  );
});

test('two nodes are of one component where each reaches the other, and what a component reaches comes before it', () => {
  fc.assert(
    fc.property(questions, ({ drawing, shut }) => {
      const graph = drawnGraph(drawing);
      const walker = new Walker(graph);
      const { of, order } = components(graph, closedOf(drawing, shut));
      const reach = Array.from({ length: drawing.nodes }, (_, node) => new Set(walker.walk([node], { without: new Set(shut) }).order));
      const place = new Map([...order].map((node, at) => [node, at]));
      expect(place.size).toBe(drawing.nodes);
      for (let a = 0; a < drawing.nodes; a += 1)
        for (const b of reach[a] ?? []) {
          const isBoth = reach[b]?.has(a) === true;
          expect(of[a] === of[b]).toBe(isBoth);
          if (!isBoth) expect(place.get(b) as number).toBeLessThan(place.get(a) as number);
        }
    }),
    { ...SETTINGS, numRuns: 300 },
  );
});

test('does not lose its way over 20,000 hops', () => {
  const edges = Array.from({ length: 20_000 }, (_, node) => [node, node + 1, 0] as const);
  const graph = drawnGraph({ nodes: 20_001, edges });
  expect([...targetCounts(graph, { groups: [[0]], targets: [20_000], closed: new Uint8Array(20_000) })]).toEqual([1]);
});
