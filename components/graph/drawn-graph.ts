import type { CanvasEdge, CanvasNode, GraphAnswer } from '../../lib/api/contract.ts';

/** What the canvas and the table draw: ids are unique and every edge has both its ends. */
export interface DrawnGraph {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
}

/**
 * The part of an answer that can be drawn: the first of two nodes or edges with one id, and only edges whose two ends are there.
 * A graph library loses a duplicate without a word and throws on a dangling edge (ADR: graph libraries and unlucky names), so
 * neither may come past here. The order of the answer is kept.
 */
export function drawnGraph(answer: Pick<GraphAnswer, 'nodes' | 'edges'>, hidden: ReadonlySet<string> = new Set()): DrawnGraph {
  const nodes = new Map<string, CanvasNode>();
  for (const node of answer.nodes) if (!nodes.has(node.id) && !hidden.has(node.id)) nodes.set(node.id, node);
  const edges = new Map<string, CanvasEdge>();
  for (const edge of answer.edges) {
    if (!edges.has(edge.id) && nodes.has(edge.from) && nodes.has(edge.to)) edges.set(edge.id, edge);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
