import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { CLUSTER_ADMIN } from '../graph/node-id.ts';
import { cluster } from '../inventory/testing/cluster.ts';
import { hubsOf } from './hubs.ts';
import { type Drawing, drawnGraph, type Strength } from './testing/drawing.ts';
import { Walker } from './walk.ts';

const drawings: fc.Arbitrary<Drawing> = fc.integer({ min: 1, max: 14 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.constantFrom<Strength>(0, 0, 1, 2)), { maxLength: 40 }),
  }),
);

describe('a hub', () => {
  test.each(['all', 'certain'] as const)(
    'reaches what a walk of %s edges from it reaches, and is reached by whoever a walk leads to it',
    (certainty) => {
      fc.assert(
        fc.property(drawings, (drawing) => {
          const graph = drawnGraph(drawing);
          const walker = new Walker(graph);
          const nodes = [...Array(drawing.nodes).keys()];
          const reach = nodes.map((node) => new Set(walker.walk([node], { certainty }).order));
          const [hub, ...more] = hubsOf(graph, walker, certainty);
          if (hub === undefined) throw new Error('a graph with a node has a largest component');
          expect(more).toEqual([]);
          const members = nodes.filter((node) => hub.reached[node] === 1 && hub.reaching[node] === 1);
          expect(members.length).toBe(
            Math.max(...nodes.map((one) => nodes.filter((other) => reach[one]?.has(other) && reach[other]?.has(one)).length)),
          );
          const member = members[0] as number;
          expect(nodes.filter((node) => hub.reached[node] === 1)).toEqual(nodes.filter((node) => reach[member]?.has(node)));
          expect(nodes.filter((node) => hub.reaching[node] === 1)).toEqual(nodes.filter((node) => reach[node]?.has(member)));
          expect(hub.walk.count).toBe(reach[member]?.size);
        }),
        { seed: 20261122, numRuns: 1000 },
      );
    },
  );

  test('is told once for its component, and the widest comes first', () => {
    const fixture = cluster();
    fixture.clusterRole('all', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] });
    fixture.clusterRole('reads', { verbs: ['list'], apiGroups: [''], resources: ['secrets'] });
    fixture.clusterRoleBinding('admins', 'ClusterRole/all', { kind: 'User', name: 'root' });
    fixture.clusterRoleBinding('readers', 'ClusterRole/reads', { kind: 'User', name: 'reader' });
    for (let index = 0; index < 20; index += 1)
      fixture.add({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'shop', name: `secret-${index}` }, type: 'Opaque' });
    const graph = buildGraph(fixture.inventory());
    const hubs = hubsOf(graph, new Walker(graph), 'all');
    const isHub = (id: string): boolean[] =>
      hubs.map(({ reached, reaching }) => [reached, reaching].every((of) => of[graph.nodes.indexOf(id) ?? -1] === 1));
    expect(isHub(CLUSTER_ADMIN).filter(Boolean)).toHaveLength(1);
    expect(hubs.map(({ walk }) => walk.count)).toEqual(hubs.map(({ walk }) => walk.count).sort((one, other) => other - one));
    expect(hubs.length).toBeGreaterThan(1);
    const mutual = hubs.map(
      ({ walk }) => hubs.filter(({ reached, reaching }) => [reached, reaching].every((of) => of[walk.order[0] as number] === 1)).length,
    );
    expect(mutual).toEqual(hubs.map(() => 1));
  });
});

test('a walk beside some nodes reaches what is left without them', () => {
  fc.assert(
    fc.property(
      drawings,
      fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
      fc.constantFrom('forward', 'reverse'),
      (drawing, known, direction) => {
        const beside = Uint8Array.from(known, Number);
        const left = drawing.edges.filter(([from, to]) => beside[direction === 'forward' ? to : from] === 0);
        const walk = new Walker(drawnGraph(drawing)).walk([0], { beside, direction });
        const expected = new Walker(drawnGraph({ ...drawing, edges: left })).walk([0], { direction });
        expect([...walk.order]).toEqual([...expected.order]);
        expect([...walk.sure]).toEqual([...expected.sure]);
      },
    ),
    { seed: 20261122, numRuns: 500 },
  );
});
