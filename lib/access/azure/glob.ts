import { ANY, matchesPattern, ONE, type PatternPart, patternOf } from '../pattern.ts';

/**
 * Whether a text fits a pattern in which `*` stands for any characters, `/` among them, and, where `single` is set, `?` for one. Case counts:
 * lower both for actions. A backslash takes `*`, `?` and itself literally where `escapes` is set.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format (actions) and
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format (StringLike).
 */
export const globMatches = (pattern: string, text: string, options: GlobOptions = {}): boolean =>
  matchesPattern(patternOf(partsOf(pattern, options)), text);

interface GlobOptions {
  readonly single?: true;
  readonly escapes?: true;
}

function partsOf(pattern: string, { single, escapes }: GlobOptions): PatternPart[] {
  const parts: PatternPart[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    const next = pattern[at + 1];
    if (escapes === true && character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      parts.push(next);
      at++;
    } else if (character === '*') parts.push(ANY);
    else parts.push(single === true && character === '?' ? ONE : character);
  }
  return parts;
}
