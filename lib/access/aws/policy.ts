import type { PolicyDocument, PolicyStatement } from '../../inventory/aws.ts';
import { conditionHolds, unknownKeys } from './condition.ts';
import { unknownVariables } from './policy-text.ts';
import { type CompiledStatement, compileStatement, type PolicyRequest, principalApplies, statementApplies } from './statement.ts';

/** `Conditional`: it hangs on something that is not known at rest; the rest are IAM's own words. */
export type PolicyVerdict = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' | 'Conditional';

/** A policy document, read once. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  readonly unreadable?: string;
}

/** What one policy says to one request, by which statements, and what it hangs on where that is not known. */
export interface PolicyAnswer {
  readonly verdict: PolicyVerdict;
  readonly statements: readonly PolicyStatement[];
  readonly dependsOn: readonly string[];
}

/** Reads a document once, for any number of questions. */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const statements = document.statements.map((statement) => compileStatement(statement, document.version));
  return { statements, ...(document.unreadable === undefined ? {} : { unreadable: document.unreadable }) };
}

const compiled = new WeakMap<PolicyDocument, CompiledPolicy>();

/** The document, read at most once as long as it lives: documents never change. */
export function compiledPolicy(document: PolicyDocument): CompiledPolicy {
  let policy = compiled.get(document);
  if (policy === undefined) {
    policy = compilePolicy(document);
    compiled.set(document, policy);
  }
  return policy;
}

/**
 * Evaluates one document: a Deny that applies decides, else an Allow that applies, else the implicit deny. A Deny that may
 * apply makes an Allow conditional, an Allow that may apply makes the answer conditional. The order of statements decides
 * nothing. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicy(policy: CompiledPolicy, request: PolicyRequest): PolicyAnswer {
  if (policy.unreadable !== undefined) {
    return { verdict: 'Conditional', statements: [], dependsOn: [`the policy document, which is unreadable: ${policy.unreadable}`] };
  }
  const yes = { Allow: [] as CompiledStatement[], Deny: [] as CompiledStatement[] };
  const maybe = { Allow: [] as CompiledStatement[], Deny: [] as CompiledStatement[] };
  for (const statement of policy.statements) {
    const applies = statementApplies(statement, request);
    if (applies !== false) (applies === true ? yes : maybe)[statement.source.effect].push(statement);
  }
  if (yes.Deny.length > 0) return answer('ExplicitlyDenied', yes.Deny);
  if (yes.Allow.length > 0 && maybe.Deny.length === 0) return answer('Allowed', yes.Allow);
  const allows = yes.Allow.length > 0 ? yes.Allow : maybe.Allow;
  if (allows.length === 0) return answer('ImplicitlyDenied', []);
  return answer('Conditional', [...allows, ...maybe.Deny], request);
}

function answer(verdict: PolicyVerdict, statements: readonly CompiledStatement[], request?: PolicyRequest): PolicyAnswer {
  const dependsOn = request === undefined ? [] : statements.flatMap((statement) => unknownsOf(statement, request));
  return { verdict, statements: statements.map((statement) => statement.source), dependsOn: [...new Set(dependsOn)].sort() };
}

/** What a statement hangs on: condition keys and variables whose values are unknown, or the name of the role session. */
export function unknownsOf(statement: CompiledStatement, request: PolicyRequest): string[] {
  const keys = statement.conditions
    .filter((condition) => conditionHolds(condition, request.context) === 'unknown')
    .flatMap((condition) => unknownKeys(condition, request.context));
  const texts = [...(statement.resources ?? []), ...(statement.notResources ?? [])];
  keys.push(...texts.flatMap((text) => unknownVariables(text, request.context)));
  return principalApplies(statement, request) === 'unknown' ? [...keys, 'the name of the role session'] : keys;
}
