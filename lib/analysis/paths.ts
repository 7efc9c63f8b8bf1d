import type { Graph } from '../graph/model.ts';
import { Heap } from './heap.ts';
import type { Walker } from './walk.ts';

/** A way from one node to another: edges in order, and how many of them are not certain. */
export interface Path {
  readonly edges: readonly number[];
  readonly conditional: number;
}

interface Partial {
  readonly node: number;
  /** Hops so far and, behind the point, conditional ones: shorter always wins, then surer. */
  readonly cost: number;
  readonly edge: number;
  readonly before: Partial | undefined;
}

const CONDITIONAL_COST = 0.001;

/** How much work a question for paths may take before what was found so far is the answer. */
const MAX_EXPANDED = 400_000;

function passes(partial: Partial | undefined, node: number): boolean {
  for (let at = partial; at !== undefined; at = at.before) if (at.node === node) return true;
  return false;
}

function edgesOf(partial: Partial): number[] {
  const edges: number[] = [];
  for (let at: Partial | undefined = partial; at?.before !== undefined; at = at.before) edges.push(at.edge);
  return edges.reverse();
}

/** Hops from every node to the target, or -1: what the search may expect at best, and which nodes it need not look at. */
function distancesTo(walker: Walker, target: number, nodeCount: number): Int32Array {
  const distance = new Int32Array(nodeCount).fill(-1);
  const walk = walker.walk([target], { direction: 'reverse' });
  for (let place = 0; place < walk.count; place += 1) distance[walk.order[place] as number] = walk.hops[place] as number;
  return distance;
}

/**
 * The k shortest ways without a loop, shortest first; of the same length, the surer first. Between two nodes only the surest
 * edge counts, so that two ways differ in a node. A* over partial paths with exact remaining distances; gives what it has
 * found when it has looked at MAX_EXPANDED edges.
 */
export function shortestPaths(
  graph: Graph,
  walker: Walker,
  question: { readonly from: number; readonly to: number; readonly k: number },
): readonly Path[] {
  const { from, to, k } = question;
  if (from === to) return [];
  const distance = distancesTo(walker, to, graph.nodes.count);
  if (distance[from] === -1) return [];
  const { offsets, certainEnd, walkedEnd, ends, edges } = graph.forward;
  const open = new Heap<Partial>();
  open.push({ node: from, cost: 0, edge: -1, before: undefined }, distance[from] as number);
  const found: Path[] = [];
  let expanded = 0;
  for (let partial = open.pop(); partial !== undefined && expanded < MAX_EXPANDED; partial = open.pop()) {
    const { node } = partial;
    if (node === to) {
      const way = edgesOf(partial);
      found.push({ edges: way, conditional: Math.round((partial.cost - way.length) / CONDITIONAL_COST) });
      if (found.length === k) break;
      continue;
    }
    const certain = certainEnd[node] as number;
    const seen = new Set<number>();
    for (let place = offsets[node] as number; place < (walkedEnd[node] as number); place += 1) {
      const next = ends[place] as number;
      expanded += 1;
      if ((distance[next] as number) < 0 || seen.has(next) || passes(partial, next)) continue;
      seen.add(next);
      const cost = partial.cost + 1 + (place < certain ? 0 : CONDITIONAL_COST);
      open.push({ node: next, cost, edge: edges[place] as number, before: partial }, cost + (distance[next] as number));
    }
  }
  return found;
}
