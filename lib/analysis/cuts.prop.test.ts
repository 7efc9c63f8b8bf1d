import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allOf, anyOf, type Closing, isMet } from '../graph/closing.ts';
import { cuts } from './cuts.ts';
import { type Drawing, drawnGraph, type Strength } from './testing/drawing.ts';
import { Walker } from './walk.ts';

const CHANGES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

const change = fc.constantFrom(...CHANGES).map((one): Closing => ({ change: one }));

/** From one change to two parts, each given by one or two, of which each may go in one of two ways. */
const closing: fc.Arbitrary<Closing> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Closing>({ any: [] }) },
  { weight: 4, arbitrary: change },
  { weight: 3, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }).map(anyOf) },
  {
    weight: 3,
    arbitrary: fc.array(fc.array(change, { minLength: 1, maxLength: 2 }).map(anyOf), { minLength: 1, maxLength: 3 }).map(allOf),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.array(change, { minLength: 1, maxLength: 2 }).map(allOf), { minLength: 1, maxLength: 3 }).map(anyOf),
  },
);

const drawings: fc.Arbitrary<Drawing> = fc.integer({ min: 3, max: 8 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.constantFrom<Strength>(0, 0, 0, 1, 2), closing), {
      minLength: 4,
      maxLength: 22,
    }),
  }),
);

const FROM = [0, 1];
const SETTINGS = { seed: 20261122, numRuns: 1500 };

/** Whether a way to the last node survives: by relaxing every edge until nothing changes. */
function survives({ nodes, edges }: Drawing, made: ReadonlySet<string>, strongest: Strength = 1): boolean {
  const reached = new Set(FROM);
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (const [from, to, strength, closed] of edges) {
      if (reached.has(from) && strength <= strongest && !(closed !== undefined && isMet(closed, (one) => made.has(one)))) reached.add(to);
    }
  }
  return reached.has(nodes - 1);
}

const subsets = Array.from({ length: 2 ** CHANGES.length }, (_, bits) => new Set(CHANGES.filter((_one, place) => (bits >> place) & 1)));

/** The sizes of sets that separate, by trying all. */
const smallest = (drawing: Drawing, strongest?: Strength): number =>
  Math.min(...subsets.filter((made) => !survives(drawing, made, strongest)).map(({ size }) => size));

function cutOf(drawing: Drawing, certainty: 'certain' | 'all' = 'all', names?: readonly number[]) {
  const graph = drawnGraph(drawing, names);
  const place = (name: number): number => graph.nodes.indexOf(`pod:a/p${name}`) as number;
  return cuts(graph, new Walker(graph), { from: FROM.map(place), to: [place(drawing.nodes - 1)], certainty });
}

describe('a cut of a small random graph', () => {
  test.each([
    ['of all ways', 'all', 1],
    ['of certain ways', 'certain', 0],
  ] as const)('is as small as the smallest of all sets of changes, separates, and needs each change: %s', (_name, certainty, strongest) => {
    let separable = 0;
    fc.assert(
      fc.property(drawings, (drawing) => {
        const cut = cutOf(drawing, certainty);
        if (!cut.separable) {
          expect(survives(drawing, new Set(CHANGES), strongest)).toBe(true);
          expect(cut.open.length).toBeGreaterThan(0);
          return;
        }
        const made = cut.changes.map((one) => one.change);
        separable += made.length > 0 ? 1 : 0;
        expect([made.length, cut.exact, cut.suffices]).toEqual([smallest(drawing, strongest), true, true]);
        expect(survives(drawing, new Set(made), strongest)).toBe(false);
        for (const one of made) expect(survives(drawing, new Set(made.filter((other) => other !== one)), strongest)).toBe(true);
      }),
      SETTINGS,
    );
    expect(separable).toBeGreaterThan(300);
  });

  test('is the same whatever the order of nodes and edges', () => {
    const shuffled = drawings.chain((drawing) =>
      fc.record({
        drawing: fc.constant(drawing),
        names: fc.shuffledSubarray([...Array(drawing.nodes).keys()], { minLength: drawing.nodes }),
        edges: fc.shuffledSubarray([...drawing.edges], { minLength: drawing.edges.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ drawing, names, edges }) => {
        const moved = edges.map(
          ([from, to, strength, closed]) => [names.indexOf(from), names.indexOf(to), strength, closed ?? { any: [] }] as const,
        );
        const answer = (cut: ReturnType<typeof cutOf>): unknown =>
          cut.separable
            ? cut.changes.map((one) => [one.change, one.edges, one.losers, one.workloads, one.otherWorkloads])
            : cut.open.length;
        expect(answer(cutOf({ nodes: drawing.nodes, edges: moved }, 'all', names))).toEqual(answer(cutOf(drawing)));
      }),
      SETTINGS,
    );
  });
});
