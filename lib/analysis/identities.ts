import type { Graph } from '../graph/model.ts';
import { type Summary, summarise } from './summary.ts';
import type { Walker } from './walk.ts';

/** Calls back with the summary of every service account's reach, in the order of the graph. */
export function summariseIdentities(graph: Graph, walker: Walker, visit: (node: number, summary: Summary) => void): void {
  for (let node = 0; node < graph.nodes.count; node += 1) {
    if (graph.nodes.kinds[node] === 'service-account') visit(node, summarise(graph, walker.glance([node])));
  }
}
