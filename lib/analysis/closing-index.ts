import { type Closing, NEVER } from '../graph/closing.ts';
import type { Graph } from '../graph/model.ts';

/** A closing in numbers: a change, or any or all of several. */
export type Formula = number | { readonly any: readonly Formula[] } | { readonly all: readonly Formula[] };

/** What closes which walked edge, in numbers: most edges share their formula with others. */
export interface ClosingIndex {
  /** Keys of changes, by number. */
  readonly changes: readonly string[];
  readonly formulas: readonly Formula[];
  /** Number of the formula that closes each edge; -1 where nothing does, or nobody walks the edge. */
  readonly formulaOf: Int32Array;
  /** How far behind each change comes where a closing lists it beside others: techniques name the plainest change first. */
  readonly ranks: readonly number[];
  /** Formulas that mention each change. */
  readonly mentions: readonly (readonly number[])[];
  /** Edges that each formula closes. */
  readonly edgesOf: readonly (readonly number[])[];
}

/** Whether the changes that are made close what the formula stands for. */
export function isFormulaMet(formula: Formula, isMade: (change: number) => boolean): boolean {
  if (typeof formula === 'number') return isMade(formula);
  return 'any' in formula ? formula.any.some((one) => isFormulaMet(one, isMade)) : formula.all.every((one) => isFormulaMet(one, isMade));
}

/** Every change that a formula mentions. */
export function* changesIn(formula: Formula): Generator<number> {
  if (typeof formula === 'number') yield formula;
  else for (const one of 'any' in formula ? formula.any : formula.all) yield* changesIn(one);
}

/** The rank of changes that no closing lists beside others. */
const UNRANKED = 15;

/** The same text for the same formula. */
function textOf(formula: Formula): string {
  if (typeof formula === 'number') return String(formula);
  const [kind, parts] = 'any' in formula ? ['any', formula.any] : ['all', formula.all];
  return `${kind}(${parts.map(textOf).join()})`;
}

class IndexBuilder {
  readonly changes: string[] = [];
  readonly formulas: Formula[] = [];
  readonly ranks: number[] = [];
  readonly mentions: number[][] = [];
  readonly edgesOf: number[][] = [];
  readonly formulaOf: Int32Array;
  readonly #numbers = new Map<string, number>();
  /** Formulas by what they say: techniques hand out equal closings as different objects. */
  readonly #known = new Map<string, number>();
  /** The same for formulas of one change, which most are: by the change. */
  readonly #ofChange: number[] = [];
  readonly #ofObject = new Map<Closing, number>();

  constructor(edges: number) {
    this.formulaOf = new Int32Array(edges).fill(-1);
  }

  add(edge: number, closing: Closing): void {
    if (closing === NEVER) return;
    let number = this.#ofObject.get(closing);
    if (number === undefined) {
      number = this.#numberOf(closing);
      // Closings of one change are made for their edge; those of proofs are shared.
      if (!('change' in closing)) this.#ofObject.set(closing, number);
    }
    this.formulaOf[edge] = number;
    if (number >= 0) this.edgesOf[number]?.push(edge);
  }

  #numberOf(closing: Closing): number {
    if ('any' in closing && closing.any.length === 0) return -1;
    const formula = this.#compile(closing);
    if (typeof formula === 'number') {
      this.#ofChange[formula] ??= this.#push(formula);
      return this.#ofChange[formula] as number;
    }
    const text = textOf(formula);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.#push(formula);
    this.#known.set(text, number);
    return number;
  }

  #push(formula: Formula): number {
    const number = this.formulas.push(formula) - 1;
    this.edgesOf.push([]);
    for (const change of new Set(changesIn(formula))) this.mentions[change]?.push(number);
    return number;
  }

  #compile(closing: Closing, rank?: number): Formula {
    if ('change' in closing) return this.#change(closing.change, rank);
    return 'any' in closing
      ? { any: closing.any.map((one, rank) => this.#compile(one, rank)) }
      : { all: closing.all.map((one) => this.#compile(one)) };
  }

  #change(key: string, rank: number | undefined): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.changes.push(key) - 1;
      this.#numbers.set(key, number);
      this.mentions.push([]);
      this.ranks.push(UNRANKED);
    }
    if (rank !== undefined) this.ranks[number] = Math.min(rank, this.ranks[number] as number);
    return number;
  }
}

const remembered = new WeakMap<Graph, ClosingIndex>();

/** The closings of every walked edge of a graph, indexed once; linear in the edges. */
export function closingIndex(graph: Graph): ClosingIndex {
  let index = remembered.get(graph);
  if (index === undefined) {
    const builder = new IndexBuilder(graph.edges.count);
    const { offsets, walkedEnd, edges } = graph.forward;
    for (let node = 0; node < graph.nodes.count; node += 1) {
      for (let place = offsets[node] as number; place < (walkedEnd[node] as number); place += 1) {
        const edge = edges[place] as number;
        builder.add(edge, graph.closing(edge));
      }
    }
    const { changes, formulas, formulaOf, ranks, mentions, edgesOf } = builder;
    index = { changes, formulas, formulaOf, ranks, mentions, edgesOf };
    remembered.set(graph, index);
  }
  return index;
}

/** Changes as they are made: knows at once which edges they close together. */
export class MadeChanges {
  readonly #index: ClosingIndex;
  readonly #made = new Set<number>();
  readonly #met: Uint8Array;

  constructor(index: ClosingIndex, made: Iterable<number> = []) {
    this.#index = index;
    this.#met = new Uint8Array(index.formulas.length);
    for (const change of made) this.make(change);
  }

  make(change: number): void {
    if (this.#made.has(change)) return;
    this.#made.add(change);
    const has = (one: number): boolean => this.#made.has(one);
    for (const formula of this.#index.mentions[change] ?? []) {
      if (this.#met[formula] === 0 && isFormulaMet(this.#index.formulas[formula] as Formula, has)) this.#met[formula] = 1;
    }
  }

  /** 1 for each formula that is met. */
  get met(): Uint8Array {
    return this.#met;
  }

  /** Every edge that is closed. */
  closed(): Set<number> {
    const closed = new Set<number>();
    for (const [formula, edges] of this.#index.edgesOf.entries()) if (this.#met[formula] === 1) for (const edge of edges) closed.add(edge);
    return closed;
  }
}
