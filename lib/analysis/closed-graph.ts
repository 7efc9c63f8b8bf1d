import type { Graph, Rows } from '../graph/model.ts';
import { rowsOf } from '../graph/table-builder.ts';

/** The part of a row that each edge stands in: 0 certain, 1 conditional, 2 not walked. */
function strengthsOf({ forward, edges }: Graph): Uint8Array {
  const strength = new Uint8Array(edges.count);
  for (let node = 0; node < forward.certainEnd.length; node += 1) {
    for (let place = forward.certainEnd[node] as number; place < (forward.offsets[node + 1] as number); place += 1)
      strength[forward.edges[place] as number] = place < (forward.walkedEnd[node] as number) ? 1 : 2;
  }
  return strength;
}

/** The graph in which nobody walks some edges any more: they are there and explained, and count as closed. */
export function withClosed(graph: Graph, closed: ReadonlySet<number>): Graph {
  if (closed.size === 0) return graph;
  const strength = strengthsOf(graph);
  for (const edge of closed) strength[edge] = 2;
  const { edges, nodes } = graph;
  return { ...graph, forward: rowsOf(edges, nodes.count, 'from', strength), reverse: rowsOf(edges, nodes.count, 'to', strength) };
}

const onlyCertain = (rows: Rows): Rows => ({ ...rows, walkedEnd: rows.certainEnd });

/** The graph in which only certain edges are walked. */
export const certainPart = (graph: Graph): Graph => ({
  ...graph,
  forward: onlyCertain(graph.forward),
  reverse: onlyCertain(graph.reverse),
});
