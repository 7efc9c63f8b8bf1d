/** A piece of a condition. A word may be an operator, a keyword, a number or a bare GUID. */
export type ConditionToken =
  | { readonly kind: 'sign'; readonly text: '(' | ')' | '{' | '}' | ',' | '!' | '&&' | '||' }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'attribute'; readonly source: string; readonly text: string };

const SIGNS = ['&&', '||', '(', ')', '{', '}', ',', '!'] as const;
const WORD = /[A-Za-z0-9_.:-]{1,200}/y;
const ATTRIBUTE = /@([A-Za-z]{1,20})\[([^\]]{1,500})\]/y;

/**
 * The pieces of a condition of a role assignment; undefined where something is none.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export function conditionTokens(condition: string): readonly ConditionToken[] | undefined {
  const tokens: ConditionToken[] = [];
  for (let at = 0; at < condition.length; ) {
    const character = condition[at] as string;
    if (/\s/.test(character)) at++;
    else {
      const found = tokenAt(condition, at);
      if (found === undefined) return undefined;
      tokens.push(found.token);
      at = found.end;
    }
  }
  return tokens;
}

function tokenAt(condition: string, at: number): { readonly token: ConditionToken; readonly end: number } | undefined {
  const sign = SIGNS.find((one) => condition.startsWith(one, at));
  if (sign !== undefined) return { token: { kind: 'sign', text: sign }, end: at + sign.length };
  if (condition[at] === "'") return quotedAt(condition, at);
  ATTRIBUTE.lastIndex = at;
  const attribute = ATTRIBUTE.exec(condition);
  if (attribute !== null)
    return { token: { kind: 'attribute', source: attribute[1] as string, text: attribute[2] as string }, end: ATTRIBUTE.lastIndex };
  WORD.lastIndex = at;
  const word = WORD.exec(condition);
  return word === null ? undefined : { token: { kind: 'word', text: word[0] }, end: WORD.lastIndex };
}

/** A text in single quotes. Two of them stand for one; a backslash stays, as `StringLike` reads it. */
function quotedAt(condition: string, start: number): { readonly token: ConditionToken; readonly end: number } | undefined {
  let text = '';
  for (let at = start + 1; at < condition.length; at++) {
    if (condition[at] !== "'") text += condition[at];
    else if (condition[at + 1] === "'") {
      text += "'";
      at++;
    } else return { token: { kind: 'text', text }, end: at + 1 };
  }
  return undefined;
}
