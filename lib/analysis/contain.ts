import type { Graph } from '../graph/model.ts';
import { type ClosingIndex, closingIndex, MadeChanges } from './closing-index.ts';
import { type Cut, cuts } from './cuts.ts';
import type { WayQuestion } from './open-way.ts';
import { type Summary, summarise } from './summary.ts';
import type { Walker } from './walk.ts';

/** What keeps sources from as many targets as changes can, and what stays. */
export interface Containment {
  /** Targets, the sources themselves left out, and how many of them the sources reach as things are. */
  readonly targets: number;
  readonly reached: number;
  /** Targets that no change keeps apart, with a way none of whose edges any change closes. */
  readonly inseparable: readonly { readonly target: number; readonly way: readonly number[] }[];
  /** What cuts the others. */
  readonly cut: Extract<Cut, { separable: true }>;
  /** What the sources reach once the changes are made. */
  readonly remains: Summary;
}

/** The edge by which each node is first reached over edges that nothing closes; -1 for the sources, absent where it is not. */
function reachedForGood(graph: Graph, { formulaOf }: ClosingIndex, { from, certainty }: WayQuestion): ReadonlyMap<number, number> {
  const { offsets, ends, edges } = graph.forward;
  const last = certainty === 'certain' ? graph.forward.certainEnd : graph.forward.walkedEnd;
  const via = new Map<number, number>(from.map((start) => [start, -1]));
  // A map can be walked while it grows: what is added comes later.
  for (const node of via.keys()) {
    for (let place = offsets[node] as number; place < (last[node] as number); place += 1) {
      const [next, edge] = [ends[place] as number, edges[place] as number];
      if ((formulaOf[edge] as number) < 0 && !via.has(next)) via.set(next, edge);
    }
  }
  return via;
}

function wayBack(graph: Graph, via: ReadonlyMap<number, number>, target: number): readonly number[] {
  const way: number[] = [];
  for (let edge = via.get(target) ?? -1; edge >= 0; edge = via.get(graph.edges.from[edge] as number) ?? -1) way.push(edge);
  return way.reverse();
}

/**
 * The smallest set of changes that keeps the sources from every target that can be kept from them at all: where `cuts` says that one target cannot
 * be separated and stops, this cuts the others and says which stay. Sources are no targets.
 */
export function contain(graph: Graph, walker: Walker, question: WayQuestion): Containment {
  const { from, certainty = 'all' } = question;
  const index = closingIndex(graph);
  const sources = new Set(from);
  const targets = [...new Set(question.to)].filter((target) => !sources.has(target));
  const isReached = new Uint8Array(graph.nodes.count);
  for (const node of walker.glance(from, { certainty }).order) isReached[node] = 1;
  const reached = targets.filter((target) => isReached[target] === 1);
  const via = reachedForGood(graph, index, question);
  const cut = cuts(graph, walker, { ...question, to: reached.filter((target) => !via.has(target)) });
  if (!cut.separable) throw new Error('a way that nothing closes was overlooked');
  const places = new Map(index.changes.map((key, place) => [key, place]));
  const made = new MadeChanges(
    index,
    cut.changes.flatMap(({ change }) => places.get(change) ?? []),
  );
  return {
    targets: targets.length,
    reached: reached.length,
    inseparable: reached.filter((target) => via.has(target)).map((target) => ({ target, way: wayBack(graph, via, target) })),
    cut,
    remains: summarise(graph, walker.glance(from, { certainty, without: made.closed() })),
  };
}
