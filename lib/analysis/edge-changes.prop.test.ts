import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import { techniqueAt } from '../graph/read.ts';
import { worlds } from '../graph/testing/worlds.ts';
import { cluster } from '../inventory/testing/cluster.ts';
import { certainPart, withClosed } from './closed-graph.ts';
import { edgeChanges } from './edge-changes.ts';
import { Walker } from './walk.ts';

function graphOf(objects: readonly Record<string, unknown>[]): Graph {
  const fixture = cluster();
  for (const object of objects) fixture.add(object);
  return buildGraph(fixture.inventory());
}

const textAt = (graph: Graph) => (edge: number) =>
  `${graph.nodes.ids[graph.edges.from[edge] as number]} ${techniqueAt(graph, edge)} ${graph.nodes.ids[graph.edges.to[edge] as number]}`;

/** Every walked edge in words. */
function walked(graph: Graph): Set<string> {
  const { offsets, walkedEnd, edges } = graph.forward;
  const found = new Set<string>();
  for (let node = 0; node < graph.nodes.count; node += 1)
    for (const edge of edges.subarray(offsets[node] as number, walkedEnd[node] as number)) found.add(textAt(graph)(edge));
  return found;
}

test('edges that open and close are those whose words only one world has', () => {
  fc.assert(
    fc.property(worlds, worlds, (first, second) => {
      const [base, changed] = [graphOf(first), graphOf(second)];
      const { opened, closed } = edgeChanges(base, changed);
      const [before, after] = [walked(base), walked(changed)];
      expect(new Set(opened.map(textAt(changed)))).toEqual(new Set([...after].filter((text) => !before.has(text))));
      expect(new Set(closed.map(textAt(base)))).toEqual(new Set([...before].filter((text) => !after.has(text))));
    }),
    { seed: 20261122, numRuns: 150 },
  );
});

test('a graph with closed edges is walked as the graph without them, and its certain part as certain edges alone', () => {
  fc.assert(
    fc.property(worlds, fc.nat(), fc.nat({ max: 4 }), (objects, first, gap) => {
      const graph = graphOf(objects);
      const start = first % graph.nodes.count;
      const closed = new Set([...Array(graph.edges.count).keys()].filter((edge) => edge % (gap + 2) === 0));
      const walk = (one: Graph, options = {}) => {
        const { order, count, sure } = new Walker(one).walk([start], options);
        return [...order.subarray(0, count)].map((node, place) => `${node} ${sure[place]}`).sort();
      };
      expect(walk(withClosed(graph, closed))).toEqual(walk(graph, { without: closed }));
      expect(walk(certainPart(graph))).toEqual(walk(graph, { certainty: 'certain' }));
    }),
    { seed: 20261122, numRuns: 200 },
  );
});
