import { buildGraph } from '../../graph/build.ts';
import type { Inventory } from '../../inventory/inventory.ts';

/** Every node and every edge with its evidence, one a line, in one order: two inventories that give the same lines say the same. */
export function graphText(inventory: Inventory): readonly string[] {
  const { nodes, edges, explain } = buildGraph(inventory);
  const lines = nodes.ids.map((id) => `node ${id}`);
  for (let edge = 0; edge < edges.count; edge += 1) {
    const [from, to] = [nodes.ids[edges.from[edge] as number], nodes.ids[edges.to[edge] as number]];
    lines.push(`edge ${from} ${edges.technique[edge]} ${edges.certainty[edge]} ${to} ${JSON.stringify(explain(edge))}`);
  }
  return lines.sort();
}
