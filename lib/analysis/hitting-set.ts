import { changesIn, type Formula, isFormulaMet } from './closing-index.ts';

/** What a change costs beyond being one more: compared in this order. `tie` tells changes of equal weight apart, whatever their numbers. */
export interface Cost {
  readonly weight: number;
  readonly tie: number;
}

/** A set of changes that meets every formula; `exact` where it is proved that none is smaller, or as small and cheaper. */
export interface HittingSet {
  readonly changes: readonly number[];
  readonly exact: boolean;
  /** How much of the allowance was used. */
  readonly steps: number;
}

export interface HittingOptions {
  readonly cost: (change: number) => Cost;
  /** How many formulas may be looked at, over all branches; with 0 the answer is the greedy one. */
  readonly steps: number;
}

interface Clause {
  /** Each of these alone meets it. */
  readonly changes: readonly number[];
  /** So do all of any one of these lists. */
  readonly together: readonly (readonly Formula[])[];
  /** Every change that occurs anywhere in it. */
  readonly all: readonly number[];
}

interface Total {
  readonly size: number;
  readonly weight: number;
  readonly tie: number;
}

const NOTHING: Total = { size: 0, weight: 0, tie: 0 };
const isLess = (a: Total, b: Total): boolean =>
  a.size !== b.size ? a.size < b.size : a.weight !== b.weight ? a.weight < b.weight : a.tie < b.tie;
const plus = (total: Total, { weight, tie }: Cost): Total => ({
  size: total.size + 1,
  weight: total.weight + weight,
  tie: total.tie + tie,
});

function clauseOf(formula: Formula): Clause {
  const changes = new Set<number>();
  const together: (readonly Formula[])[] = [];
  const visit = (one: Formula): void => {
    if (typeof one === 'number') changes.add(one);
    else if ('any' in one) one.any.forEach(visit);
    else together.push(one.all);
  };
  visit(formula);
  return { changes: [...changes], together, all: [...new Set(changesIn(formula))] };
}

class Solver {
  readonly #cost: (change: number) => Cost;
  readonly #limit: number;
  readonly #chosen = new Set<number>();
  readonly #excluded = new Set<number>();
  #best: readonly number[] = [];
  #bestTotal: Total = { size: Number.POSITIVE_INFINITY, weight: 0, tie: 0 };
  steps = 0;

  constructor({ cost, steps }: HittingOptions) {
    this.#cost = cost;
    this.#limit = steps;
  }

  solve(clauses: readonly Clause[]): HittingSet {
    this.#keep(this.#thinned(clauses, this.#greedy(clauses)));
    if (this.#limit > 0) this.#branch(this.#withoutDominated(clauses), NOTHING);
    return { changes: this.#best, exact: this.#limit > 0 && this.steps <= this.#limit, steps: this.steps };
  }

  #keep(changes: readonly number[]): void {
    const total = this.#totalOf(changes);
    if (!isLess(total, this.#bestTotal)) return;
    this.#best = [...changes];
    this.#bestTotal = total;
  }

  #totalOf(changes: Iterable<number>): Total {
    let total = NOTHING;
    for (const change of changes) total = plus(total, this.#cost(change));
    return total;
  }

  #isCheaper(one: number, other: number): boolean {
    const a = this.#cost(one);
    const b = this.#cost(other);
    return a.weight !== b.weight ? a.weight < b.weight : a.tie < b.tie;
  }

  #isHit = ({ changes, together }: Clause): boolean =>
    changes.some((change) => this.#chosen.has(change)) ||
    together.some((needs) => needs.every((need) => isFormulaMet(need, (change) => this.#chosen.has(change))));

  /** The change that meets most of what is open, again and again; where only several together do, the cheapest of those. */
  #greedy(clauses: readonly Clause[]): readonly number[] {
    let open = clauses;
    while (open.length > 0) {
      const best = this.#mostUsed(open);
      const picked = best === undefined ? this.#cheapest({ any: (open[0] as Clause).together.map((all) => ({ all })) }) : [best];
      for (const change of picked) this.#chosen.add(change);
      open = open.filter((clause) => !this.#isHit(clause));
    }
    const found = [...this.#chosen];
    this.#chosen.clear();
    return found;
  }

  /** The change that alone meets most of the clauses, the cheapest of several; undefined where none alone meets any. */
  #mostUsed(clauses: readonly Clause[]): number | undefined {
    const hits = new Map<number, number>();
    for (const { changes } of clauses) for (const change of changes) hits.set(change, (hits.get(change) ?? 0) + 1);
    let best: number | undefined;
    let most = 0;
    for (const [change, count] of hits) {
      if (count < most || (count === most && best !== undefined && !this.#isCheaper(change, best))) continue;
      best = change;
      most = count;
    }
    return best;
  }

  /** A small set that meets a formula, chosen without looking at the others. */
  #cheapest(formula: Formula): readonly number[] {
    if (typeof formula === 'number') return [formula];
    if ('all' in formula) return [...new Set(formula.all.flatMap((one) => this.#cheapest(one)))];
    let best: readonly number[] = [];
    for (const one of formula.any) {
      const found = this.#cheapest(one);
      if (best.length === 0 || isLess(this.#totalOf(found), this.#totalOf(best))) best = found;
    }
    return best;
  }

  /** Without what the rest makes needless, the dearest first. */
  #thinned(clauses: readonly Clause[], found: readonly number[]): readonly number[] {
    for (const change of found) this.#chosen.add(change);
    for (const change of [...found].sort((a, b) => (this.#isCheaper(a, b) ? 1 : -1))) {
      this.#chosen.delete(change);
      if (!clauses.every(this.#isHit)) this.#chosen.add(change);
    }
    const kept = [...this.#chosen];
    this.#chosen.clear();
    return kept;
  }

  /** Leaves out changes that meet the same clauses as a cheaper one. Such a change is in no best set: the cheaper one could stand in for it. */
  #withoutDominated(clauses: readonly Clause[]): readonly Clause[] {
    const meets = new Map<number, number[]>();
    const conjoined = new Set<number>();
    for (const [number, { changes, together }] of clauses.entries()) {
      for (const change of changes) {
        const known = meets.get(change);
        if (known === undefined) meets.set(change, [number]);
        else known.push(number);
      }
      for (const needs of together) for (const change of changesIn({ all: needs })) conjoined.add(change);
    }
    const cheapest = new Map<string, number>();
    for (const [change, met] of meets) {
      const known = cheapest.get(met.join());
      if (known === undefined || this.#isCheaper(change, known)) cheapest.set(met.join(), change);
    }
    const stays = new Set([...conjoined, ...cheapest.values()]);
    const kept = (change: number): boolean => stays.has(change);
    return clauses.map((clause) => ({ ...clause, changes: clause.changes.filter(kept), all: clause.all.filter(kept) }));
  }

  /** What the open clauses cost at least: the cheapest change of each of as many clauses as share none. Undefined where one cannot be met. */
  #atLeast(open: readonly Clause[], from: Total): Total | undefined {
    const used = new Set<number>();
    let total = from;
    for (const { all } of open) {
      let cheapest: number | undefined;
      let isShared = false;
      for (const change of all) {
        if (this.#chosen.has(change) || this.#excluded.has(change)) continue;
        if (used.has(change)) isShared = true;
        if (cheapest === undefined || this.#isCheaper(change, cheapest)) cheapest = change;
      }
      if (cheapest === undefined) return undefined;
      if (isShared) continue;
      for (const change of all) used.add(change);
      total = plus(total, this.#cost(cheapest));
    }
    return total;
  }

  #branch(clauses: readonly Clause[], total: Total): void {
    this.steps += 1 + clauses.length;
    if (this.steps > this.#limit) return;
    const open = clauses.filter((clause) => !this.#isHit(clause)).sort((a, b) => a.all.length - b.all.length);
    const [next] = open;
    if (next === undefined) {
      this.#keep([...this.#chosen]);
      return;
    }
    const least = this.#atLeast(open, total);
    if (least === undefined || !isLess(least, this.#bestTotal)) return;
    const tried: number[] = [];
    for (const change of this.#byUse(next, open)) {
      this.#chosen.add(change);
      this.#branch(open, plus(total, this.#cost(change)));
      this.#chosen.delete(change);
      // What follows need not look at sets with this change again.
      this.#excluded.add(change);
      tried.push(change);
    }
    for (const needs of next.together) this.#branch([...open.filter((clause) => clause !== next), ...needs.map(clauseOf)], total);
    for (const change of tried) this.#excluded.delete(change);
  }

  /** The changes that a clause may be met by, those first that meet most of the others as well. */
  #byUse({ changes }: Clause, open: readonly Clause[]): readonly number[] {
    const uses = new Map(changes.filter((change) => !this.#excluded.has(change)).map((change) => [change, 0]));
    for (const clause of open)
      for (const change of clause.changes) {
        const count = uses.get(change);
        if (count !== undefined) uses.set(change, count + 1);
      }
    return [...uses].sort(([a, x], [b, y]) => y - x || (this.#isCheaper(a, b) ? -1 : 1)).map(([change]) => change);
  }
}

/**
 * The smallest set of changes that meets every formula, and among the smallest the cheapest, by branch and bound; the greedy set where that takes
 * more steps than allowed. Every formula has to be one that something meets. The answer does not depend on the order of the formulas or on
 * the numbers of the changes, if it is exact.
 */
export function hittingSet(formulas: readonly Formula[], options: HittingOptions): HittingSet {
  const clauses = new Map(formulas.map((formula) => [JSON.stringify(formula), clauseOf(formula)]));
  return new Solver(options).solve([...clauses.values()]);
}
