import { lookUp, type RequestContext } from './context.ts';
import { type Pattern, type PatternPart, patternOf, wildcardParts } from './pattern.ts';

/** `${aws:username, 'nobody'}` in a policy. */
interface Variable {
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
    parts.push(...plainParts(raw.slice(rest, open), reading));
    const inner = raw.slice(open + 2, close);
    parts.push(inner === '*' || inner === '?' || inner === '$' ? inner : variableOf(inner));
    rest = close + 1;
  }
  parts.push(...plainParts(raw.slice(rest), reading));
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

function plainParts(text: string, reading: Reading): PatternPart[] {
  if (text === '') return [];
  return reading.wildcards ? wildcardParts(text) : [text];
}

function variableOf(inner: string): Variable {
  const comma = inner.indexOf(',');
  if (comma < 0) return { key: inner.trim().toLowerCase() };
  const fallback = inner.slice(comma + 1).trim();
  const quoted = fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'");
  return { key: inner.slice(0, comma).trim().toLowerCase(), fallback: quoted ? fallback.slice(1, -1) : fallback };
}
