import type { AwsRole, PolicyStatement } from '../../inventory/aws.ts';
import type { AwsIndex } from './aws-index.ts';
import type { RequestContext } from './context.ts';
import { evaluateBoundary, evaluateIdentityPolicies } from './identity-policies.ts';
import { evaluatePolicy, type PolicyAnswer } from './policy.ts';
import { type CompiledStatement, failingConditions, type PolicyRequest, principalApplies } from './statement.ts';

/** May a session of one role get another role? `context`: condition keys of the request beside those of the caller. */
export interface RoleChainQuestion {
  readonly from: AwsRole;
  readonly to: AwsRole;
  /** `sts:AssumeRole`, and `sts:TagSession` where session tags are passed. */
  readonly actions: readonly string[];
  readonly context: ReadonlyMap<string, readonly string[]>;
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
 * Evaluates both sides: the target's trust policy and the caller's own policies. Across accounts both must allow; within
 * one account a trust policy that names the role itself is enough, one that names the account leaves it to the role's
 * policies. A Deny or a permissions boundary of the caller always counts.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function canAssumeRole(index: AwsIndex, question: RoleChainQuestion): RoleChainAnswer {
  const statements: PolicyStatement[] = [];
  const dependsOn = new Set<string>();
  for (const action of question.actions) {
    const answer = oneAction(index, question, action);
    if (answer.canAssume === false) return answer;
    statements.push(...answer.statements);
    for (const item of answer.dependsOn) dependsOn.add(item);
  }
  if (dependsOn.size === 0)
    return { canAssume: true, code: 'ok', reason: 'Both policies allow it.', statements: [...new Set(statements)], dependsOn: [] };
  const open = [...dependsOn].sort();
  return {
    canAssume: 'conditional',
    code: 'condition-unknown',
    reason: `It hangs on ${open.join(', ')}.`,
    statements: [...new Set(statements)],
    dependsOn: open,
  };
}

function oneAction(index: AwsIndex, question: RoleChainQuestion, action: string): RoleChainAnswer {
  const { from, to } = question;
  const context = callerContext(question);
  const request: PolicyRequest = { principal: { type: 'AWS', value: from.arn }, action, context };
  const trustPolicy = index.trust.get(to.arn);
  if (trustPolicy === undefined) return refusal('role-missing', `The role \`${to.arn}\` is not there.`);
  const trust = evaluatePolicy(trustPolicy, request);
  if (trust.verdict === 'ExplicitlyDenied') return refusal('explicit-deny', 'A Deny statement of the trust policy applies.');
  if (trust.verdict === 'ImplicitlyDenied') return trustRefusal(trustPolicy.statements, request);
  const own = ownSide(index, question, { action, context, trusting: trust.statements });
  if (own.verdict === 'ExplicitlyDenied')
    return refusal('identity-explicit-deny', `A policy of \`${from.arn}\` denies ${action} on the target.`);
  if (own.verdict === 'ImplicitlyDenied') {
    return refusal('no-identity-allow', `No policy of \`${from.arn}\` allows ${action} on \`${to.arn}\`.`);
  }
  const dependsOn = [...trust.dependsOn, ...own.dependsOn];
  const statements = [...trust.statements, ...own.statements];
  return { canAssume: dependsOn.length === 0 ? true : 'conditional', code: 'ok', reason: '', statements, dependsOn };
}

/** The caller's own policies. Where the target is of the same account and names the caller itself, only its boundary has to agree. */
function ownSide(
  index: AwsIndex,
  question: RoleChainQuestion,
  asked: { readonly action: string; readonly context: RequestContext; readonly trusting: readonly PolicyStatement[] },
): PolicyAnswer {
  const { from, to } = question;
  const request: PolicyRequest = { action: asked.action, resource: to.arn, context: asked.context };
  const identity = evaluateIdentityPolicies(index, from, request);
  const named = from.account === to.account && namesRole(asked.trusting, from);
  if (!named || identity.verdict !== 'ImplicitlyDenied') return identity;
  return evaluateBoundary(index, from, request) ?? { verdict: 'Allowed', statements: [], dependsOn: [] };
}

function callerContext(question: RoleChainQuestion): RequestContext {
  const { from, context } = question;
  const values = new Map(context);
  values.set('aws:principalarn', [from.arn]);
  values.set('aws:principalaccount', [from.account]);
  values.set('aws:principaltype', ['AssumedRole']);
  return { values, isAbsent: (key) => question.isAbsent(key) };
}

function namesRole(statements: readonly PolicyStatement[], role: AwsRole): boolean {
  return statements.some(
    (statement) => statement.principals?.some((principal) => principal.value === role.arn || principal.value === '*') === true,
  );
}

/** The nearest statement says what is wrong: nobody named the caller, or a condition is false. */
function trustRefusal(statements: readonly CompiledStatement[], request: PolicyRequest): RoleChainAnswer {
  const naming = statements.filter((statement) => statement.source.effect === 'Allow' && principalApplies(statement, request) !== false);
  if (naming.length === 0) return refusal('trust-other-principal', 'The trust policy of the target names another principal.');
  const failing = failingConditions(naming, request);
  const codes = ['aws:requesttag/', 'sts:externalid', 'aws:principalarn'];
  const failed = codes
    .map((key) => failing.find((condition) => condition.key.startsWith(key)))
    .find((condition) => condition !== undefined);
  const first = failed ?? failing[0];
  if (first === undefined) return refusal('action-not-allowed', `The trust policy of the target does not allow ${request.action}.`);
  const code = first.key.startsWith('aws:requesttag/')
    ? 'tag-mismatch'
    : first.key === 'sts:externalid'
      ? 'external-id'
      : first.key === 'aws:principalarn'
        ? 'principal-arn'
        : 'condition-false';
  return refusal(code, `The target's condition ${first.source.operator} on \`${first.source.key}\` is false.`);
}

function refusal(code: string, reason: string): RoleChainAnswer {
  return { canAssume: false, code, reason, statements: [], dependsOn: [] };
}
