import { TECHNIQUE_IDS, type TechniqueId } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import type { Walker } from './walk.ts';

/**
 * All techniques on ways without a loop between two nodes that are shortest, or one hop longer; in the order of the registry. Every edge is
 * asked whether a way through it is short enough, so nothing is enumerated; linear. (With two hops more, a way could run in a circle.)
 */
export function techniquesBetween(
  graph: Graph,
  walker: Walker,
  { from, to }: { readonly from: number; readonly to: number },
): readonly TechniqueId[] {
  if (from === to) return [];
  const hops = (start: number, direction: 'forward' | 'reverse'): Int32Array => {
    const found = new Int32Array(graph.nodes.count).fill(-1);
    const walk = walker.glance([start], { direction });
    for (let place = 0; place < walk.count; place += 1) found[walk.order[place] as number] = walk.hops[place] as number;
    return found;
  };
  const before = hops(from, 'forward');
  const after = hops(to, 'reverse');
  const longest = (before[to] as number) + 1;
  if (longest === 0) return [];
  const codes = new Set<number>();
  const { offsets, walkedEnd, ends, edges } = graph.forward;
  for (let node = 0; node < graph.nodes.count; node += 1) {
    if ((before[node] as number) < 0 || (after[node] as number) < 0) continue;
    for (let place = offsets[node] as number; place < (walkedEnd[node] as number); place += 1) {
      const next = ends[place] as number;
      if (next === node || next === from || node === to || (after[next] as number) < 0) continue;
      if ((before[node] as number) + 1 + (after[next] as number) <= longest)
        codes.add(graph.edges.technique[edges[place] as number] as number);
    }
  }
  return TECHNIQUE_IDS.filter((_, code) => codes.has(code));
}
