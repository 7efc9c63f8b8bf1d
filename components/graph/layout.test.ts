import { describe, expect, it } from 'vitest';
import type { CanvasEdge, CanvasNode } from '../../lib/api/contract.ts';
import { CARD, ROOM } from './card.ts';
import { layeredLayout } from './layout.ts';
import { canvasEdge, canvasNode, randomGraph } from './testing/canvas-graph.ts';

describe('layeredLayout', () => {
  it('places every card once, without overlap, in its column', () => {
    const graph = randomGraph(600, 7);
    const { positions, columns } = layeredLayout(graph);
    expect(positions.size).toBe(graph.nodes.length);
    const xOf = new Map(columns.map(({ column, x }) => [column, x]));
    const byX = new Map<number, number[]>();
    for (const node of graph.nodes) {
      const at = positions.get(node.id);
      expect(at?.x).toBe(xOf.get(node.column));
      if (at) byX.set(at.x, [...(byX.get(at.x) ?? []), at.y]);
    }
    let compared = 0;
    for (const ys of byX.values()) {
      ys.sort((a, b) => a - b);
      for (let index = 1; index < ys.length; index++, compared++) {
        expect((ys[index] ?? 0) - (ys[index - 1] ?? 0)).toBeGreaterThanOrEqual(CARD.height + ROOM.row);
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('answers the same for any order of the input', () => {
    const graph = randomGraph(300, 3);
    const turned = { nodes: [...graph.nodes].reverse(), edges: [...graph.edges].reverse() };
    expect([...layeredLayout(turned).positions].sort()).toEqual([...layeredLayout(graph).positions].sort());
  });

  it('keeps a namespace together within a column', () => {
    const graph = randomGraph(400, 11);
    const { positions } = layeredLayout(graph);
    const column = graph.nodes
      .filter((node) => node.column === 1)
      .sort((a, b) => (positions.get(a.id)?.y ?? 0) - (positions.get(b.id)?.y ?? 0));
    const runs = column.filter((node, index) => node.namespace !== column[index - 1]?.namespace).length;
    expect(runs).toBe(new Set(column.map((node) => node.namespace)).size);
  });

  const chain: CanvasNode[] = [canvasNode('a', 0), canvasNode('b', 1), canvasNode('c', 3)];
  const lit: CanvasEdge[] = [canvasEdge('a', 'b', { lit: true }), canvasEdge('b', 'c', { lit: true })];

  it('leaves empty columns out', () => {
    const { columns } = layeredLayout({ nodes: chain, edges: lit });
    expect(columns.map(({ column }) => column)).toEqual([0, 1, 3]);
    expect(columns.map(({ x }) => x)).toEqual([0, CARD.width + ROOM.column, 2 * (CARD.width + ROOM.column)]);
  });

  it('draws a chain of its own as a straight line', () => {
    const { positions } = layeredLayout({ nodes: chain, edges: lit });
    expect(new Set([...positions.values()].map(({ y }) => y)).size).toBe(1);
  });

  it('ignores an edge to itself and an edge to what is not there', () => {
    const plain = layeredLayout({ nodes: chain, edges: lit });
    const odd = layeredLayout({ nodes: chain, edges: [...lit, canvasEdge('a', 'a', {}), canvasEdge('a', 'nowhere', {})] });
    expect([...odd.positions]).toEqual([...plain.positions]);
  });

  it('gives a box for nothing', () => {
    const { positions, columns, bounds } = layeredLayout({ nodes: [], edges: [] });
    expect([positions.size, columns.length, bounds.right > bounds.left]).toEqual([0, 0, true]);
  });
});
