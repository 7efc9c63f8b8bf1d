import type { Graph } from '../graph/model.ts';
import type { Walker } from './walk.ts';

/** A shortest way from any of the starts to a target, as edges in order; undefined: there is none. With `certainty: 'certain'` over certain edges alone. */
export function wayFrom(
  graph: Graph,
  walker: Walker,
  { from, to, certainty }: { readonly from: readonly number[]; readonly to: number; readonly certainty: 'certain' | 'all' },
): readonly number[] | undefined {
  const walk = walker.glance(from, { certainty });
  const via = new Map<number, number>();
  for (let place = 0; place < walk.count; place += 1) via.set(walk.order[place] as number, walk.via[place] as number);
  if (!via.has(to)) return undefined;
  const way: number[] = [];
  for (let edge = via.get(to) ?? -1; edge >= 0; edge = via.get(graph.edges.from[edge] as number) ?? -1) way.push(edge);
  return way.reverse();
}
