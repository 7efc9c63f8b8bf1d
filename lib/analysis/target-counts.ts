import type { Graph } from '../graph/model.ts';

/** Strongly connected components: the component of each node, and the nodes ordered so that whatever a component reaches comes before it. */
export interface Components {
  readonly of: Int32Array;
  readonly order: Int32Array;
}

/** Tarjan's algorithm without recursion, over walked edges that are open. Source: Tarjan, "Depth-first search and linear graph algorithms", 1972. */
class ComponentSearch {
  readonly #graph: Graph;
  readonly #closed: Uint8Array;
  readonly #of: Int32Array;
  readonly #order: Int32Array;
  /** When each node was first seen, from 1; and the earliest such number that it leads back to. */
  readonly #seen: Int32Array;
  readonly #low: Int32Array;
  readonly #next: Int32Array;
  readonly #stack: Int32Array;
  readonly #path: Int32Array;
  #clock = 0;
  #stacked = 0;
  #ordered = 0;
  #components = 0;

  constructor(graph: Graph, closed: Uint8Array) {
    const { count } = graph.nodes;
    this.#graph = graph;
    this.#closed = closed;
    this.#of = new Int32Array(count).fill(-1);
    this.#order = new Int32Array(count);
    this.#seen = new Int32Array(count);
    this.#low = new Int32Array(count);
    this.#next = graph.forward.offsets.slice(0, count);
    this.#stack = new Int32Array(count);
    this.#path = new Int32Array(count);
  }

  run(): Components {
    for (let node = 0; node < this.#graph.nodes.count; node += 1) if (this.#seen[node] === 0) this.#from(node);
    return { of: this.#of, order: this.#order };
  }

  #enter(node: number): void {
    this.#clock += 1;
    this.#seen[node] = this.#clock;
    this.#low[node] = this.#clock;
    this.#stack[this.#stacked] = node;
    this.#stacked += 1;
  }

  #from(start: number): void {
    this.#enter(start);
    this.#path[0] = start;
    for (let depth = 0; depth >= 0; ) {
      const node = this.#path[depth] as number;
      const child = this.#step(node);
      if (child >= 0) {
        this.#enter(child);
        depth += 1;
        this.#path[depth] = child;
        continue;
      }
      if (this.#low[node] === this.#seen[node]) this.#close(node);
      depth -= 1;
      if (depth >= 0) this.#lower(this.#path[depth] as number, this.#low[node] as number);
    }
  }

  #lower(node: number, low: number): void {
    if (low < (this.#low[node] as number)) this.#low[node] = low;
  }

  /** The next node that was not seen, or -1 where all edges are done. */
  #step(node: number): number {
    const { walkedEnd, ends, edges } = this.#graph.forward;
    const end = walkedEnd[node] as number;
    for (let place = this.#next[node] as number; place < end; place += 1) {
      if (this.#closed[edges[place] as number] === 1) continue;
      const to = ends[place] as number;
      if (this.#seen[to] === 0) {
        this.#next[node] = place + 1;
        return to;
      }
      if ((this.#of[to] as number) < 0) this.#lower(node, this.#seen[to] as number);
    }
    this.#next[node] = end;
    return -1;
  }

  #close(root: number): void {
    for (;;) {
      this.#stacked -= 1;
      const node = this.#stack[this.#stacked] as number;
      this.#of[node] = this.#components;
      this.#order[this.#ordered] = node;
      this.#ordered += 1;
      if (node === root) break;
    }
    this.#components += 1;
  }
}

/** The strongly connected components of what is walked and not closed (1). Linear. */
export const components = (graph: Graph, closed: Uint8Array): Components => new ComponentSearch(graph, closed).run();

function bitsOf(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/**
 * How many of the targets each group of starts reaches over edges that are not closed (1); a target that is a start itself counts. The targets go by 32 at a time, each of which is one
 * pass over the edges, sinks first.
 */
export function targetCounts(
  graph: Graph,
  {
    groups,
    targets,
    closed,
  }: { readonly groups: readonly (readonly number[])[]; readonly targets: readonly number[]; readonly closed: Uint8Array },
): Int32Array {
  const { of, order } = components(graph, closed);
  const { offsets, walkedEnd, ends, edges } = graph.forward;
  const counts = new Int32Array(groups.length);
  const unique = [...new Set(targets)];
  for (let first = 0; first < unique.length; first += 32) {
    const bits = new Int32Array(graph.nodes.count);
    for (const [bit, target] of unique.slice(first, first + 32).entries()) {
      const component = of[target] as number;
      bits[component] = (bits[component] as number) | (1 << bit);
    }
    for (const node of order) {
      const component = of[node] as number;
      let word = bits[component] as number;
      for (let place = offsets[node] as number; place < (walkedEnd[node] as number); place += 1) {
        const next = bits[of[ends[place] as number] as number] as number;
        if ((next | word) !== word && closed[edges[place] as number] === 0) word |= next;
      }
      bits[component] = word;
    }
    for (const [place, starts] of groups.entries()) {
      let word = 0;
      for (const start of starts) word |= bits[of[start] as number] as number;
      counts[place] = (counts[place] as number) + bitsOf(word);
    }
  }
  return counts;
}
