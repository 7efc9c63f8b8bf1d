/** `*`: any number of characters, none included, of any kind (`/` and `:` too). */
export const ANY = -1;
/** `?`: exactly one character. */
export const ONE = -2;

/** A text with wildcards: UTF-16 code units, `ANY` or `ONE`. Kept as a string where no wildcard is in it. */
export type Pattern = { readonly exact: string } | { readonly symbols: readonly number[] };

/** A piece of a pattern: text as it stands, or a wildcard. */
export type PatternPart = string | typeof ANY | typeof ONE;

/** Joins parts to a pattern; text in a part is never a wildcard, whatever characters it holds. */
export function patternOf(parts: readonly PatternPart[]): Pattern {
  if (parts.every((part) => typeof part === 'string')) return { exact: parts.join('') };
  const symbols: number[] = [];
  for (const part of parts) {
    if (part === ANY && symbols.at(-1) === ANY) continue;
    if (typeof part === 'number') symbols.push(part);
    else for (let at = 0; at < part.length; at++) symbols.push(part.charCodeAt(at));
  }
  return { symbols };
}

/** Reads `*` and `?` as wildcards and everything else as itself. */
export function wildcardParts(text: string): PatternPart[] {
  const parts: PatternPart[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const symbol = text[at];
    if (symbol !== '*' && symbol !== '?' && at < text.length) continue;
    if (at > start) parts.push(text.slice(start, at));
    if (at < text.length) parts.push(symbol === '*' ? ANY : ONE);
    start = at + 1;
  }
  return parts;
}

/** Whether the whole text fits the pattern. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  if ('exact' in pattern) return pattern.exact === text;
  if (pattern.symbols.length === 1 && pattern.symbols[0] === ANY) return true;
  return fits(pattern.symbols, { exact: text }) === true;
}

/**
 * Whether `asked` fits the symbols as a whole, where a wildcard of its own is a symbol that wildcards alone stand for: `?` for `?`, `*` for
 * both. No regular expression: after a mismatch only the last `*` takes one symbol more, so the work is bounded by one length times the
 * other, whatever either holds, and by `most` steps.
 */
export function fits(symbols: readonly number[], asked: Pattern, most = Number.POSITIVE_INFINITY): boolean | 'given up' {
  const text = 'exact' in asked ? asked.exact : undefined;
  const wildcards = 'exact' in asked ? [] : asked.symbols;
  const length = text?.length ?? wildcards.length;
  let at = 0;
  let symbol = 0;
  let lastAny = -1;
  let resume = 0;
  for (let step = 0; at < length; step += 1) {
    if (step > most) return 'given up';
    const current = symbols[symbol];
    const wanted = text === undefined ? wildcards[at] : text.charCodeAt(at);
    if (current === ANY) {
      lastAny = symbol++;
      resume = at;
    } else if (current !== undefined && (current === wanted || (current === ONE && wanted !== ANY))) {
      at++;
      symbol++;
    } else if (lastAny >= 0) {
      symbol = lastAny + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (symbols[symbol] === ANY) symbol++;
  return symbol === symbols.length;
}
