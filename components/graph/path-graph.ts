import type { CanvasEdge, CanvasNode, EdgeDetail, PathsAnswer } from '../../lib/api/contract.ts';
import type { DrawnGraph } from './drawn-graph.ts';

/** All paths as one drawing, a column for every step from the start, and which edges belong to the chosen one. */
export interface PathGraph {
  readonly graph: DrawnGraph;
  readonly chosen: ReadonlySet<string>;
  readonly steps: number;
}

/** Draws the paths of an answer together. A node's column is its earliest step, so that the chosen path runs from left to right. */
export function pathGraph(answer: Pick<PathsAnswer, 'paths'>, chosen: number): PathGraph {
  const nodes = new Map<string, CanvasNode>();
  const edges = new Map<string, CanvasEdge>();
  const lit = new Set<string>();
  const order = [chosen, ...answer.paths.keys()];
  for (const index of order) {
    for (const [step, hop] of (answer.paths[index]?.hops ?? []).entries()) {
      place(nodes, hop.from, step);
      place(nodes, hop.to, step + 1);
      const id = pathEdgeId(hop);
      if (!edges.has(id)) edges.set(id, edgeOf(hop, id, index === chosen));
      if (index === chosen) lit.add(id);
    }
  }
  const columns = [...nodes.values()].map((node) => node.column);
  return {
    graph: { nodes: [...nodes.values()], edges: [...edges.values()] },
    chosen: lit,
    steps: columns.length === 0 ? 0 : Math.max(...columns) + 1,
  };
}

/** `Start`, `Step 1`, … for the columns of a path drawing. */
export function pathHeadings(steps: number): string[] {
  return Array.from({ length: steps }, (_, step) => (step === 0 ? 'Start' : `Step ${step}`));
}

/** The canvas edge of a hop. */
export function pathEdgeId(hop: Pick<EdgeDetail, 'from' | 'to' | 'technique'>): string {
  return JSON.stringify([hop.technique, hop.from.id, hop.to.id]);
}

function place(nodes: Map<string, CanvasNode>, node: EdgeDetail['from'], step: number): void {
  if (nodes.has(node.id)) return;
  nodes.set(node.id, {
    id: node.id,
    kind: node.kind,
    label: node.name,
    ...(node.namespace !== undefined && { namespace: node.namespace }),
    column: step,
    count: 1,
    hops: step,
  });
}

function edgeOf(hop: EdgeDetail, id: string, lit: boolean): CanvasEdge {
  return { id, from: hop.from.id, to: hop.to.id, techniques: [hop.technique], class: hop.class, certainty: hop.certainty, lit };
}
