import type { Truth } from '../aws/truth.ts';
import { globMatches } from './glob.ts';

/** One comparison: `claims['sub'] matches 'repo:acme/*'`. Claims and values hold no quote. */
const COMPARISON = /^\s{0,20}claims\['([^']{1,200})'\]\s{1,20}(eq|matches)\s{1,20}'([^']{0,1000})'\s{0,20}/;
const AND = /^and\s{1,20}/;
/** Far more than Entra takes. */
const LONGEST = 8_192;

export interface ExpressionAnswer {
  readonly truth: Truth;
  readonly dependsOn: readonly string[];
}

/**
 * Whether a token fits the expression of a flexible federated credential: comparisons with `eq` or `matches` (`*` any characters, `?` one)
 * joined by `and`. Anything else, another language version, and claims that nobody knows here are unknown.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export function evaluateExpression(
  expression: { readonly value: string; readonly version?: number },
  claims: ReadonlyMap<string, string>,
): ExpressionAnswer {
  const { value, version } = expression;
  if (version !== undefined && version !== 1) return unknown([`language version ${version} of the credential's expression`]);
  const comparisons = value.length > LONGEST ? undefined : comparisonsOf(value);
  if (comparisons === undefined) return unknown([`the credential's expression, which is not understood`]);
  const open: string[] = [];
  for (const { claim, operator, wanted } of comparisons) {
    const held = claims.get(claim);
    if (held === undefined) open.push(`the token's claim \`${claim}\``);
    else if (!(operator === 'eq' ? held === wanted : globMatches(wanted, held, { single: true }))) return { truth: false, dependsOn: [] };
  }
  return open.length === 0 ? { truth: true, dependsOn: [] } : unknown(open);
}

const unknown = (dependsOn: readonly string[]): ExpressionAnswer => ({ truth: 'unknown', dependsOn });

interface Comparison {
  readonly claim: string;
  readonly operator: 'eq' | 'matches';
  readonly wanted: string;
}

/** Undefined: the text is no such expression as a whole. */
function comparisonsOf(expression: string): readonly Comparison[] | undefined {
  const found: Comparison[] = [];
  for (let rest = expression; ; ) {
    const match = COMPARISON.exec(rest);
    if (match === null) return undefined;
    found.push({ claim: match[1] as string, operator: match[2] as 'eq' | 'matches', wanted: match[3] as string });
    rest = rest.slice(match[0].length);
    if (rest === '') return found;
    const and = AND.exec(rest);
    if (and === null) return undefined;
    rest = rest.slice(and[0].length);
  }
}
