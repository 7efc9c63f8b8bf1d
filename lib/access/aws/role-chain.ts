import type { AwsRole, AwsUser, PolicyStatement } from '../../inventory/aws.ts';
import { weigh } from './access.ts';
import type { AwsIndex } from './aws-index.ts';
import type { RequestContext } from './context.ts';
import { type Asked, type Investigation, investigate } from './investigation.ts';
import { type CompiledStatement, failingConditions, type PolicyRequest, principalApplies } from './statement.ts';

/** May a session of one role, or a user, get another role? `context`: condition keys of the request beside those of the caller. */
export interface RoleChainQuestion {
  readonly from: AwsRole | AwsUser;
  readonly to: AwsRole;
  /** `sts:AssumeRole`, and `sts:TagSession` where session tags are passed. */
  readonly actions: readonly string[];
  /** By key in lower case. */
  readonly context: RequestContext['values'];
  isAbsent(key: string): boolean;
}

/** The answer, with a code for machines and a sentence for people. */
export interface RoleChainAnswer {
  readonly canAssume: boolean | 'conditional';
  readonly code: string;
  readonly reason: string;
  readonly statements: readonly PolicyStatement[];
  readonly dependsOn: readonly string[];
}

/**
 * Evaluates both sides: the target's trust policy and the caller's own policies with its boundary and the organisation above it. Across
 * accounts both must allow; within one account a trust policy that names the caller itself is enough, one that names the account leaves it
 * to the caller's policies. Of what fails, the trust policy is told first.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function canAssumeRole(index: AwsIndex, question: RoleChainQuestion): RoleChainAnswer {
  const statements = new Set<PolicyStatement>();
  const dependsOn = new Set<string>();
  if (!index.trust.has(question.to.arn)) return refusal('role-missing', `The role \`${question.to.arn}\` is not there.`);
  for (const action of question.actions) {
    const answer = oneAction(index, question, action);
    if (answer.canAssume === false) return answer;
    for (const statement of answer.statements) statements.add(statement);
    for (const item of answer.dependsOn) dependsOn.add(item);
  }
  if (dependsOn.size === 0)
    return { canAssume: true, code: 'ok', reason: 'Both policies allow it.', statements: [...statements], dependsOn: [] };
  const open = [...dependsOn].sort();
  return {
    canAssume: 'conditional',
    code: 'condition-unknown',
    reason: `It hangs on ${open.join(', ')}.`,
    statements: [...statements],
    dependsOn: open,
  };
}

function oneAction(index: AwsIndex, { from, to, context, isAbsent }: RoleChainQuestion, action: string): RoleChainAnswer {
  const found = investigate(index, { principal: from, action, resource: to.arn, context: { values: context, isAbsent } });
  const { verdict, by, dependsOn } = weigh(found);
  if (verdict.endsWith('Denied')) return refusalOf(found);
  const statements = by.flatMap(({ statement }) => (statement === undefined ? [] : [statement]));
  return { canAssume: verdict === 'Allowed' ? true : 'conditional', code: 'ok', reason: '', statements, dependsOn };
}

function refusalOf(found: Investigation): RoleChainAnswer {
  const { question, identity, boundary, organization, granted, request } = found;
  const { principal, action, resource: target } = question;
  if (granted?.finding.deny === true) return refusal('explicit-deny', 'A Deny statement of the trust policy applies.');
  if (granted === undefined || granted.finding.allow === false)
    return trustRefusal(granted, { ...request, principal: { type: 'AWS', value: principal.arn } });
  const denies = (asked: Asked | undefined): boolean => asked?.finding.deny === true;
  if (organization.some(denies)) return refusal('scp', `A service control policy denies ${action} to account ${principal.account}.`);
  if (denies(identity) || denies(boundary))
    return refusal('identity-explicit-deny', `A policy of \`${principal.arn}\` denies ${action} on the target.`);
  if (identity.finding.allow === false && !granted.grants.has('principal'))
    return refusal('no-identity-allow', `No policy of \`${principal.arn}\` allows ${action} on \`${target}\`.`);
  if (boundary?.finding.allow === false)
    return refusal('permissions-boundary', `The permissions boundary of \`${principal.arn}\` does not allow ${action} on \`${target}\`.`);
  if (organization.some(({ finding }) => finding.allow === false))
    return refusal('scp', `The service control policies of account ${principal.account} do not allow ${action}.`);
  return refusal('no-identity-allow', `No policy of \`${principal.arn}\` allows ${action} on \`${target}\`.`);
}

/** Codes of conditions by the beginning of their key; the first that fails in this order is told. */
const CONDITION_CODES: readonly (readonly [key: string, code: string])[] = [
  ['aws:principalarn', 'principal-arn'],
  ['aws:requesttag/', 'tag-mismatch'],
  ['sts:externalid', 'external-id'],
  ['aws:multifactorauth', 'mfa'],
];

/** The nearest statement says what is wrong: nobody named the caller, or a condition is false. */
function trustRefusal(granted: Asked | undefined, request: PolicyRequest): RoleChainAnswer {
  const statements: readonly CompiledStatement[] = granted?.set.policies.flatMap(({ compiled }) => compiled.statements) ?? [];
  const naming = statements.filter((statement) => statement.source.effect === 'Allow' && principalApplies(statement, request) !== false);
  if (naming.length === 0) return refusal('trust-other-principal', 'The trust policy of the target names another principal.');
  const failing = failingConditions(naming, request);
  const coded = CONDITION_CODES.flatMap(([key, code]) =>
    failing.filter((condition) => condition.key.startsWith(key)).map((condition) => ({ condition, code })),
  );
  const first = coded[0] ?? failing.map((condition) => ({ condition, code: 'condition-false' }))[0];
  if (first === undefined) return refusal('action-not-allowed', `The trust policy of the target does not allow ${request.action}.`);
  const { operator, key } = first.condition.source;
  return refusal(first.code, `The target's condition ${operator} on \`${key}\` is false.`);
}

function refusal(code: string, reason: string): RoleChainAnswer {
  return { canAssume: false, code, reason, statements: [], dependsOn: [] };
}
