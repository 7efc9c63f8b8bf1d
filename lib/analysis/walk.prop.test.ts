import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shortestPaths } from './paths.ts';
import { type Drawing, drawnGraph, type Strength } from './testing/drawing.ts';
import { Walker } from './walk.ts';

/** Distances by relaxing every edge until nothing changes: slow, and too simple to be wrong. */
function distances({ nodes, edges }: Drawing, start: number, strongest: Strength, depth = Number.POSITIVE_INFINITY): number[] {
  const found: number[] = Array(nodes).fill(Number.POSITIVE_INFINITY);
  found[start] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to, strength] of edges) {
      const way = (found[from] as number) + 1;
      if (strength > strongest || way > depth || way >= (found[to] as number)) continue;
      found[to] = way;
      changed = true;
    }
  }
  return found;
}

const drawings: fc.Arbitrary<Drawing> = fc.integer({ min: 1, max: 14 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.constantFrom<Strength>(0, 0, 1, 2)), { maxLength: 40 }),
  }),
);

const SETTINGS = { seed: 20261122, numRuns: 2000 };

describe('a walk', () => {
  test('reaches what the naive closure reaches, in as many hops, and knows what is sure', () => {
    fc.assert(
      fc.property(drawings, fc.option(fc.nat(6)), (drawing, limit) => {
        const graph = drawnGraph(drawing);
        const walk = new Walker(graph).walk([0], limit === null ? {} : { depth: limit });
        const expected = distances(drawing, 0, 1, limit ?? undefined);
        const hops: number[] = Array(drawing.nodes).fill(Number.POSITIVE_INFINITY);
        for (let place = 0; place < walk.count; place += 1) hops[walk.order[place] as number] = walk.hops[place] as number;
        expect(hops).toEqual(expected);
        if (limit !== null) return;
        const sure = distances(drawing, 0, 0).map((distance) => distance !== Number.POSITIVE_INFINITY);
        for (let place = 0; place < walk.count; place += 1)
          expect(walk.sure[place] === 1, `node ${walk.order[place]}`).toBe(sure[walk.order[place] as number]);
      }),
      SETTINGS,
    );
  });

  test('is the same backwards over turned edges', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const turned = { ...drawing, edges: drawing.edges.map(([from, to, strength]) => [to, from, strength] as const) };
        const backwards = new Walker(drawnGraph(drawing)).walk([0], { direction: 'reverse' });
        const forwards = new Walker(drawnGraph(turned)).walk([0]);
        expect([...backwards.order].sort()).toEqual([...forwards.order].sort());
      }),
      SETTINGS,
    );
  });

  test('tells for every node an edge from one that is a hop nearer', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const graph = drawnGraph(drawing);
        const walk = new Walker(graph).walk([0]);
        const hops = new Map([...walk.order].map((node, place) => [node, walk.hops[place]]));
        for (let place = 1; place < walk.count; place += 1) {
          const edge = walk.via[place] as number;
          expect(graph.edges.to[edge]).toBe(walk.order[place]);
          expect(hops.get(graph.edges.from[edge] as number)).toBe((walk.hops[place] as number) - 1);
        }
      }),
      SETTINGS,
    );
  });

  test('does not lose its way over 20,000 hops', () => {
    const edges = Array.from({ length: 20_000 }, (_, node) => [node, node + 1, 0] as const);
    const walk = new Walker(drawnGraph({ nodes: 20_001, edges })).walk([0]);
    expect(walk.count).toBe(20_001);
    expect(walk.hops[20_000]).toBe(20_000);
  });

  test('leaves edges out that are said to be closed, and starts from several nodes', () => {
    const graph = drawnGraph({
      nodes: 4,
      edges: [
        [0, 1, 0],
        [1, 2, 0],
        [3, 2, 0],
      ],
    });
    const walker = new Walker(graph);
    expect([...walker.walk([0], { without: new Set([1]) }).order]).toEqual([0, 1]);
    expect([...walker.walk([0, 3]).hops]).toEqual([0, 0, 1, 1]);
  });
});

/** All ways without a loop, by trying everything; between two nodes only the surest edge. */
function allWays({ edges }: Drawing, from: number, to: number): number[][] {
  const ways: number[][] = [];
  const visit = (way: number[]): void => {
    const last = way.at(-1) as number;
    if (last === to) {
      ways.push(way);
      return;
    }
    const next = new Set(
      edges.filter(([start, end, strength]) => start === last && strength < 2 && !way.includes(end)).map(([, end]) => end),
    );
    for (const end of next) visit([...way, end]);
  };
  visit([from]);
  return ways;
}

test('the k shortest paths are the k shortest of all', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 7 }).chain((nodes) =>
        fc.record({
          nodes: fc.constant(nodes),
          edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.constantFrom<Strength>(0, 1, 2)), { maxLength: 18 }),
        }),
      ),
      (drawing) => {
        const graph = drawnGraph(drawing);
        const found = shortestPaths(graph, new Walker(graph), { from: 0, to: drawing.nodes - 1, k: 4 });
        const lengths = allWays(drawing, 0, drawing.nodes - 1)
          .map((way) => way.length - 1)
          .sort((a, b) => a - b);
        expect(found.map(({ edges }) => edges.length)).toEqual(lengths.slice(0, 4));
        for (const { edges } of found) {
          const nodes = [0, ...edges.map((edge) => graph.edges.to[edge])];
          expect(new Set(nodes).size).toBe(nodes.length);
          for (const [hop, edge] of edges.entries()) expect(graph.edges.from[edge]).toBe(nodes[hop]);
        }
      },
    ),
    SETTINGS,
  );
});

/** `layers` rows of `width` nodes between 0 and the last node, each joined to all of the next: width to the power of layers ways of one length. */
function lattice(layers: number, width: number, lastHop: Strength): Drawing {
  const at = (layer: number, place: number): number => 1 + layer * width + place;
  const last = 1 + layers * width;
  const edges: [number, number, Strength][] = [];
  for (let place = 0; place < width; place += 1) {
    edges.push([0, at(0, place), 0], [at(layers - 1, place), last, lastHop]);
    for (let layer = 1; layer < layers; layer += 1)
      for (let before = 0; before < width; before += 1) edges.push([at(layer - 1, before), at(layer, place), 0]);
  }
  return { nodes: last + 1, edges };
}

test.each([
  ['the last hop certain', lattice(8, 12, 0), 0],
  ['the last hop conditional', lattice(8, 12, 1), 1],
  ['a wide middle, as of all pods of a large cluster', lattice(2, 700, 1), 1],
] as const)('of 400 million ways of one length some are found: %s', (_name, drawing, conditional) => {
  const graph = drawnGraph(drawing);
  const found = shortestPaths(graph, new Walker(graph), { from: 0, to: drawing.nodes - 1, k: 3 });
  const hops = new Walker(graph).walk([0]).hops.at(-1);
  expect(found.map((way) => [way.edges.length, way.conditional])).toEqual(Array(3).fill([hops, conditional]));
});

test('of two ways of one length the surer is found first', () => {
  const edges = [
    [0, 1, 0],
    [0, 2, 1],
    [1, 3, 1],
    [2, 3, 0],
    [0, 4, 0],
    [4, 3, 0],
  ] as const;
  const graph = drawnGraph({ nodes: 5, edges });
  expect(shortestPaths(graph, new Walker(graph), { from: 0, to: 3, k: 3 }).map(({ conditional }) => conditional)).toEqual([0, 1, 1]);
});
