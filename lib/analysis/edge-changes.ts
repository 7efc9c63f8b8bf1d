import type { Graph } from '../graph/model.ts';

/** Edges that one world has and another has not, by number in their own graph; only those that are walked. */
export interface EdgeChanges {
  readonly opened: readonly number[];
  readonly closed: readonly number[];
}

/** More nodes than this cannot be told apart in one number together with the technique. */
const TECHNIQUES = 256;

/** The number in the other graph of every node here; those that are not there get numbers behind its own. */
function renumbered(graph: Graph, other: Graph): Float64Array {
  let next = other.nodes.count;
  return Float64Array.from(graph.nodes.ids, (id) => other.nodes.indexOf(id) ?? next++);
}

/** Walked edges, and a number for each of them made of from, to and technique. */
interface Keyed {
  readonly keys: Float64Array;
  readonly edges: Int32Array;
}

function keysOf({ forward, edges }: Graph, numbers: Float64Array, span: number): Keyed {
  const keys = new Float64Array(edges.count);
  const found = new Int32Array(edges.count);
  let count = 0;
  for (let node = 0; node < forward.walkedEnd.length; node += 1) {
    for (let place = forward.offsets[node] as number; place < (forward.walkedEnd[node] as number); place += 1) {
      const edge = forward.edges[place] as number;
      const [from, to] = [numbers[edges.from[edge] as number] as number, numbers[edges.to[edge] as number] as number];
      keys[count] = (from * span + to) * TECHNIQUES + (edges.technique[edge] as number);
      found[count] = edge;
      count += 1;
    }
  }
  return { keys: keys.subarray(0, count), edges: found.subarray(0, count) };
}

function has(sorted: Float64Array, key: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === key;
}

/** Edges whose number the other world has not, each number once. */
function missing(one: Keyed, other: Keyed): number[] {
  const sorted = other.keys.toSorted();
  const told = new Set<number>();
  const found: number[] = [];
  for (const [place, key] of one.keys.entries()) {
    if (has(sorted, key) || told.has(key)) continue;
    told.add(key);
    found.push(one.edges[place] as number);
  }
  return found;
}

/** Walked edges that are new, and those that are gone, told by their ends and technique; in the order of their graph. */
export function edgeChanges(base: Graph, changed: Graph): EdgeChanges {
  const span = base.nodes.count + changed.nodes.count;
  const own = Float64Array.from(base.nodes.ids, (_, node) => node);
  const before = keysOf(base, own, span);
  const after = keysOf(changed, renumbered(changed, base), span);
  return { opened: missing(after, before), closed: missing(before, after) };
}
