import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import { HOSTILE_NAMES, worlds } from '../graph/testing/worlds.ts';
import { applyChangeSet } from '../inventory/changes/apply-change-set.ts';
import type { Change } from '../inventory/changes/change.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { cluster } from '../inventory/testing/cluster.ts';
import { crownJewels } from './crown-jewels.ts';
import { cuts } from './cuts.ts';
import { diffWorlds } from './diff-worlds.ts';
import type { World } from './pair-changes.ts';
import { levelAt, pairLevels } from './pair-levels.ts';
import { Walker } from './walk.ts';
import { hypotheticalWorld } from './what-if.ts';
import { workloadRisks } from './workloads.ts';

type Json = Record<string, unknown>;

function inventoryOf(objects: readonly Json[]): Inventory {
  const fixture = cluster();
  for (const object of objects) fixture.add(object);
  return fixture.inventory();
}

const worldOf = (graph: Graph): World => {
  const walker = new Walker(graph);
  return { graph, walker, workloads: () => workloadRisks(graph, walker), jewels: crownJewels(graph) };
};

const targetOf = ({ apiVersion, kind, metadata }: Json) => {
  const { namespace, name } = metadata as { namespace?: string; name: string };
  return { apiVersion: apiVersion as string, kind: kind as string, name, ...(namespace === undefined ? {} : { namespace }) };
};

/** Kinds whose deletion takes nothing else with it, so that the raw objects without them are the same world. */
const ALONE = new Set(['Pod', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'Secret']);

test('a world that is changed equals the world of the changed objects: added, replaced and taken away', () => {
  fc.assert(
    fc.property(worlds, worlds, fc.nat(), (objects, others, seed) => {
      const gone = objects.filter((object, place) => ALONE.has(object.kind as string) && (place + seed) % 3 === 0);
      const rest = objects.filter((object) => !gone.includes(object));
      const keys = new Set(rest.map((object) => JSON.stringify(targetOf(object))));
      const added = others.filter((object) => !keys.has(JSON.stringify(targetOf(object))));
      const replaced = rest.filter(({ kind }) => String(kind).endsWith('Role')).map((role): Json => ({ ...role, rules: [] }));
      const replacedKeys = new Set(replaced.map((object) => JSON.stringify(targetOf(object))));
      const changes: Change[] = [
        ...gone.map((object): Change => ({ change: 'delete', target: targetOf(object) })),
        ...[...added, ...replaced].map((manifest): Change => ({ change: 'apply', manifest })),
      ];
      const made = applyChangeSet(inventoryOf(objects), changes).inventory;
      const kept = rest.filter((object) => !replacedKeys.has(JSON.stringify(targetOf(object))));
      expect(made.kubernetes).toEqual(inventoryOf([...kept, ...replaced, ...added]).kubernetes);
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test('patches that say nothing, and no changes at all, change nothing: no edge, no pair, no verdict', () => {
  fc.assert(
    fc.property(worlds, (objects) => {
      const inventory = inventoryOf(objects);
      const graph = buildGraph(inventory);
      const patches = objects.flatMap((object, place): Change[] =>
        place % 2 === 0
          ? [{ change: 'patch', target: targetOf(object), merge: {} }]
          : [{ change: 'patch', target: targetOf(object), json: [] }],
      );
      const again = hypotheticalWorld({ inventory, graph }, patches);
      expect(again.inventory).toEqual(inventory);
      const diff = diffWorlds(worldOf(graph), worldOf(again.graph));
      expect([diff.opened.pairs, diff.closed.pairs, diff.workloads.changed, diff.edges.opened.length, diff.edges.closed.length]).toEqual([
        0, 0, 0, 0, 0,
      ]);
    }),
    { seed: 20261122, numRuns: 200 },
  );
});

test('the changes of a cut, made in the inventory, leave no way: what a diff lists as closed holds the pair, and nothing opens', () => {
  let cut = 0;
  fc.assert(
    fc.property(worlds, fc.nat(), fc.nat(), (objects, first, second) => {
      const inventory = inventoryOf(objects);
      const graph = buildGraph(inventory);
      const pods = graph.nodes.kinds.flatMap((kind, node) => (kind === 'pod' ? [node] : []));
      const jewels = crownJewels(graph);
      const [from, to] = [pods[first % pods.length], jewels[second % jewels.length]];
      if (from === undefined || to === undefined) return;
      const found = cuts(graph, new Walker(graph), { from: [from], to: [to] });
      if (!found.separable || found.changes.length === 0) return;
      cut += 1;
      const keys = found.changes.map(({ change }) => change);
      const after = hypotheticalWorld({ inventory, graph }, [{ change: 'keys', keys }]).graph;
      const [start, end] = [from, to].map((node) => after.nodes.indexOf(graph.nodes.ids[node] as string));
      const reached = start === undefined ? [] : [...new Walker(after).walk([start]).order];
      expect(end !== undefined && reached.includes(end), keys.join(', ')).toBe(false);
      const diff = diffWorlds(worldOf(graph), worldOf(after));
      expect(diff.opened.pairs).toBe(0);
      expect(diff.closed.pairs).toBeGreaterThan(0);
    }),
    { seed: 20261122, numRuns: 800 },
  );
  expect(cut).toBeGreaterThan(80);
});

test('levels of pairs are those of a walk from each source', () => {
  fc.assert(
    fc.property(worlds, (objects) => {
      const graph = buildGraph(inventoryOf(objects));
      const walker = new Walker(graph);
      const groups = graph.nodes.kinds.flatMap((kind, node) => (kind === 'pod' ? [[node]] : []));
      const targets = [-1, ...graph.nodes.ids.keys()];
      const levels = pairLevels(graph, { groups, targets });
      for (const [group, starts] of groups.entries()) {
        const walk = walker.walk(starts);
        const expected = targets.map((target) => {
          const place = walk.order.subarray(0, walk.count).indexOf(target);
          return place < 0 ? 0 : walk.sure[place] === 1 ? 2 : 1;
        });
        expect(targets.map((_, place) => levelAt(levels, group, place))).toEqual(expected);
      }
    }),
    { seed: 20261122, numRuns: 150 },
  );
});

test('hostile names are names', () => {
  for (const name of HOSTILE_NAMES) {
    const inventory = cluster().serviceAccount(`a/${name}`).pod(`a/${name}`, { serviceAccount: name }).inventory();
    const graph = buildGraph(inventory);
    const binding = cluster().clusterRoleBinding(name, 'ClusterRole/cluster-admin', { kind: 'ServiceAccount', namespace: 'a', name })
      .objects[0];
    const role = cluster().clusterRole('cluster-admin', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }).objects[0];
    const after = hypotheticalWorld({ inventory, graph }, [
      { change: 'apply', manifest: binding },
      { change: 'apply', manifest: role },
    ]);
    const diff = diffWorlds(worldOf(graph), worldOf(after.graph));
    expect(diff.opened.list.map(({ id, severity }) => `${id} ${severity}`)).toContain(`pod:a/${name} critical`);
    expect(diff.closed.pairs).toBe(0);
  }
});
