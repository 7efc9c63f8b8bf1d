import type { PolicyCondition, PolicyDocument, PolicyPrincipal, PolicyStatement } from '../../inventory/aws.ts';

type Json = Readonly<Record<string, unknown>>;

const oneOrMany = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? (values[0] as string) : values);

function principalJson(principals: readonly PolicyPrincipal[]): unknown {
  if (principals.some(({ type }) => type === '*')) return '*';
  const byType = Map.groupBy(principals, ({ type }) => type);
  return Object.fromEntries([...byType].map(([type, named]) => [type, oneOrMany(named.map(({ value }) => value))]));
}

function conditionJson(conditions: readonly PolicyCondition[]): Json {
  const byOperator = Map.groupBy(conditions, ({ operator }) => operator);
  return Object.fromEntries(
    [...byOperator].map(([operator, keys]) => [operator, Object.fromEntries(keys.map(({ key, values }) => [key, oneOrMany(values)]))]),
  );
}

/**
 * A statement as IAM takes it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function statementJson(statement: PolicyStatement): Json {
  const { sid, effect, principals, notPrincipals, actions, notActions, resources, notResources, conditions } = statement;
  const elements: readonly (readonly [string, unknown])[] = [
    ['Sid', sid],
    ['Effect', effect],
    ['Principal', principals && principalJson(principals)],
    ['NotPrincipal', notPrincipals && principalJson(notPrincipals)],
    ['Action', actions && oneOrMany(actions)],
    ['NotAction', notActions && oneOrMany(notActions)],
    ['Resource', resources && oneOrMany(resources)],
    ['NotResource', notResources && oneOrMany(notResources)],
    ['Condition', conditions.length === 0 ? undefined : conditionJson(conditions)],
  ];
  return Object.fromEntries(elements.filter(([, value]) => value !== undefined));
}

/** A document as IAM takes it, with these statements instead of its own; one that says no version is of 2008, which IAM writes too. */
export const policyJson = ({ version }: Pick<PolicyDocument, 'version'>, statements: readonly object[]): Json => ({
  ...(version === undefined ? {} : { Version: version }),
  Statement: statements,
});
