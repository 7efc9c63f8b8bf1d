import { ANY, fits, ONE, type Pattern } from '../pattern.ts';

/** The pattern that fits every text. */
export const ANYTHING: Pattern = { symbols: [ANY] };

/** Policies have at most some ten thousand characters; two patterns that take more steps were made to take them. */
const MOST_STEPS = 2_000_000;

/**
 * Whether every text that fits `sub` fits `sup` too. `true` is certain. `false` may be wrong in corners (`*?` covers `?*`) and for patterns
 * that would take too long, which only ever makes an answer conditional.
 */
export function patternCovers(sup: Pattern, sub: Pattern): boolean {
  return compare(sup, sub) === true;
}

/**
 * Whether some text may fit both: judged by what stands before the first and after the last wildcard of each, rather yes than no. Exact where
 * one of the two has no wildcard.
 */
export function patternsMayMeet(one: Pattern, other: Pattern): boolean {
  if ('exact' in one) return compare(other, one) !== false;
  if ('exact' in other) return compare(one, other) !== false;
  return agree(one.symbols, other.symbols, 1) && agree(one.symbols, other.symbols, -1);
}

/** Matches `sub` as if it were a text whose wildcards only wildcards of `sup` stand for. */
function compare(sup: Pattern, sub: Pattern): boolean | 'given up' {
  if ('exact' in sup) return 'exact' in sub && sub.exact === sup.exact;
  return fits(sup.symbols, sub, MOST_STEPS);
}

/** Compares from the start (`step` 1) or from the end (-1) up to the first `*` of either. */
function agree(one: readonly number[], other: readonly number[], step: 1 | -1): boolean {
  const start = (symbols: readonly number[]) => (step === 1 ? 0 : symbols.length - 1);
  for (let a = start(one), b = start(other); ; a += step, b += step) {
    const [left, right] = [one[a], other[b]];
    if (left === undefined || right === undefined || left === ANY || right === ANY) return true;
    if (left !== right && left !== ONE && right !== ONE) return false;
  }
}
