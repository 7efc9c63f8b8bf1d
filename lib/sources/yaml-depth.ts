import type { CST } from 'yaml';

/**
 * Where a YAML token holds more than `nesting` levels within one another, as an offset into its text; undefined: nowhere. The composer
 * calls itself for every level; the parser does not. So depth has to be looked at in between.
 */
export function tooDeepAt(token: CST.Token, nesting: number): number | undefined {
  const waiting: { token: CST.Token; depth: number }[] = [{ token, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.depth > nesting) return next.token.offset;
    const depth = next.depth + 1;
    if ('items' in next.token) {
      for (const item of next.token.items) {
        if (item.key) waiting.push({ token: item.key, depth });
        if (item.value) waiting.push({ token: item.value, depth });
      }
    } else if ('value' in next.token && next.token.value) waiting.push({ token: next.token.value, depth });
  }
  return undefined;
}
