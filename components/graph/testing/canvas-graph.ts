import type { CanvasEdge, CanvasNode } from '../../../lib/api/contract.ts';
import type { DrawnGraph } from '../drawn-graph.ts';

/** A card for tests: a service account unless told otherwise. */
export function canvasNode(id: string, column: number, more: Partial<CanvasNode> = {}): CanvasNode {
  return { id, kind: 'service-account', label: id, column, count: 1, ...more };
}

/** An edge for tests: its id is its two ends. */
export function canvasEdge(from: string, to: string, more: Partial<CanvasEdge> = {}): CanvasEdge {
  return { id: `${from}>${to}`, from, to, techniques: ['holds-token'], class: 'token', certainty: 'certain', ...more };
}

/** A graph of nine columns and six namespaces with 1.5 edges a node; the same seed gives the same graph. */
export function randomGraph(size: number, seed: number): DrawnGraph {
  const next = generator(seed);
  const nodes = Array.from({ length: size }, (_, index) =>
    canvasNode(`n${index}`, Math.floor(next() * 9), { namespace: `ns-${Math.floor(next() * 6)}` }),
  );
  const edges = new Map<string, CanvasEdge>();
  for (let index = 0; index < size * 1.5; index++) {
    const edge = canvasEdge(`n${Math.floor(next() * size)}`, `n${Math.floor(next() * size)}`, { lit: next() < 0.2 });
    edges.set(edge.id, edge);
  }
  return { nodes, edges: [...edges.values()] };
}

/** Mulberry32: small, and good enough to scatter cards. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
