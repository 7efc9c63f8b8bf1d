import type { CanvasEdge, CanvasNode } from '../../lib/api/contract.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import { styleOf } from './style.ts';

/**
 * Ids of the edges on one shortest way from the start to each target that an attacker is after: what the eye should follow in a
 * blast radius where nearly everything is lit. Certain edges first, then by id. Empty where nothing is lit.
 */
export function spineOf(graph: DrawnGraph): ReadonlySet<string> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const before = arrivals(graph, nodes);
  const spine = new Set<string>();
  for (const node of graph.nodes) {
    if (!styleOf(node.kind).crown || node.hops === undefined) continue;
    let edge = before.get(node.id);
    while (edge && !spine.has(edge.id)) {
      spine.add(edge.id);
      edge = before.get(edge.from);
    }
  }
  return spine;
}

/** For every node the best lit edge from a node one hop nearer to the start. */
function arrivals(graph: DrawnGraph, nodes: ReadonlyMap<string, CanvasNode>): ReadonlyMap<string, CanvasEdge> {
  const best = new Map<string, CanvasEdge>();
  for (const edge of graph.edges) {
    const [near, far] = [nodes.get(edge.from)?.hops, nodes.get(edge.to)?.hops];
    if (edge.lit !== true || near === undefined || far !== near + 1) continue;
    const known = best.get(edge.to);
    if (!known || isBetter(edge, known)) best.set(edge.to, edge);
  }
  return best;
}

function isBetter(edge: CanvasEdge, other: CanvasEdge): boolean {
  const sure = Number(isSure(edge)) - Number(isSure(other));
  return sure > 0 || (sure === 0 && edge.id < other.id);
}

const isSure = ({ certainty }: CanvasEdge): boolean => certainty === 'certain' || certainty === 'wired';
