import { type ConditionToken, conditionTokens } from './condition-lexer.ts';

/** One side of a comparison. */
export type ConditionOperand =
  | { readonly kind: 'attribute'; readonly source: string; readonly name: string }
  | { readonly kind: 'values'; readonly values: readonly string[] };

export type ConditionExpression =
  | { readonly kind: 'and' | 'or'; readonly items: readonly ConditionExpression[] }
  | { readonly kind: 'not'; readonly item: ConditionExpression }
  /** `ActionMatches{…}` or `SubOperationMatches{…}`. */
  | { readonly kind: 'action' | 'suboperation'; readonly patterns: readonly string[] }
  | { readonly kind: 'exists'; readonly attribute: ConditionOperand & { readonly kind: 'attribute' } }
  | {
      readonly kind: 'compare';
      readonly left: ConditionOperand;
      /** `ForAnyOfAnyValues` and the like; undefined: none was written. */
      readonly quantifier?: string;
      readonly operator: string;
      readonly right: ConditionOperand;
    };

/** Azure allows 8 KB; what is far longer is no condition. */
const LONGEST = 32_768;
const DEEPEST = 60;

/**
 * Reads the condition of a role assignment, version 2.0. Undefined: it is not of that language, too long or too deep; then nothing may be
 * concluded from it. `AND` binds closer than `OR`, which the portal never leaves to precedence.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export function parseCondition(condition: string): ConditionExpression | undefined {
  const tokens = condition.length > LONGEST ? undefined : conditionTokens(condition);
  if (tokens === undefined) return undefined;
  const parser = new Parser(tokens);
  const expression = parser.either(0);
  return expression !== undefined && parser.atEnd ? expression : undefined;
}

/** Recursive descent; every method gives undefined where the text does not go on as it must. */
class Parser {
  readonly #tokens: readonly ConditionToken[];
  #at = 0;

  constructor(tokens: readonly ConditionToken[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(depth: number): ConditionExpression | undefined {
    return this.#chain('or', depth);
  }

  #chain(kind: 'and' | 'or', depth: number): ConditionExpression | undefined {
    const items: ConditionExpression[] = [];
    do {
      const item = kind === 'or' ? this.#chain('and', depth) : this.#unary(depth);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#takes(kind === 'or' ? '||' : '&&', kind));
    return items.length === 1 ? items[0] : { kind, items };
  }

  #unary(depth: number): ConditionExpression | undefined {
    if (depth > DEEPEST) return undefined;
    if (this.#takes('!', 'not')) {
      const item = this.#unary(depth + 1);
      return item && { kind: 'not', item };
    }
    if (this.#takes('(')) {
      const inner = this.either(depth + 1);
      return inner !== undefined && this.#takes(')') ? inner : undefined;
    }
    return this.#leaf();
  }

  #leaf(): ConditionExpression | undefined {
    if (this.#takesWord('actionmatches')) return this.#patterns('action');
    if (this.#takesWord('suboperationmatches')) return this.#patterns('suboperation');
    if (this.#takesWord('exists')) {
      const attribute = this.#operand();
      return attribute?.kind === 'attribute' ? { kind: 'exists', attribute } : undefined;
    }
    const left = this.#operand();
    const word = this.#next('word');
    const right = this.#operand();
    if (left === undefined || word === undefined || right === undefined) return undefined;
    const colon = word.indexOf(':');
    return {
      kind: 'compare',
      left,
      ...(colon < 0 ? {} : { quantifier: word.slice(0, colon) }),
      operator: word.slice(colon + 1),
      right,
    };
  }

  #patterns(kind: 'action' | 'suboperation'): ConditionExpression | undefined {
    const values = this.#takes('{') ? this.#values() : undefined;
    return values && { kind, patterns: values };
  }

  #operand(): ConditionOperand | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined) return undefined;
    this.#at++;
    if (token.kind === 'attribute') return { kind: 'attribute', source: token.source.toLowerCase(), name: token.text };
    if (token.kind !== 'sign') return { kind: 'values', values: [token.text] };
    const values = token.text === '{' ? this.#values() : undefined;
    return values && { kind: 'values', values };
  }

  /** What stands between braces, of which the first was taken. */
  #values(): readonly string[] | undefined {
    const values: string[] = [];
    do {
      const value = this.#next('text') ?? this.#next('word');
      if (value === undefined) return undefined;
      values.push(value);
    } while (this.#takes(','));
    return this.#takes('}') ? values : undefined;
  }

  #next(kind: 'word' | 'text'): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) return undefined;
    this.#at++;
    return token.text;
  }

  /** Takes a sign, or the word that stands for it. */
  #takes(sign: string, word?: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'sign' && token.text === sign) this.#at++;
    else return word !== undefined && this.#takesWord(word);
    return true;
  }

  #takesWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }
}
