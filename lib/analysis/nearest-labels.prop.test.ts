import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { worlds } from '../graph/testing/worlds.ts';
import { cluster } from '../inventory/testing/cluster.ts';
import { nearestLabels } from './nearest-labels.ts';
import { type Walk, Walker } from './walk.ts';

/** Hops to the nearest node of each label. */
function byWalking(walk: Walk, labelOf: Int32Array): ReadonlyMap<number, number> {
  const nearest = new Map<number, number>();
  for (let place = 0; place < walk.count; place += 1) {
    const label = labelOf[walk.order[place] as number] as number;
    if (label >= 0 && !nearest.has(label)) nearest.set(label, walk.hops[place] as number);
  }
  return nearest;
}

test('the nearest label, and the nearest other one, are those that a walk from the node finds', () => {
  let others = 0;
  fc.assert(
    fc.property(worlds, fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 12 }), (objects, pattern) => {
      const fixture = cluster();
      for (const object of objects) fixture.add(object);
      const graph = buildGraph(fixture.inventory());
      const labelOf = Int32Array.from({ length: graph.nodes.count }, (_, node) => pattern[(node * 7) % pattern.length] as number);
      const { hops, labels } = nearestLabels(graph, labelOf);
      const walker = new Walker(graph);
      for (let node = 0; node < graph.nodes.count; node += 1) {
        const nearest = byWalking(walker.glance([node]), labelOf);
        const sorted = [...nearest.values()].sort((one, other) => one - other);
        expect([hops[0][node], hops[1][node]]).toEqual([sorted[0] ?? -1, sorted[1] ?? -1]);
        for (const slot of [0, 1] as const)
          if (hops[slot][node] !== -1) expect(nearest.get(labels[slot][node] as number)).toBe(hops[slot][node]);
        if (sorted.length > 1) others += 1;
      }
    }),
    { seed: 20261122, numRuns: 200 },
  );
  expect(others).toBeGreaterThan(500);
});
