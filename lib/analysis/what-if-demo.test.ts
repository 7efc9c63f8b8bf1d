import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { recordKey } from '../inventory/changes/cut-key.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { contain } from './contain.ts';
import { crownJewels } from './crown-jewels.ts';
import { Walker } from './walk.ts';
import { hypotheticalWorld } from './what-if.ts';
import { workloadRisks } from './workloads.ts';

const inventory = await readSnapshot(path.resolve(import.meta.dirname, '../../demo'));
const graph = buildGraph(inventory);
const walker = new Walker(graph);
const jewels = crownJewels(graph);
const starts = workloadRisks(graph, walker).flatMap(({ pods, score }) => (score > 0 ? [pods[0] as number] : []));

describe('what contains a workload of the demo contains it in the world that is built of the changed records too', () => {
  const inGraph = new Set<string>();
  it.each(starts.map((start): [string, number] => [graph.nodes.ids[start] as string, start]))('%s', (id, start) => {
    const { cut, inseparable } = contain(graph, walker, { from: [start], to: jewels });
    const stays = new Set(inseparable.map(({ target }) => graph.nodes.ids[target]));
    const keys = cut.changes.map(({ change }) => change);
    for (const key of keys) if (recordKey(key) === undefined) inGraph.add(key);
    const after = hypotheticalWorld({ inventory, graph }, keys.length === 0 ? [] : [{ change: 'keys', keys }]).graph;
    const again = after.nodes.indexOf(id);
    const reached = again === undefined ? [] : [...new Walker(after).walk([again]).order];
    const found = crownJewels(after).filter((jewel) => jewel !== again && reached.includes(jewel) && !stays.has(after.nodes.ids[jewel]));
    expect(
      found.map((jewel) => after.nodes.ids[jewel]),
      keys.join(', '),
    ).toEqual([]);
  });

  it('and some of them by changes in clouds, which are made in the graph', () => {
    expect(inGraph.size).toBeGreaterThan(0);
  });
});
