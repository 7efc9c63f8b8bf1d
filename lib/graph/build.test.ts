import { describe, expect, it } from 'vitest';
import { cluster, rule, sa } from '../inventory/testing/cluster.ts';
import { buildGraph } from './build.ts';
import { edgeAt, techniqueAt } from './read.ts';

/** The same right by a ClusterRole that names it and by one that does not, in the order given. */
const twice = (first: string, second: string) =>
  cluster()
    .serviceAccount('a/bot')
    .serviceAccount('a/web')
    .role('a/first', rule('create', '', 'serviceaccounts/token', first))
    .role('a/second', rule('create', '', 'serviceaccounts/token', second))
    .roleBinding('a/first', 'Role/first', sa('a/bot'))
    .roleBinding('a/second', 'Role/second', sa('a/bot'))
    .inventory();

describe('an edge that several rules give', () => {
  it('is one edge with the evidence of all of them', () => {
    const graph = buildGraph(twice('web', 'web'));
    const minted = [...Array(graph.edges.count).keys()].filter((edge) => techniqueAt(graph, edge) === 'token-mint');
    expect(minted.map((edge) => edgeAt(graph, edge).to)).toEqual(['sa:a/web']);
    const { evidence } = graph.explain(minted[0] as number);
    expect(evidence.map(({ kind, name, pointer }) => `${kind} ${name} ${pointer}`).sort()).toEqual([
      'Role first /rules/0',
      'Role second /rules/0',
      'RoleBinding first /subjects/0',
      'RoleBinding second /subjects/0',
    ]);
  });

  it('is told by the surest way, whatever was found first', () => {
    const open = { 'pod-security.kubernetes.io/enforce': 'privileged' };
    const create = rule('create', '', 'pods');
    const names = ['a', 'b', 'c'];
    for (const sure of names) {
      const world = cluster().node('n1').serviceAccount('a/bot').pod('a/web').pod('b/web').pod('c/web');
      for (const name of names) {
        world.namespace(name, name === sure ? open : {});
        world.role(`${name}/r`, create).roleBinding(`${name}/rb`, 'Role/r', sa('a/bot'));
      }
      const graph = buildGraph(world.inventory());
      const edges = [...Array(graph.edges.count).keys()].filter((edge) => techniqueAt(graph, edge) === 'pod-create');
      const node = edges.map((edge) => edgeAt(graph, edge)).filter(({ to }) => to === 'all-nodes:*');
      expect(
        node.map(({ certainty }) => certainty),
        sure,
      ).toEqual(['certain']);
      expect(node[0]?.evidence[0].namespace, sure).toBe(sure);
    }
  });
});
