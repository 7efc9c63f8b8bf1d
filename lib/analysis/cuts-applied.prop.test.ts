import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import { worlds } from '../graph/testing/worlds.ts';
import { cluster } from '../inventory/testing/cluster.ts';
import { crownJewels } from './crown-jewels.ts';
import { cuts } from './cuts.ts';
import { applyChanges } from './testing/apply-changes.ts';
import { Walker } from './walk.ts';

type Json = Record<string, unknown>;

function graphOf(objects: readonly Json[]): Graph {
  const fixture = cluster();
  for (const object of objects) fixture.add(object);
  return buildGraph(fixture.inventory());
}

const numbers = (graph: Graph, ids: readonly (string | undefined)[]): number[] => ids.flatMap((id) => graph.nodes.indexOf(id ?? '') ?? []);

test('the changes of a cut, made in the cluster itself, leave no way in the graph that is built anew; all but one of them do', () => {
  let cut = 0;
  fc.assert(
    fc.property(worlds, fc.nat(), fc.nat(), (objects, first, second) => {
      const graph = graphOf(objects);
      const pods = graph.nodes.kinds.flatMap((kind, node) => (kind === 'pod' ? [node] : []));
      // A secret that is only named somewhere is gone with its name.
      const isThere = (node: number): boolean => graph.nodes.kinds[node] === 'secret' && graph.nodes.records[node] !== undefined;
      const targets = [...crownJewels(graph), ...graph.nodes.kinds.flatMap((_kind, node) => (isThere(node) ? [node] : []))];
      const from = pods[first % pods.length];
      const to = targets[second % targets.length];
      if (from === undefined || to === undefined) return;
      const found = cuts(graph, new Walker(graph), { from: [from], to: [to] });
      if (!found.separable || found.changes.length === 0) return;
      cut += 1;
      const changes = found.changes.map(({ change }) => change);
      const arrives = (made: readonly string[]): boolean => {
        const after = graphOf(applyChanges(objects, made));
        const [start] = numbers(after, [graph.nodes.ids[from]]);
        const reached = new Walker(after).walk(start === undefined ? [] : [start]).order;
        return numbers(after, [graph.nodes.ids[to]]).some((node) => reached.includes(node));
      };
      expect(arrives(changes), changes.join(', ')).toBe(false);
      for (const left of changes)
        expect(arrives(changes.filter((change) => change !== left)), `${changes.join(', ')} without ${left}`).toBe(true);
    }),
    { seed: 20261122, numRuns: 1500 },
  );
  expect(cut).toBeGreaterThan(150);
});
