import type { PolicyDocument, PolicyStatement } from '../../inventory/aws.ts';
import { matchesPattern, type Pattern, patternOf, wildcardParts } from '../pattern.ts';
import { type CompiledCondition, compileCondition, conditionHolds } from './condition.ts';
import type { RequestContext } from './context.ts';
import { type PolicyText, patternFor, readPolicyText } from './policy-text.ts';
import { principalNames, type RequestPrincipal } from './principal.ts';
import { allOf, anyOf, not, type Truth } from './truth.ts';

/** JSON pointer of a statement below its document. Source: the policy grammar, where `Statement` is a list or one object. */
export const statementPointer = ({ alone, index }: PolicyStatement): string => (alone === true ? '/Statement' : `/Statement/${index}`);

/** One question to a policy. */
export interface PolicyRequest {
  /** Undefined for policies that are attached to the one who asks, and so name nobody. */
  readonly principal?: RequestPrincipal;
  /** For example `sts:AssumeRole`, in any case. */
  readonly action: string;
  /** ARN; undefined where the policy belongs to the resource itself, as a trust policy does. */
  readonly resource?: string;
  readonly context: RequestContext;
}

/** A statement, read once. Undefined elements are absent from it. */
export interface CompiledStatement {
  readonly source: PolicyStatement;
  readonly actions?: readonly Pattern[];
  readonly notActions?: readonly Pattern[];
  readonly resources?: readonly PolicyText[];
  readonly notResources?: readonly PolicyText[];
  readonly conditions: readonly CompiledCondition[];
}

/** Variables exist since version 2012-10-17; before, `${` is text. */
export function compileStatement(source: PolicyStatement, version: PolicyDocument['version']): CompiledStatement {
  const variables = version === '2012-10-17';
  const actions = (list: readonly string[]) => list.map((action) => patternOf(wildcardParts(action.toLowerCase())));
  const resources = (list: readonly string[]) => list.map((text) => readPolicyText(text, { wildcards: true, variables }));
  return {
    source,
    ...(source.actions === undefined ? {} : { actions: actions(source.actions) }),
    ...(source.notActions === undefined ? {} : { notActions: actions(source.notActions) }),
    ...(source.resources === undefined ? {} : { resources: resources(source.resources) }),
    ...(source.notResources === undefined ? {} : { notResources: resources(source.notResources) }),
    conditions: source.conditions.map((condition) => compileCondition(condition, variables)),
  };
}

/** Whether the statement applies to the request: principal, action, resource and all conditions. Says nothing of its effect. */
export function statementApplies(statement: CompiledStatement, request: PolicyRequest): Truth {
  if (!actionApplies(statement, request.action)) return false;
  const principal = principalApplies(statement, request);
  if (principal === false) return false;
  const resource = resourceApplies(statement, request);
  if (resource === false) return false;
  const conditions =
    statement.conditions.length === 0 || allOf(statement.conditions, (condition) => conditionHolds(condition, request.context));
  return conditions === true && principal === true && resource === true ? true : conditions === false ? false : 'unknown';
}

/** Action names are not case-sensitive. */
export function actionApplies(statement: CompiledStatement, action: string): boolean {
  const name = action.toLowerCase();
  if (statement.actions !== undefined) return statement.actions.some((pattern) => matchesPattern(pattern, name));
  return statement.notActions !== undefined && !statement.notActions.some((pattern) => matchesPattern(pattern, name));
}

/** A policy of a resource that names nobody applies to nobody; a question without principal is put to a policy of the asker. */
export function principalApplies(statement: CompiledStatement, request: Pick<PolicyRequest, 'principal'>): Truth {
  const { principal } = request;
  const { principals, notPrincipals } = statement.source;
  if (principal === undefined) return true;
  if (principals !== undefined) return anyOf(principals, (named) => principalNames(named, principal));
  if (notPrincipals === undefined) return false;
  const named = anyOf(notPrincipals, (candidate) => principalNames(candidate, principal));
  // A role's session is spared only where account, role and session are all listed; the session's name is not known.
  return principal.type === 'AWS' && named !== false ? 'unknown' : not(named);
}

/** Conditions that are false in statements whose action fits: what keeps the request out. */
export function failingConditions(statements: readonly CompiledStatement[], request: PolicyRequest): CompiledCondition[] {
  return statements
    .filter((statement) => actionApplies(statement, request.action))
    .flatMap((statement) => statement.conditions.filter((condition) => conditionHolds(condition, request.context) === false));
}

/** Whether the resource is one of those that the statement is about. */
export function resourceApplies(statement: CompiledStatement, request: PolicyRequest): Truth {
  if (request.resource === undefined) return true;
  if (statement.resources !== undefined) return namedIn(statement.resources, request.resource, request.context);
  if (statement.notResources !== undefined) return not(namedIn(statement.notResources, request.resource, request.context));
  // A policy that hangs on a resource may leave the element out and means its own; one that hangs on a principal may not.
  return request.principal !== undefined;
}

/** A loop and no closure: every question of every statement comes by here. */
function namedIn(texts: readonly PolicyText[], resource: string, context: RequestContext): Truth {
  let result: Truth = false;
  for (const text of texts) {
    const pattern = patternFor(text, context);
    if (pattern === 'unknown') result = 'unknown';
    else if (pattern !== 'absent' && matchesPattern(pattern, resource)) return true;
  }
  return result;
}
