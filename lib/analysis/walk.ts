import { TECHNIQUE_IDS, type TechniqueClass } from '../graph/kinds.ts';
import type { Graph, Rows } from '../graph/model.ts';
import { techniques } from '../graph/techniques/index.ts';

/** Which edges a question walks. */
export interface WalkOptions {
  readonly direction?: 'forward' | 'reverse';
  /** How many hops at most; no limit where it is absent. */
  readonly depth?: number;
  /** Classes of technique to walk; all where it is absent. */
  readonly classes?: ReadonlySet<TechniqueClass>;
  readonly certainty?: 'certain' | 'all';
  /** Edges to leave out, by number, as if they were closed. */
  readonly without?: ReadonlySet<number>;
}

/**
 * What a breadth-first walk reached, nearest first: place i of each list is about `order[i]`. The starts come first with 0 hops
 * and no edge (-1). `sure` is 1 where certain edges alone lead there as well, by whatever way.
 */
export interface Walk {
  readonly count: number;
  readonly order: Int32Array;
  readonly hops: Int32Array;
  readonly via: Int32Array;
  readonly sure: Uint8Array;
}

type Filter = (edge: number) => boolean;

interface Plan {
  readonly rows: Rows;
  readonly depth: number;
  readonly certainOnly: boolean;
  readonly allowed: Filter | undefined;
  /** Collects nodes that turn out to be sure after they were reached. */
  readonly late: number[];
}

const CLASS_OF = TECHNIQUE_IDS.map((id) => techniques[id].class);

/** One place to keep the arrays of a walk, so that a thousand questions do not allocate a thousand times. */
export class Walker {
  readonly #graph: Graph;
  /** 0 not reached, 1 reached, 2 reached surely. */
  readonly #state: Uint8Array;
  readonly #queue: Int32Array;
  readonly #via: Int32Array;
  readonly #viaInOrder: Int32Array;
  readonly #hops: Int32Array;
  readonly #sure: Uint8Array;
  readonly #levels: number[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#state = new Uint8Array(graph.nodes.count);
    this.#queue = new Int32Array(graph.nodes.count);
    this.#via = new Int32Array(graph.nodes.count);
    this.#viaInOrder = new Int32Array(graph.nodes.count);
    this.#hops = new Int32Array(graph.nodes.count);
    this.#sure = new Uint8Array(graph.nodes.count);
  }

  /**
   * Breadth-first, so that a limit of depth never loses a node within it; linear in the edges that are walked. Edges of a row
   * come certain first, so of two ways of the same length the certain one is told.
   */
  walk(starts: readonly number[], options: WalkOptions = {}): Walk {
    const { count, order, hops, via, sure } = this.glance(starts, options);
    return { count, order: order.slice(), hops: hops.slice(), via: via.slice(), sure: sure.slice() };
  }

  /** The same without copying: good until the next walk of this walker. */
  glance(starts: readonly number[], options: WalkOptions = {}): Walk {
    const rows = options.direction === 'reverse' ? this.#graph.reverse : this.#graph.forward;
    const allowed = this.#filter(options);
    const late: number[] = [];
    const count = this.#breadthFirst(starts, {
      rows,
      depth: options.depth ?? Number.POSITIVE_INFINITY,
      certainOnly: options.certainty === 'certain',
      allowed,
      late,
    });
    this.#spreadCertainty(rows, late, allowed);
    return this.#take(count);
  }

  #filter({ classes, without }: WalkOptions): Filter | undefined {
    if (classes === undefined && without === undefined) return undefined;
    const { technique } = this.#graph.edges;
    return (edge) =>
      (classes === undefined || classes.has(CLASS_OF[technique[edge] as number] as TechniqueClass)) && without?.has(edge) !== true;
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the one hot loop; calls in it would cost more than the walk
  #breadthFirst(starts: readonly number[], how: Plan): number {
    const { offsets, certainEnd, walkedEnd, ends, edges } = how.rows;
    const { allowed } = how;
    const state = this.#state;
    const queue = this.#queue;
    const via = this.#via;
    const last = how.certainOnly ? certainEnd : walkedEnd;
    let tail = 0;
    for (const start of starts) {
      if (state[start] !== 0) continue;
      state[start] = 2;
      via[start] = -1;
      queue[tail++] = start;
    }
    this.#levels.length = 0;
    let head = 0;
    for (let hops = 0; hops < how.depth && head < tail; hops += 1) {
      const levelEnd = tail;
      this.#levels.push(levelEnd);
      for (; head < levelEnd; head += 1) {
        const node = queue[head] as number;
        const sure = state[node] === 2;
        const certain = certainEnd[node] as number;
        for (let place = offsets[node] as number, end = last[node] as number; place < end; place += 1) {
          const next = ends[place] as number;
          const known = state[next] as number;
          if (known === 2 || (known === 1 && !(sure && place < certain))) continue;
          if (allowed !== undefined && !allowed(edges[place] as number)) continue;
          state[next] = sure && place < certain ? 2 : 1;
          if (known === 1) {
            how.late.push(next);
            continue;
          }
          via[next] = edges[place] as number;
          queue[tail++] = next;
        }
      }
    }
    this.#levels.push(tail);
    return tail;
  }

  /** Nodes that were known to be reached before it was known that they surely are: what lies behind them is sure as well. */
  #spreadCertainty({ offsets, certainEnd, ends, edges }: Rows, late: number[], allowed: Filter | undefined): void {
    const state = this.#state;
    for (let node = late.pop(); node !== undefined; node = late.pop()) {
      for (let place = offsets[node] as number, end = certainEnd[node] as number; place < end; place += 1) {
        const next = ends[place] as number;
        if (state[next] !== 1 || (allowed !== undefined && !allowed(edges[place] as number))) continue;
        state[next] = 2;
        late.push(next);
      }
    }
  }

  #take(count: number): Walk {
    const queue = this.#queue;
    for (let place = 0, hops = 0; place < count; place += 1) {
      const node = queue[place] as number;
      while (place >= (this.#levels[hops] as number)) hops += 1;
      this.#hops[place] = hops;
      this.#viaInOrder[place] = this.#via[node] as number;
      this.#sure[place] = this.#state[node] === 2 ? 1 : 0;
      this.#state[node] = 0;
    }
    return {
      count,
      order: queue.subarray(0, count),
      hops: this.#hops.subarray(0, count),
      via: this.#viaInOrder.subarray(0, count),
      sure: this.#sure.subarray(0, count),
    };
  }
}
