import type { DrawnGraph } from './drawn-graph.ts';

/** A drawing with numbers for names: nodes are 0, 1, 2… in the order of namespace, label and id, whatever order they came in. */
export interface Slots {
  readonly ids: readonly string[];
  /** Column of the API, by node. */
  readonly column: Int32Array;
  /** Number of the namespace, in the order of names; by node. */
  readonly group: Int32Array;
  readonly groups: number;
  /** Neighbours in other columns: those of node `n` are at `start[n]` to `start[n + 1]`. */
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
  readonly weight: Float64Array;
}

/** A lit edge pulls its ends onto one line; the others only keep the order tidy. */
const LIT_WEIGHT = 6;

/** Interns a drawing. Edges within one column, to themselves or to what is not there have no say in the layout. */
export function slotsOf(graph: DrawnGraph): Slots {
  const nodes = [...graph.nodes].sort(
    (a, b) => compare(a.namespace ?? '', b.namespace ?? '') || compare(a.label, b.label) || compare(a.id, b.id),
  );
  const group = new Int32Array(nodes.length);
  let groups = 0;
  for (const [index, node] of nodes.entries()) {
    if (index > 0 && node.namespace !== nodes[index - 1]?.namespace) groups++;
    group[index] = groups;
  }
  const column = Int32Array.from(nodes, (node) => node.column);
  const ids = nodes.map((node) => node.id);
  return { ids, column, group, groups: groups + 1, ...adjacency(graph, ids, column) };
}

function adjacency(graph: DrawnGraph, ids: readonly string[], column: Int32Array): Pick<Slots, 'start' | 'neighbour' | 'weight'> {
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const pairs: (readonly [from: number, to: number, weight: number])[] = [];
  const start = new Int32Array(ids.length + 1);
  for (const edge of graph.edges) {
    const from = indexOf.get(edge.from);
    const to = indexOf.get(edge.to);
    if (from === undefined || to === undefined || column[from] === column[to]) continue;
    pairs.push([from, to, edge.lit === true ? LIT_WEIGHT : 1]);
    count(start, from);
    count(start, to);
  }
  // The same sums in any order of the input: floating point addition is not associative.
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  for (let node = 0; node < ids.length; node++) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice();
  const neighbour = new Int32Array(pairs.length * 2);
  const weight = new Float64Array(pairs.length * 2);
  const add = (node: number, other: number, pull: number): void => {
    const at = next[node] ?? 0;
    neighbour[at] = other;
    weight[at] = pull;
    next[node] = at + 1;
  };
  for (const [from, to, pull] of pairs) {
    add(from, to, pull);
    add(to, from, pull);
  }
  return { start, neighbour, weight };
}

function count(start: Int32Array, node: number): void {
  start[node + 1] = (start[node + 1] ?? 0) + 1;
}

/** By code unit, not by locale: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
