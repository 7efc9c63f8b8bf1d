import { matchesPattern, patternOf, wildcardParts } from '../pattern.ts';
import type { RequestContext } from './context.ts';
import { contains, readIpRange } from './ip-range.ts';
import { patternFor, readPolicyText } from './policy-text.ts';
import { allOf, type Truth } from './truth.ts';

/** Whether a value of the request fits one value of the policy. `absent`: the policy's value needs a key that is not there. */
export type ValueTest = (value: string, context: RequestContext) => Truth | 'absent';

/** A condition operator without its quantifier, its `IfExists` and its negation. */
export interface Operator {
  readonly negated: boolean;
  /** Compares whole strings: a `*` in the policy's value is just a character. */
  readonly exact: boolean;
  compile(raw: string, variables: boolean): ValueTest;
}

const never: ValueTest = () => false;
/** A value that the operator cannot read: IAM would have refused it, so what it would do is not known. */
const unreadable: ValueTest = () => 'unknown';

function stringTest(wildcards: boolean): Operator['compile'] {
  return (raw, variables) => {
    const text = readPolicyText(raw, { wildcards, variables });
    return (value, context) => {
      const pattern = patternFor(text, context);
      return typeof pattern === 'string' ? pattern : matchesPattern(pattern, value);
    };
  };
}

const ignoreCaseTest: Operator['compile'] = (raw, variables) => {
  const text = readPolicyText(raw.toLowerCase(), { wildcards: false, variables });
  return (value, context) => {
    const pattern = patternFor(text, context);
    if (typeof pattern === 'string') return pattern;
    return 'exact' in pattern && pattern.exact.toLowerCase() === value.toLowerCase();
  };
};

/** Each of the six parts of an ARN is compared for itself; a wildcard does not cross the colon to the next. */
const arnTest: Operator['compile'] = (raw, variables) => {
  if (raw === '*') return () => true;
  const parts = arnParts(raw);
  if (parts === undefined) return unreadable;
  const texts = parts.map((part) => readPolicyText(part, { wildcards: true, variables }));
  return (value, context) => {
    const values = arnParts(value);
    if (values === undefined) return false;
    let absent = false;
    const truth = allOf([...texts.entries()], ([index, text]) => {
      const pattern = patternFor(text, context);
      if (pattern === 'absent') absent = true;
      return typeof pattern === 'string' ? 'unknown' : matchesPattern(pattern, values[index] ?? '');
    });
    return truth === 'unknown' && absent ? 'absent' : truth;
  };
};

/** Splits at the first five colons that are not inside `${…}`. */
function arnParts(text: string): string[] | undefined {
  const parts: string[] = [];
  let start = 0;
  let inside = false;
  for (let at = 0; at < text.length && parts.length < 5; at++) {
    if (text[at] === '$' && text[at + 1] === '{') inside = true;
    else if (text[at] === '}') inside = false;
    else if (text[at] === ':' && !inside) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.length === 6 ? parts : undefined;
}

function orderTest(read: (text: string) => number | undefined, holds: (value: number, bound: number) => boolean): Operator['compile'] {
  return (raw) => {
    const bound = read(raw);
    if (bound === undefined) return unreadable;
    return (text) => {
      const value = read(text);
      return value !== undefined && holds(value, bound);
    };
  };
}

function readNumber(text: string): number | undefined {
  return /^[+-]?\d{1,20}(?:\.\d{1,20})?$/.test(text) ? Number(text) : undefined;
}

/** ISO 8601 as IAM takes it, or seconds since 1970. */
function readDate(text: string): number | undefined {
  if (/^\d{5,12}$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))?)?)?$/.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

const boolTest: Operator['compile'] = (raw, variables) => {
  const wanted = raw.toLowerCase();
  if (wanted === 'true' || wanted === 'false') return (value) => value.toLowerCase() === wanted;
  return variables && raw.includes('${') ? unreadable : never;
};

const ipTest: Operator['compile'] = (raw) => {
  const range = readIpRange(raw);
  if (range === undefined) return unreadable;
  return (value) => {
    const address = readIpRange(value);
    return address !== undefined && contains(range, address);
  };
};

/** Whether the text would match under StringLike; tells a `*` that was meant as a wildcard. */
export function wouldMatchAsPattern(raw: string, value: string): boolean {
  return matchesPattern(patternOf(wildcardParts(raw)), value);
}

const COMPARISONS: readonly (readonly [string, (value: number, bound: number) => boolean])[] = [
  ['Equals', (value, bound) => value === bound],
  ['LessThan', (value, bound) => value < bound],
  ['LessThanEquals', (value, bound) => value <= bound],
  ['GreaterThan', (value, bound) => value > bound],
  ['GreaterThanEquals', (value, bound) => value >= bound],
];

function table(): Map<string, Operator> {
  const operators = new Map<string, Operator>();
  const add = (name: string, compile: Operator['compile'], options: { readonly negation?: string; readonly exact?: boolean } = {}) => {
    const exact = options.exact === true;
    operators.set(name.toLowerCase(), { negated: false, exact, compile });
    if (options.negation !== undefined) operators.set(options.negation.toLowerCase(), { negated: true, exact, compile });
  };
  add('StringEquals', stringTest(false), { negation: 'StringNotEquals', exact: true });
  add('StringEqualsIgnoreCase', ignoreCaseTest, { negation: 'StringNotEqualsIgnoreCase', exact: true });
  add('StringLike', stringTest(true), { negation: 'StringNotLike' });
  // ArnEquals and ArnLike behave alike, wildcards included.
  add('ArnEquals', arnTest, { negation: 'ArnNotEquals' });
  add('ArnLike', arnTest, { negation: 'ArnNotLike' });
  for (const [name, holds] of COMPARISONS) {
    add(`Numeric${name}`, orderTest(readNumber, holds), name === 'Equals' ? { negation: 'NumericNotEquals' } : {});
    add(`Date${name}`, orderTest(readDate, holds), name === 'Equals' ? { negation: 'DateNotEquals' } : {});
  }
  add('Bool', boolTest);
  add('BinaryEquals', stringTest(false), { exact: true });
  add('IpAddress', ipTest, { negation: 'NotIpAddress' });
  return operators;
}

/**
 * IAM's condition operators by lower-case name; `Null` is none of them, as it asks for presence.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, Operator> = table();
