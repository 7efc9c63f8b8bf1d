import type { Graph } from '../graph/model.ts';
import type { ClosingIndex } from './closing-index.ts';
import type { Walker } from './walk.ts';

/** From where to where, and over which edges. */
export interface WayQuestion {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly certainty?: 'certain' | 'all' | undefined;
}

/** Finds ways that stay open when changes are made: a breadth-first walk that looks only at nodes from which a target can be reached at all. */
export class OpenWay {
  readonly #graph: Graph;
  readonly #last: Int32Array;
  readonly #formulaOf: Int32Array;
  readonly #from: readonly number[];
  /** 0: no way to a target from here, 1: there is one, 2: a target. */
  readonly #use: Uint8Array;
  readonly #mark: Int32Array;
  readonly #via: Int32Array;
  readonly #queue: Int32Array;
  #walk = 0;

  constructor(graph: Graph, { formulaOf }: ClosingIndex, question: WayQuestion & { readonly walker: Walker }) {
    const { count } = graph.nodes;
    this.#graph = graph;
    this.#formulaOf = formulaOf;
    this.#last = question.certainty === 'certain' ? graph.forward.certainEnd : graph.forward.walkedEnd;
    this.#from = question.from;
    this.#use = new Uint8Array(count);
    this.#mark = new Int32Array(count);
    this.#via = new Int32Array(count);
    this.#queue = new Int32Array(count);
    const { certainty = 'all', walker } = question;
    const back = walker.glance(question.to, { direction: 'reverse', certainty });
    for (let place = 0; place < back.count; place += 1) this.#use[back.order[place] as number] = back.hops[place] === 0 ? 2 : 1;
  }

  /** Whether a node lies before a target. */
  leads(node: number): boolean {
    return this.#use[node] !== 0;
  }

  /** Edges of a shortest way over edges whose formula is not met, or undefined where every way is closed. */
  find(met: Uint8Array): readonly number[] | undefined {
    const { offsets, ends, edges } = this.#graph.forward;
    const queue = this.#queue;
    let tail = this.#begin();
    for (let head = 0; head < tail; head += 1) {
      const node = queue[head] as number;
      for (let place = offsets[node] as number, end = this.#last[node] as number; place < end; place += 1) {
        const next = ends[place] as number;
        if (this.#use[next] === 0 || this.#mark[next] === this.#walk) continue;
        const edge = edges[place] as number;
        const formula = this.#formulaOf[edge] as number;
        if (formula >= 0 && met[formula] === 1) continue;
        this.#mark[next] = this.#walk;
        this.#via[next] = edge;
        if (this.#use[next] === 2) return this.#wayTo(next);
        queue[tail] = next;
        tail += 1;
      }
    }
    return undefined;
  }

  #begin(): number {
    this.#walk += 1;
    let tail = 0;
    for (const start of this.#from) {
      if (this.#use[start] === 0 || this.#mark[start] === this.#walk) continue;
      this.#mark[start] = this.#walk;
      this.#via[start] = -1;
      this.#queue[tail] = start;
      tail += 1;
    }
    return tail;
  }

  #wayTo(target: number): readonly number[] {
    const way: number[] = [];
    for (let edge = this.#via[target] as number; edge >= 0; edge = this.#via[this.#graph.edges.from[edge] as number] as number)
      way.push(edge);
    return way.reverse();
  }
}
