import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { worlds } from '../graph/testing/worlds.ts';
import { cluster } from '../inventory/testing/cluster.ts';
import { Summariser } from './summariser.ts';
import { summarise } from './summary.ts';
import { Walker } from './walk.ts';
import { podsByWorkload } from './workloads.ts';

test('summaries by way of hubs equal those of walking from every node and every workload', () => {
  let shared = 0;
  fc.assert(
    fc.property(worlds, fc.boolean(), (objects, hasAdmin) => {
      const fixture = cluster();
      for (const object of objects) fixture.add(object);
      if (hasAdmin) {
        fixture.clusterRole('all', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] });
        fixture.clusterRoleBinding('admins', 'ClusterRole/all', { kind: 'ServiceAccount', namespace: 'a', name: 'web' });
      }
      const graph = buildGraph(fixture.inventory());
      const walker = new Walker(graph);
      const summariser = new Summariser(graph, walker);
      const starts = [...graph.nodes.ids.keys()].map((node) => [node]);
      for (const nodes of [...starts, ...podsByWorkload(graph).values(), [0, 1].filter((node) => node < graph.nodes.count)]) {
        const slow = summarise(graph, walker.walk(nodes));
        expect(summariser.summarise(nodes), nodes.map((node) => graph.nodes.ids[node]).join()).toEqual(slow);
        if (slow.clusterAdmin !== undefined) shared += 1;
      }
    }),
    { seed: 20261122, numRuns: 300 },
  );
  expect(shared).toBeGreaterThan(1000);
});
