import cytoscape from 'cytoscape';
import { describe, expect, it } from 'vitest';
import type { CanvasEdge, CanvasNode } from '../../lib/api/contract.ts';
import { drawnGraph } from './drawn-graph.ts';
import { elementsOf } from './elements.ts';
import { canvasEdge, canvasNode } from './testing/canvas-graph.ts';

const at = (nodes: readonly CanvasNode[]) => new Map(nodes.map((node, index) => [node.id, { x: index, y: 0 }]));
const idsOf = (nodes: readonly CanvasNode[], edges: readonly CanvasEdge[]) => {
  const graph = drawnGraph({ nodes, edges });
  return elementsOf(graph, at(graph.nodes)).map(({ data }) => data.id);
};

describe('from an answer to elements', () => {
  const [a, b] = [canvasNode('a', 0), canvasNode('b', 1)];
  const rows: { name: string; nodes: CanvasNode[]; edges: CanvasEdge[]; ids: string[] }[] = [
    { name: 'two nodes and their edge', nodes: [a, b], edges: [canvasEdge('a', 'b')], ids: ['n:a', 'n:b', 'e:a>b'] },
    { name: 'a node twice', nodes: [a, a, b], edges: [], ids: ['n:a', 'n:b'] },
    { name: 'an edge twice', nodes: [a, b], edges: [canvasEdge('a', 'b'), canvasEdge('a', 'b')], ids: ['n:a', 'n:b', 'e:a>b'] },
    { name: 'an edge from nowhere', nodes: [a], edges: [canvasEdge('z', 'a')], ids: ['n:a'] },
    { name: 'an edge to nowhere', nodes: [a], edges: [canvasEdge('a', 'z')], ids: ['n:a'] },
    { name: 'an edge named like a node', nodes: [a, b], edges: [canvasEdge('a', 'b', { id: 'a' })], ids: ['n:a', 'n:b', 'e:a'] },
    { name: 'an edge to itself', nodes: [a], edges: [canvasEdge('a', 'a')], ids: ['n:a', 'e:a>a'] },
    {
      name: 'names of the prototype',
      nodes: [canvasNode('constructor', 0), canvasNode('__proto__', 1)],
      edges: [canvasEdge('constructor', '__proto__')],
      ids: ['n:constructor', 'n:__proto__', 'e:constructor>__proto__'],
    },
    { name: 'nothing', nodes: [], edges: [], ids: [] },
  ];
  it.each(rows)('$name', ({ nodes, edges, ids }) => {
    expect(idsOf(nodes, edges)).toEqual(ids);
    const graph = drawnGraph({ nodes, edges });
    const core = cytoscape({ headless: true, elements: elementsOf(graph, at(graph.nodes)) });
    expect(core.elements().map((element) => element.id())).toEqual(ids);
  });

  it('hides what is asked to be hidden, with its edges', () => {
    const graph = drawnGraph({ nodes: [a, b], edges: [canvasEdge('a', 'b')] }, new Set(['b']));
    expect([graph.nodes, graph.edges]).toEqual([[a], []]);
  });

  it('leaves out a node without a place, and its edges', () => {
    expect(elementsOf({ nodes: [a, b], edges: [canvasEdge('a', 'b')] }, at([a])).map(({ data }) => data.id)).toEqual(['n:a']);
  });
});
