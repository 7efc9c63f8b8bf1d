import { ANY, type Pattern, type PatternPart, patternOf, wildcardParts } from '../pattern.ts';
import { lookUp, type RequestContext } from './context.ts';

/** `${aws:username, 'nobody'}` in a policy. */
interface Variable {
  /** As the policy writes it. */
  readonly name: string;
  /** Lower case. */
  readonly key: string;
  readonly fallback?: string;
}

/** A value of a policy, read once: a pattern, or parts with variables that each request fills in. */
export type PolicyText = { readonly pattern: Pattern } | { readonly parts: readonly (PatternPart | Variable)[] };

interface Reading {
  /** `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** `${…}` is a variable: only in documents of version 2012-10-17. */
  readonly variables: boolean;
}

/**
 * Reads a value of a policy. `${*}`, `${?}` and `${$}` stand for the characters themselves; an unclosed `${` is text.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readPolicyText(raw: string, reading: Reading): PolicyText {
  const parts: (PatternPart | Variable)[] = [];
  let rest = 0;
  for (let open = reading.variables ? raw.indexOf('${') : -1; open >= 0; open = raw.indexOf('${', rest)) {
    const close = raw.indexOf('}', open);
    if (close < 0) break;
    addPlain(parts, raw.slice(rest, open), reading);
    const inner = raw.slice(open + 2, close);
    parts.push(inner === '*' || inner === '?' || inner === '$' ? inner : variableOf(inner));
    rest = close + 1;
  }
  addPlain(parts, raw.slice(rest), reading);
  const fixed = parts.filter((part) => typeof part !== 'object');
  return fixed.length === parts.length ? { pattern: patternOf(fixed) } : { parts };
}

/** The pattern for one request; `absent` or `unknown` where a variable's key is that. A filled-in value has no wildcards. */
export function patternFor(text: PolicyText, context: RequestContext): Pattern | 'absent' | 'unknown' {
  if ('pattern' in text) return text.pattern;
  const parts: PatternPart[] = [];
  for (const part of text.parts) {
    if (typeof part !== 'object') {
      parts.push(part);
      continue;
    }
    const values = lookUp(context, part.key);
    const [first] = typeof values === 'string' ? [] : values;
    // A variable is for keys of one value; with several, which one is taken is not documented.
    if (values === 'unknown' || (values !== 'absent' && values.length > 1)) return 'unknown';
    const value = first ?? part.fallback;
    if (value === undefined) return 'absent';
    parts.push(value);
  }
  return patternOf(parts);
}

/** The widest pattern that the text may turn out to be: a variable whose value is not known may be anything. */
export function loosePattern(text: PolicyText, context: RequestContext): Pattern {
  const pattern = patternFor(text, context);
  if (typeof pattern !== 'string') return pattern;
  const parts = 'parts' in text ? text.parts : [];
  return patternOf(parts.map((part) => (typeof part === 'object' ? ANY : part)));
}

/** The variables of a text whose values are not known, as the policy writes them. */
export function unknownVariables(text: PolicyText, context: RequestContext): string[] {
  if ('pattern' in text) return [];
  return text.parts.flatMap((part) => {
    if (typeof part !== 'object') return [];
    const values = lookUp(context, part.key);
    return values === 'unknown' || (values !== 'absent' && values.length > 1) ? [part.name] : [];
  });
}

/** One by one: a text of a million wildcards has more parts than a call takes arguments. */
function addPlain(parts: (PatternPart | Variable)[], text: string, reading: Reading): void {
  if (text === '') return;
  if (!reading.wildcards) parts.push(text);
  else for (const part of wildcardParts(text)) parts.push(part);
}

function variableOf(inner: string): Variable {
  const comma = inner.indexOf(',');
  const name = (comma < 0 ? inner : inner.slice(0, comma)).trim();
  if (comma < 0) return { name, key: name.toLowerCase() };
  const fallback = inner.slice(comma + 1).trim();
  const quoted = fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'");
  return { name, key: name.toLowerCase(), fallback: quoted ? fallback.slice(1, -1) : fallback };
}
