import type { PolicyCondition } from '../../inventory/aws.ts';
import { isPresent, lookUp, type RequestContext } from './context.ts';
import { OPERATORS, type Operator, type ValueTest } from './operator.ts';
import { readPolicyText, unknownVariables } from './policy-text.ts';
import { allOf, anyOf, not, type Truth } from './truth.ts';

/** A condition, read once. `operator` undefined: `Null`, or an operator that does not exist. */
export interface CompiledCondition {
  readonly source: PolicyCondition;
  /** Lower case. */
  readonly key: string;
  readonly quantifier?: 'any' | 'all';
  readonly ifExists: boolean;
  readonly isNull: boolean;
  readonly operator?: Operator;
  readonly tests: readonly ValueTest[];
}

/** Reads `ForAnyValue:StringLikeIfExists` and the like; `variables`: the document's version knows `${…}`. */
export function compileCondition(source: PolicyCondition, variables: boolean): CompiledCondition {
  let name = source.operator.toLowerCase();
  const quantifier = name.startsWith('foranyvalue:') ? 'any' : name.startsWith('forallvalues:') ? 'all' : undefined;
  if (quantifier !== undefined) name = name.slice(name.indexOf(':') + 1);
  const ifExists = name.endsWith('ifexists');
  if (ifExists) name = name.slice(0, -'ifexists'.length);
  const operator = OPERATORS.get(name);
  return {
    source,
    key: source.key.toLowerCase(),
    ...(quantifier === undefined ? {} : { quantifier }),
    ifExists,
    isNull: name === 'null' && !ifExists && quantifier === undefined,
    ...(operator === undefined ? {} : { operator }),
    tests: operator === undefined ? [] : source.values.map((value) => operator.compile(value, variables)),
  };
}

/**
 * Whether a condition holds. Values of one key are alternatives; under a negated operator none may fit. A key that is not
 * part of the request: false, but true for negated operators, `IfExists` and `ForAllValues`; false for `ForAnyValue`
 * whatever its operator. A key that nobody knows: unknown.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionHolds(condition: CompiledCondition, context: RequestContext): Truth {
  if (condition.isNull) return nullHolds(condition, context);
  const { operator, quantifier } = condition;
  if (operator === undefined) return 'unknown';
  const values = lookUp(context, condition.key);
  if (values === 'unknown') return 'unknown';
  if (values === 'absent' || values.length === 0) {
    if (condition.ifExists || quantifier === 'all') return true;
    return quantifier === undefined && operator.negated;
  }
  const fits = (value: string) => fitsOne(condition, { value, context });
  if (quantifier === 'all') return allOf(values, (value) => (operator.negated ? not(fits(value)) : fits(value)));
  if (quantifier === 'any') return anyOf(values, (value) => (operator.negated ? not(fits(value)) : fits(value)));
  return operator.negated ? not(anyOf(values, fits)) : anyOf(values, fits);
}

/** What an unknown answer hangs on: the key itself, else the variables of the policy's values, else again the key. */
export function unknownKeys(condition: CompiledCondition, context: RequestContext): string[] {
  if (lookUp(context, condition.key) === 'unknown') return [condition.source.key];
  const variables = condition.source.values.flatMap((value) =>
    unknownVariables(readPolicyText(value, { wildcards: false, variables: true }), context),
  );
  return variables.length > 0 ? variables : [condition.source.key];
}

/** A value with a variable that has no value fits nothing; what that makes of a negation is not documented. */
function fitsOne(condition: CompiledCondition, request: { readonly value: string; readonly context: RequestContext }): Truth {
  return anyOf(condition.tests, (test) => {
    const result = test(request.value, request.context);
    if (result !== 'absent') return result;
    return condition.operator?.negated === true ? 'unknown' : false;
  });
}

/** `Null` with `true` asks that the key is not there, with `false` that it is. */
function nullHolds(condition: CompiledCondition, context: RequestContext): Truth {
  const present = isPresent(context, condition.key);
  return anyOf(condition.source.values, (value) => {
    const wanted = value.toLowerCase();
    if (wanted === 'true') return not(present);
    return wanted === 'false' ? present : 'unknown';
  });
}
