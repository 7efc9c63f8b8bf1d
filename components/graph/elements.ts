import type { ElementDefinition } from 'cytoscape';
import type { Point } from './card.ts';
import type { DrawnGraph } from './drawn-graph.ts';

/**
 * What Cytoscape gets: one element per node with a position, and one per edge whose two ends are such nodes. Ids of nodes and edges
 * share one name space in Cytoscape, so they carry `n:` and `e:`. Pure; `drawnGraph` made the ids unique.
 */
export function elementsOf(graph: DrawnGraph, positions: ReadonlyMap<string, Point>): ElementDefinition[] {
  const elements = new Map<string, ElementDefinition>();
  for (const node of graph.nodes) {
    const position = positions.get(node.id);
    const id = `n:${node.id}`;
    if (position && !elements.has(id))
      elements.set(id, { group: 'nodes', data: { id, node: node.id }, position: { x: position.x, y: position.y } });
  }
  for (const edge of graph.edges) {
    const id = `e:${edge.id}`;
    const [source, target] = [`n:${edge.from}`, `n:${edge.to}`];
    if (!elements.has(id) && elements.has(source) && elements.has(target))
      elements.set(id, { group: 'edges', data: { id, source, target } });
  }
  return [...elements.values()];
}
