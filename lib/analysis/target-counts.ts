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

/** What is asked of many groups of starts at once. A target of -1 is nowhere. */
export interface TargetQuestion {
  readonly groups: readonly (readonly number[])[];
  readonly targets: readonly number[];
  /** 1: the edge is closed. */
  readonly closed: Uint8Array;
}

/**
 * Which of the targets each group of starts reaches over edges that are not closed; a target that is a start itself counts. The targets go by 32
 * at a time, each of which is one pass over the edges, sinks first: `visit` gets the place of the first of them, and a word for each group whose
 * bit n stands for the target n places after it. The words are good until it returns.
 */
export function eachTargetWord(graph: Graph, question: TargetQuestion, visit: (first: number, words: Int32Array) => void): void {
  const { groups, targets, closed } = question;
  const found = components(graph, closed);
  const words = new Int32Array(groups.length);
  for (let first = 0; first < targets.length; first += 32) {
    const bits = new Int32Array(graph.nodes.count);
    for (const [bit, target] of targets.slice(first, first + 32).entries()) {
      const component = target < 0 ? -1 : (found.of[target] as number);
      if (component >= 0) bits[component] = (bits[component] as number) | (1 << bit);
    }
    spread(graph, { ...found, closed }, bits);
    for (const [place, starts] of groups.entries())
      words[place] = starts.reduce((word, start) => word | (bits[found.of[start] as number] as number), 0);
    visit(first, words);
  }
}

/** Gives every component the bits of what it leads to; what a component reaches comes before it in the order. */
function spread(graph: Graph, { of, order, closed }: Components & { readonly closed: Uint8Array }, bits: Int32Array): void {
  const { offsets, walkedEnd, ends, edges } = graph.forward;
  for (const node of order) {
    const component = of[node] as number;
    let word = bits[component] as number;
    for (let place = offsets[node] as number; place < (walkedEnd[node] as number); place += 1) {
      const next = bits[of[ends[place] as number] as number] as number;
      if ((next | word) !== word && closed[edges[place] as number] === 0) word |= next;
    }
    bits[component] = word;
  }
}

/** How many of the targets each group reaches: see `eachTargetWord`. */
export function targetCounts(graph: Graph, { groups, targets, closed }: TargetQuestion): Int32Array {
  const counts = new Int32Array(groups.length);
  eachTargetWord(graph, { groups, targets: [...new Set(targets)], closed }, (_first, words) => {
    for (const [place, word] of words.entries()) counts[place] = (counts[place] as number) + bitsOf(word);
  });
  return counts;
}
