import { describe, expect, it } from 'vitest';
import type { CanvasNode } from '../../lib/api/contract.ts';
import { foldAlike } from './fold.ts';
import { canvasEdge, canvasNode } from './testing/canvas-graph.ts';

const secret = (id: string, more: Partial<CanvasNode> = {}) => canvasNode(id, 6, { kind: 'secret', namespace: 'shop', ...more });
const options = { least: 3, opened: new Set<string>(), kept: new Set<string>() };
const star = (members: readonly CanvasNode[]) => ({
  nodes: [canvasNode('hub', 1), ...members],
  edges: members.map((member) => canvasEdge('hub', member.id)),
});

describe('foldAlike', () => {
  it('makes one stack of nodes that nothing tells apart, with one edge', () => {
    const { graph, stacks } = foldAlike(star([secret('s1'), secret('s2'), secret('s3')]), options);
    expect(graph.nodes.map(({ id, label, count }) => [id, label, count])).toEqual([
      ['hub', 'hub', 1],
      ['stack:s1', '3 secrets', 3],
    ]);
    expect(graph.edges.map(({ from, to }) => [from, to])).toEqual([['hub', 'stack:s1']]);
    expect(stacks.get('stack:s1')?.map(({ id }) => id)).toEqual(['s1', 's2', 's3']);
  });

  const silent: { name: string; nodes: CanvasNode[] }[] = [
    { name: 'too few', nodes: [secret('s1'), secret('s2')] },
    { name: 'another namespace', nodes: [secret('s1'), secret('s2'), secret('s3', { namespace: 'ops' })] },
    { name: 'another distance', nodes: [secret('s1', { hops: 1 }), secret('s2', { hops: 1 }), secret('s3', { hops: 2 })] },
    { name: 'another certainty', nodes: [secret('s1'), secret('s2'), secret('s3', { certainty: 'conditional' })] },
    { name: 'another kind', nodes: [secret('s1'), secret('s2'), secret('s3', { kind: 'node' })] },
  ];
  it.each(silent)('leaves $name alone', ({ nodes }) => {
    const graph = star(nodes);
    expect(foldAlike(graph, options).graph).toBe(graph);
  });

  it('leaves alone what has another neighbour', () => {
    const base = star([secret('s1'), secret('s2'), secret('s3')]);
    const graph = { nodes: [...base.nodes, canvasNode('sa', 1)], edges: [...base.edges, canvasEdge('s3', 'sa')] };
    expect(foldAlike(graph, options).stacks.size).toBe(0);
  });

  it('leaves alone what stands by itself', () => {
    expect(foldAlike({ nodes: [secret('s1'), secret('s2'), secret('s3')], edges: [] }, options).stacks.size).toBe(0);
  });

  it('keeps a selected node out, and an opened stack open', () => {
    const graph = star([secret('s1'), secret('s2'), secret('s3'), secret('s4')]);
    expect(foldAlike(graph, { ...options, kept: new Set(['s2']) }).stacks.get('stack:s1')?.length).toBe(3);
    expect(foldAlike(graph, { ...options, opened: new Set(['stack:s1']) }).stacks.size).toBe(0);
  });

  it('joins the techniques of the edges it joins', () => {
    const graph = star([secret('s1'), secret('s2'), secret('s3')]);
    const edges = graph.edges.map((edge, index) => (index === 1 ? { ...edge, techniques: ['mounts-secret' as const] } : edge));
    expect(foldAlike({ ...graph, edges }, options).graph.edges.map(({ techniques }) => techniques)).toEqual([
      ['holds-token', 'mounts-secret'],
    ]);
  });

  const many = (columns: number) =>
    star(Array.from({ length: 300 }, (_, index) => secret(`s${index}`, { namespace: `ns-${index % columns}`, hops: 1 })));
  const own = (graph: ReturnType<typeof many>) => ({
    ...graph,
    edges: graph.edges.map((edge, index) => ({
      ...edge,
      techniques: ['contains' as const],
      certainty: index % 2 ? ('certain' as const) : ('wired' as const),
    })),
  });

  it('stacks by namespace where too many cards are left', () => {
    const mixed = own(
      star(Array.from({ length: 300 }, (_, index) => secret(`s${index}`, { namespace: `ns-${Math.floor(index / 5)}`, hops: 1 }))),
    );
    const { graph } = foldAlike(mixed, options);
    expect(graph.nodes.map(({ label }) => label)).toEqual(['hub', ...Array.from({ length: 60 }, () => '5 secrets')]);
  });

  it('stacks by distance alone where even namespaces are too many', () => {
    const { graph } = foldAlike(own(many(150)), options);
    expect(graph.nodes.map(({ label, namespace }) => [label, namespace])).toEqual([
      ['hub', undefined],
      ['300 secrets', undefined],
    ]);
  });

  it('opens one stack and leaves the others', () => {
    const graph = own(many(150));
    const more = {
      nodes: [...graph.nodes, ...[1, 2, 3].map((n) => secret(`t${n}`, { hops: 2 }))],
      edges: [...graph.edges, ...[1, 2, 3].map((n) => canvasEdge('s1', `t${n}`))],
    };
    const closed = [...foldAlike(more, options).stacks.keys()];
    expect(closed.length).toBe(2);
    const opened = foldAlike(more, { ...options, opened: new Set(closed.slice(0, 1)) });
    expect([...opened.stacks.keys()]).toEqual(closed.slice(1));
  });

  it('draws no edge within a stack', () => {
    const graph = own(many(150));
    const edges = [...graph.edges, canvasEdge('s1', 's2')];
    expect(foldAlike({ ...graph, edges }, options).graph.edges.every(({ from, to }) => from !== to)).toBe(true);
  });
});
