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

/** Among partial ways that promise the same, the one nearest to the target goes first: else every tie is followed before any arrives. */
const NEARER_FIRST = 1e-7;

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

/**
 * The cost of the best way from every node to the target, or -1: what the search may expect, and which nodes it need not look at. A
 * reverse walk gives nodes nearest first, so each one's next hops are known before it: the best way goes one hop nearer, and the
 * fewest conditional edges of those count.
 */
function costsTo(graph: Graph, walker: Walker, target: number): Float64Array {
  const { offsets, certainEnd, walkedEnd, ends } = graph.forward;
  const cost = new Float64Array(graph.nodes.count).fill(-1);
  const hops = new Int32Array(graph.nodes.count).fill(-1);
  const walk = walker.walk([target], { direction: 'reverse' });
  for (let place = 0; place < walk.count; place += 1) {
    const node = walk.order[place] as number;
    const here = walk.hops[place] as number;
    hops[node] = here;
    let best = here === 0 ? 0 : Number.POSITIVE_INFINITY;
    for (let at = offsets[node] as number; here > 0 && at < (walkedEnd[node] as number); at += 1) {
      const next = ends[at] as number;
      if (hops[next] === here - 1)
        best = Math.min(best, (cost[next] as number) + 1 + (at < (certainEnd[node] as number) ? 0 : CONDITIONAL_COST));
    }
    cost[node] = best;
  }
  return cost;
}

/**
 * The k shortest ways without a loop, shortest first; of the same length, the surer first. Between two nodes only the surest
 * edge counts, so that two ways differ in a node. A* over partial paths with exact remaining costs; gives what it has
 * found when it has looked at MAX_EXPANDED edges.
 */
export function shortestPaths(
  graph: Graph,
  walker: Walker,
  question: { readonly from: number; readonly to: number; readonly k: number },
): readonly Path[] {
  const { from, to, k } = question;
  if (from === to) return [];
  const remaining = costsTo(graph, walker, to);
  if (remaining[from] === -1) return [];
  const { offsets, certainEnd, walkedEnd, ends, edges } = graph.forward;
  const open = new Heap<Partial>();
  open.push({ node: from, cost: 0, edge: -1, before: undefined }, remaining[from] as number);
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
      if ((remaining[next] as number) < 0 || seen.has(next) || passes(partial, next)) continue;
      seen.add(next);
      const cost = partial.cost + 1 + (place < certain ? 0 : CONDITIONAL_COST);
      const rank = cost + (remaining[next] as number) * (1 + NEARER_FIRST);
      open.push({ node: next, cost, edge: edges[place] as number, before: partial }, rank);
    }
  }
  return found;
}
