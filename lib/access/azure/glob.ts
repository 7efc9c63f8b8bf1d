/**
 * Whether a text fits a pattern in which `*` stands for any characters, `/` among them, and, where `single` is set, `?` for one. Case counts:
 * lower both for actions. A backslash takes `*`, `?` and itself literally where `escapes` is set. Steps back to the last `*` alone, so
 * that no pattern costs more than the product of the two lengths.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format (actions) and
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format (StringLike).
 */
export function globMatches(pattern: string, text: string, options: { readonly single?: true; readonly escapes?: true } = {}): boolean {
  const parts = partsOf(pattern, options);
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === ANY) {
      star = part++;
      resume = at;
    } else if (wanted === ONE || wanted === text[at]) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++resume;
    } else return false;
  }
  while (parts[part] === ANY) part++;
  return part === parts.length;
}

const ANY = Symbol('any characters');
const ONE = Symbol('one character');

function partsOf(pattern: string, { single, escapes }: { readonly single?: true; readonly escapes?: true }): (string | symbol)[] {
  const parts: (string | symbol)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    const next = pattern[at + 1];
    if (escapes === true && character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      parts.push(next);
      at++;
    } else if (character === '*') {
      if (parts.at(-1) !== ANY) parts.push(ANY);
    } else parts.push(single === true && character === '?' ? ONE : character);
  }
  return parts;
}
