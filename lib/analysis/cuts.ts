import type { Graph } from '../graph/model.ts';
import { type ClosingIndex, changesIn, closingIndex, type Formula, MadeChanges } from './closing-index.ts';
import { type CutChange, CutEffects } from './cut-effects.ts';
import { hittingSet } from './hitting-set.ts';
import { OpenWay, type WayQuestion } from './open-way.ts';
import type { Walker } from './walk.ts';

/** What has to change so that nothing leads from the sources to the targets any more, or why nothing can be done. */
export type Cut =
  | {
      readonly separable: true;
      /** Ordered so that the commands can be run one after the other. Empty: nothing leads there as it is. */
      readonly changes: readonly CutChange[];
      /** Whether it is proved that no smaller set does it, and among sets of that size none that takes less from others. */
      readonly exact: boolean;
      /** Whether a walk without what the changes close reaches none of the targets. */
      readonly suffices: boolean;
      /** How many ways were looked at to prove it. */
      readonly ways: number;
    }
  | {
      readonly separable: false;
      /** A way none of whose edges any change closes. Empty where a source is a target itself. */
      readonly open: readonly number[];
    };

/** How many ways the search for the smallest set may look at, over all of its branches and rounds: about a second. */
const STEPS = 500_000;

/** More ways than this are not put into one exact question: then the answer is a good one, and says that it is not proved. */
const MOST_WAYS = 3000;

const anyOf = (formulas: readonly Formula[]): Formula => ({
  any: formulas.flatMap((one) => (typeof one !== 'number' && 'any' in one ? one.any : [one])),
});

class CutSearch {
  readonly #index: ClosingIndex;
  readonly #openWay: OpenWay;
  readonly #effects: CutEffects;
  readonly #clauses: Formula[] = [];
  #steps = STEPS;

  constructor(index: ClosingIndex, openWay: OpenWay, effects: CutEffects) {
    this.#index = index;
    this.#openWay = openWay;
    this.#effects = effects;
  }

  get ways(): number {
    return this.#clauses.length;
  }

  /** A way that stays open whatever is changed. */
  uncuttable(): readonly number[] | undefined {
    return this.#openWay.find(new Uint8Array(this.#index.formulas.length).fill(1));
  }

  /**
   * Implicit hitting sets: the smallest set that cuts the ways found so far is the answer if it leaves no way open; else the open ways are added.
   * The quick set of few is asked first, as every way that it leaves open is one that the proof needs as well.
   */
  run(): { readonly changes: readonly number[]; readonly exact: boolean } {
    for (let exactly = false; ; ) {
      const isOver = this.#clauses.length > MOST_WAYS || this.#steps <= 0;
      const found = hittingSet(this.#clauses, { cost: this.#effects.cost, steps: exactly && !isOver ? this.#steps : 0 });
      this.#steps -= found.steps;
      const made = new MadeChanges(this.#index, found.changes);
      if (this.#addWays(made)) continue;
      if (found.exact) return { changes: found.changes, exact: true };
      if (exactly) return { changes: this.#without(found.changes), exact: false };
      exactly = true;
    }
  }

  /** Adds an open way, then one more that shares no change with it, until there is none; false where there was none at all. */
  #addWays(made: MadeChanges): boolean {
    let added = false;
    for (let way = this.#openWay.find(made.met); way !== undefined; way = this.#openWay.find(made.met)) {
      const closings = way.flatMap((edge) => this.#index.formulas[this.#index.formulaOf[edge] as number] ?? []);
      const clause = anyOf(closings);
      this.#clauses.push(clause);
      added = true;
      for (const change of changesIn(clause)) made.make(change);
    }
    return added;
  }

  /** Without what the rest makes needless. */
  #without(changes: readonly number[]): readonly number[] {
    let kept = changes;
    for (const change of changes) {
      const rest = kept.filter((one) => one !== change);
      if (this.#openWay.find(new MadeChanges(this.#index, rest).met) === undefined) kept = rest;
    }
    return kept;
  }
}

/**
 * The smallest set of changes that separates the sources from the targets; of equally small ones that which takes least from workloads that are no
 * sources. One change closes many edges, so this is a minimum label cut, solved exactly within a bounded amount of work (implicit hitting
 * sets: Moreno-Centeno and Karp, "The implicit hitting set approach to solve combinatorial optimization problems", 2013).
 *
 * Speaks about the graph as it is: where a wide right hides a narrower one of the same subject, the narrower one shows once the wide one is
 * gone. Reading the changed cluster again tells.
 */
export function cuts(graph: Graph, walker: Walker, question: WayQuestion): Cut {
  const { from, to, certainty = 'all' } = question;
  const targets = new Set(to);
  if (from.some((node) => targets.has(node))) return { separable: false, open: [] };
  const index = closingIndex(graph);
  const openWay = new OpenWay(graph, index, { ...question, walker });
  const effects = new CutEffects(graph, index, from);
  const search = new CutSearch(index, openWay, effects);
  const open = search.uncuttable();
  if (open !== undefined) return { separable: false, open };
  const { changes, exact } = search.run();
  const made = new MadeChanges(index, changes);
  const walk = walker.glance(from, { certainty, without: made.closed() });
  const suffices = !walk.order.some((node) => targets.has(node));
  const reached = new Uint8Array(graph.nodes.count);
  for (const node of walker.glance(from, { certainty }).order) reached[node] = 1;
  const isOnWay = (edge: number): boolean =>
    reached[graph.edges.from[edge] as number] === 1 && openWay.leads(graph.edges.to[edge] as number);
  return { separable: true, changes: effects.describe(changes, isOnWay), exact, suffices, ways: search.ways };
}
