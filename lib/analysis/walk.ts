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
  /** Nodes (1) that are not gone to: what leads there is known. */
  readonly beside?: Uint8Array;
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
  /** Where each row ends for this walk. */
  readonly last: Int32Array;
  readonly allowed: Filter | undefined;
  /** Collects nodes that turn out to be sure after they were reached. */
  readonly late: number[];
  /** How many nodes are reached and not known to be sure. */
  unsure: number;
}

const CLASS_OF = TECHNIQUE_IDS.map((id) => techniques[id].class);

/** One place to keep the arrays of a walk, so that a thousand questions do not allocate a thousand times. */
export class Walker {
  readonly #graph: Graph;
  /** `base + place` of a node that this walk has reached; anything below `base` is left over from earlier walks. */
  readonly #mark: Int32Array;
  readonly #order: Int32Array;
  readonly #hops: Int32Array;
  readonly #via: Int32Array;
  readonly #sure: Uint8Array;
  #base = 1;
  /** How many nodes the last walk reached. */
  #last = 0;

  constructor(graph: Graph) {
    const { count } = graph.nodes;
    this.#graph = graph;
    this.#mark = new Int32Array(count);
    this.#order = new Int32Array(count);
    this.#hops = new Int32Array(count);
    this.#via = new Int32Array(count);
    this.#sure = new Uint8Array(count).fill(1);
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
    const plan: Plan = {
      rows,
      depth: options.depth ?? Number.POSITIVE_INFINITY,
      last: options.certainty === 'certain' ? rows.certainEnd : rows.walkedEnd,
      allowed: this.#filter(options),
      late: [],
      unsure: 0,
    };
    const count = this.#breadthFirst(this.#begin(starts), plan);
    this.#spreadCertainty(plan);
    this.#forget();
    return {
      count,
      order: this.#order.subarray(0, count),
      hops: this.#hops.subarray(0, count),
      via: this.#via.subarray(0, count),
      sure: this.#sure.subarray(0, count),
    };
  }

  /** Makes every mark old; once in many thousand walks the numbers run out and all marks are wiped. */
  #forget(): void {
    const { count } = this.#graph.nodes;
    this.#base += count;
    if (this.#base < 2 ** 31 - 2 * count) return;
    this.#mark.fill(0);
    this.#base = 1;
  }

  #filter({ classes, without, beside, direction }: WalkOptions): Filter | undefined {
    if (classes === undefined && without === undefined && beside === undefined) return undefined;
    const { technique, from, to } = this.#graph.edges;
    const ends = direction === 'reverse' ? from : to;
    return (edge) =>
      (classes === undefined || classes.has(CLASS_OF[technique[edge] as number] as TechniqueClass)) &&
      without?.has(edge) !== true &&
      beside?.[ends[edge] as number] !== 1;
  }

  #begin(starts: readonly number[]): number {
    // Hardly anything is unsure, so that is what is written; the last walk's marks of it are wiped here.
    this.#sure.fill(1, 0, this.#last);
    let tail = 0;
    for (const start of starts) {
      if ((this.#mark[start] as number) >= this.#base) continue;
      this.#mark[start] = this.#base + tail;
      this.#order[tail] = start;
      this.#via[tail] = -1;
      tail += 1;
    }
    this.#hops.fill(0, 0, tail);
    return tail;
  }

  /** Level by level: the hops of a whole level are filled in at once. */
  #breadthFirst(begun: number, plan: Plan): number {
    let head = 0;
    let tail = begun;
    for (let hops = 1; hops <= plan.depth && head < tail; hops += 1) {
      const levelEnd = tail;
      tail = this.#expand(head, levelEnd, plan);
      this.#hops.fill(hops, levelEnd, tail);
      head = levelEnd;
    }
    this.#last = tail;
    return tail;
  }

  #expand(from: number, to: number, plan: Plan): number {
    const { last, allowed } = plan;
    const { offsets, certainEnd, ends, edges } = plan.rows;
    const mark = this.#mark;
    const order = this.#order;
    const sure = this.#sure;
    const via = this.#via;
    const base = this.#base;
    let tail = to;
    let { unsure } = plan;
    for (let head = from; head < to; head += 1) {
      const node = order[head] as number;
      const certain = sure[head] === 1 ? (certainEnd[node] as number) : -1;
      for (let place = offsets[node] as number, end = last[node] as number; place < end; place += 1) {
        const next = ends[place] as number;
        const known = (mark[next] as number) - base;
        if (known >= 0 && (unsure === 0 || place >= certain || sure[known] === 1)) continue;
        if (allowed !== undefined && !allowed(edges[place] as number)) continue;
        if (known >= 0) {
          sure[known] = 1;
          unsure -= 1;
          plan.late.push(next);
          continue;
        }
        mark[next] = base + tail;
        order[tail] = next;
        via[tail] = edges[place] as number;
        if (place >= certain) {
          sure[tail] = 0;
          unsure += 1;
        }
        tail += 1;
      }
    }
    plan.unsure = unsure;
    return tail;
  }

  /** Nodes that were known to be reached before it was known that they surely are: what lies behind them is sure as well. */
  #spreadCertainty({ rows, allowed, late }: Plan): void {
    const { offsets, certainEnd, ends, edges } = rows;
    for (let node = late.pop(); node !== undefined; node = late.pop()) {
      for (let place = offsets[node] as number, end = certainEnd[node] as number; place < end; place += 1) {
        const next = ends[place] as number;
        const known = (this.#mark[next] as number) - this.#base;
        if (known < 0 || this.#sure[known] === 1 || (allowed !== undefined && !allowed(edges[place] as number))) continue;
        this.#sure[known] = 1;
        late.push(next);
      }
    }
  }
}
