import type { Graph, Rows } from '../graph/model.ts';
import { certaintyAt } from '../graph/read.ts';
import { difficultyOf } from './difficulty.ts';
import { Heap } from './heap.ts';
import type { Path } from './paths.ts';

/** A way with how hard it is: the sum of its hops. */
export interface EasyPath extends Path {
  readonly difficulty: number;
}

/** How much harder an edge counts each time that a way with it was found: alternatives then look elsewhere. */
const PENALTY = 2;

/** Tries without a new way, beyond those that were asked for, before what was found is the answer. */
const TRIES = 12;

/** A way differs where one of the two has more than one hop that the other has not. */
function isAnother(way: readonly number[], known: readonly number[]): boolean {
  const only = (one: readonly number[], other: readonly number[]): number => {
    const has = new Set(other);
    return one.filter((edge) => !has.has(edge)).length;
  };
  return Math.max(only(way, known), only(known, way)) > 1;
}

interface Search {
  readonly start: number;
  readonly target: number;
  readonly rows: Rows;
  readonly weight: (edge: number) => number;
  /** What is left from a node at least; infinite where the target is out of reach. */
  readonly remaining: (node: number) => number;
}

/** Dijkstra's algorithm, or A* where it is known what remains: distances from the start, and the edge by which each node is reached. */
function search(
  graph: Graph,
  { start, target, rows, weight, remaining }: Search,
): { readonly distance: Float64Array; readonly via: Int32Array } {
  const distance = new Float64Array(graph.nodes.count).fill(Number.POSITIVE_INFINITY);
  const via = new Int32Array(graph.nodes.count).fill(-1);
  const done = new Uint8Array(graph.nodes.count);
  const open = new Heap<number>();
  distance[start] = 0;
  open.push(start, remaining(start));
  for (let node = open.pop(); node !== undefined && node !== target; node = open.pop()) {
    if (done[node] === 1) continue;
    done[node] = 1;
    for (let place = rows.offsets[node] as number; place < (rows.walkedEnd[node] as number); place += 1) {
      const next = rows.ends[place] as number;
      const rest = remaining(next);
      if (rest === Number.POSITIVE_INFINITY || done[next] === 1) continue;
      const edge = rows.edges[place] as number;
      const way = (distance[node] as number) + weight(edge);
      if (way >= (distance[next] as number)) continue;
      distance[next] = way;
      via[next] = edge;
      open.push(next, way + rest);
    }
  }
  return { distance, via };
}

function wayTo(graph: Graph, via: Int32Array, target: number): number[] {
  const way: number[] = [];
  for (let edge = via[target] as number; edge >= 0; edge = via[graph.edges.from[edge] as number] as number) way.push(edge);
  return way.reverse();
}

/**
 * Up to k ways that differ in more than one hop, easiest first. The first is the easiest of all; the others are found by making the edges of known ways
 * harder, again and again (the penalty method: Chen, Bell and Bogenberger, "Reliable pre-trip multipath planning", 2007), so that they are
 * good ones and not always the next best.
 */
export function easiestPaths(
  graph: Graph,
  { from, to, k }: { readonly from: number; readonly to: number; readonly k: number },
): readonly EasyPath[] {
  if (from === to) return [];
  const plain = (edge: number): number => difficultyOf(graph, edge);
  const back = search(graph, { start: to, target: -1, rows: graph.reverse, weight: plain, remaining: () => 0 }).distance;
  if (back[from] === Number.POSITIVE_INFINITY) return [];
  const penalties = new Map<number, number>();
  const found: number[][] = [];
  for (let tries = k + TRIES; tries > 0 && found.length < k; tries -= 1) {
    const { via } = search(graph, {
      start: from,
      target: to,
      rows: graph.forward,
      weight: (edge) => plain(edge) * (penalties.get(edge) ?? 1),
      remaining: (node) => back[node] as number,
    });
    const way = wayTo(graph, via, to);
    if (found.every((known) => isAnother(way, known))) found.push(way);
    for (const edge of way) penalties.set(edge, (penalties.get(edge) ?? 1) * PENALTY);
  }
  return found
    .map((edges): EasyPath => {
      const unsure = edges.filter((edge) => !['certain', 'wired'].includes(certaintyAt(graph, edge)));
      return { edges, conditional: unsure.length, difficulty: edges.reduce((sum, edge) => sum + plain(edge), 0) };
    })
    .sort((a, b) => a.difficulty - b.difficulty);
}
