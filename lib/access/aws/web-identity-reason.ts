import type { PolicyStatement } from '../../inventory/aws.ts';
import { type CompiledCondition, conditionHolds } from './condition.ts';
import { isPresent } from './context.ts';
import { wouldMatchAsPattern } from './operator.ts';
import type { CompiledPolicy } from './policy.ts';
import { actionApplies, type CompiledStatement, type PolicyRequest, principalApplies } from './statement.ts';
import { ASSUME_WITH_WEB_IDENTITY, type TokenIssue, webIdentityRequest } from './web-identity-request.ts';

/** Why, as a code and as a sentence. */
export interface Because {
  readonly code: string;
  readonly reason: string;
}

/** Codes of trust policies that leave the subject open to every service account of the cluster. */
export const OPEN_CODES: ReadonlySet<string> = new Set([
  'no-condition',
  'no-sub-condition',
  'sub-not-compared',
  'ifexists-missing-key',
  'forallvalues-missing-key',
  'negated-missing-key',
  'any-subject',
]);

type Judged = TokenIssue & { readonly trust: CompiledPolicy };

/** Says by what the trust policy lets the subject in; of several statements the one that names it most closely. */
export function allowedBecause(gate: Judged, statements: readonly PolicyStatement[], subject: string): Because {
  const allowing = new Set(statements);
  const found = gate.trust.statements
    .filter((statement) => allowing.has(statement.source))
    .map((statement) => allowedBy(statement, { gate, subject }));
  return found.find((because) => !OPEN_CODES.has(because.code)) ?? found[0] ?? { code: 'allowed', reason: 'The trust policy allows it.' };
}

function allowedBy(statement: CompiledStatement, asked: { readonly gate: Judged; readonly subject: string }): Because {
  const key = `${asked.gate.issuer.toLowerCase()}:sub`;
  const aboutSubject = statement.conditions.filter((condition) => condition.key === key);
  const compared = aboutSubject.filter((condition) => !condition.isNull);
  if (compared.length === 0) return openBecause(statement, asked, aboutSubject.length > 0);
  const positive = compared.find((condition) => condition.operator?.negated === false);
  if (positive === undefined) return { code: 'all-but', reason: 'The trust policy excludes some subjects and so lets in all others.' };
  const how = comparedBecause(positive, asked.subject);
  const named = (statement.source.actions ?? []).some((action) => action.toLowerCase() === ASSUME_WITH_WEB_IDENTITY.toLowerCase());
  if (named || OPEN_CODES.has(how.code)) return how;
  const action = statement.source.actions?.join(', ') ?? 'NotAction';
  return { code: 'action-wildcard', reason: `Action ${action} covers ${ASSUME_WITH_WEB_IDENTITY}. ${how.reason}` };
}

/** Nothing compares the subject: either nothing tries to, or what tries to asks for a key that no token of a cluster has. */
function openBecause(statement: CompiledStatement, asked: { readonly gate: Judged }, present: boolean): Because {
  const { context } = webIdentityRequest(asked.gate, '');
  const vain = statement.conditions.find((condition) => !condition.isNull && isPresent(context, condition.key) === false);
  if (vain !== undefined) {
    const name = vain.source.key.slice(vain.source.key.lastIndexOf(':'));
    const kind = vain.ifExists ? 'ifexists' : vain.quantifier === 'all' ? 'forallvalues' : 'negated';
    return {
      code: `${kind}-missing-key`,
      reason: `${name} is no key of the request and \`${vain.source.operator}\` is true of a missing key, so nothing limits the subject.`,
    };
  }
  if (present) return { code: 'sub-not-compared', reason: 'The condition only asks that :sub is there, and it always is.' };
  if (statement.conditions.length === 0)
    return { code: 'no-condition', reason: 'The statement has no condition: every service account of the cluster.' };
  return { code: 'no-sub-condition', reason: 'No condition on :sub: every service account of the cluster.' };
}

function comparedBecause(condition: CompiledCondition, subject: string): Because {
  const { operator, values } = condition.source;
  const fitting =
    values.find((value) => value === subject) ?? values.find((value) => wouldMatchAsPattern(value, subject)) ?? values[0] ?? '';
  if (condition.operator?.exact !== true) {
    const kind = wildcardKind(fitting);
    if (OPEN_CODES.has(kind)) return { code: kind, reason: `${operator} \`${fitting}\` matches every service account of the cluster.` };
    if (condition.quantifier === 'any')
      return { code: 'foranyvalue', reason: 'ForAnyValue: the one value of :sub must match one of the listed patterns.' };
    return { code: kind, reason: `${operator} \`${fitting}\` matches \`${subject}\`.` };
  }
  if (condition.quantifier === 'any')
    return { code: 'foranyvalue', reason: 'ForAnyValue: the one value of :sub must be one of the listed values.' };
  if (operator.toLowerCase().includes('ignorecase'))
    return { code: 'ignore-case', reason: `${operator} names this service account in another case.` };
  if (values.length > 1) return { code: 'exact-list', reason: `A list under ${operator} is an OR of exact values.` };
  return { code: 'exact', reason: `${operator} on :sub names exactly this service account.` };
}

function wildcardKind(pattern: string): string {
  if (!/[*?]/.test(pattern)) return 'exact';
  const [system, account, namespace, name, ...more] = pattern.split(':');
  const open = (part: string | undefined) => part !== undefined && /^\*+$/.test(part);
  const last = pattern.slice(pattern.lastIndexOf(':') + 1);
  if (open(last) && 'system:serviceaccount:'.startsWith(pattern.slice(0, -last.length))) return 'any-subject';
  if (system !== 'system' || account !== 'serviceaccount' || namespace === undefined || more.length > 0) return 'wildcard';
  if (name === undefined) return namespace.endsWith('*') ? 'prefix-wildcard' : 'wildcard';
  if (open(namespace)) return open(name) ? 'any-subject' : 'any-namespace-wildcard';
  if (/[*?]/.test(namespace)) return 'prefix-wildcard';
  if (open(name)) return 'namespace-wildcard';
  return name.includes('*') ? 'name-wildcard' : 'question-wildcard';
}

/** Nearest first: the statement that fails for the least is the one that was meant. */
const DENIED_CODES = ['wildcard-in-stringequals', 'subject-mismatch', 'audience-mismatch', 'missing-key', 'condition-false'];

/** Says what keeps the subject out, and which statement came nearest to letting it in. */
export function deniedBecause(
  gate: Judged,
  request: PolicyRequest,
  subject: string,
): Because & { readonly statements: readonly PolicyStatement[] } {
  const found = gate.trust.statements
    .filter(
      (statement) =>
        statement.source.effect === 'Allow' && actionApplies(statement, request.action) && principalApplies(statement, request) !== false,
    )
    .map((statement) => ({ ...failureOf(statement, { gate, request, subject }), statements: [statement.source] }));
  found.sort((one, other) => DENIED_CODES.indexOf(one.code) - DENIED_CODES.indexOf(other.code));
  return found[0] ?? { code: 'wrong-action', reason: `No statement allows ${ASSUME_WITH_WEB_IDENTITY}.`, statements: [] };
}

interface Refused {
  readonly gate: Judged;
  readonly request: PolicyRequest;
  readonly subject: string;
}

function failureOf(statement: CompiledStatement, refused: Refused): Because {
  const { gate, request, subject } = refused;
  const issuer = gate.issuer.toLowerCase();
  const failing = statement.conditions.filter((condition) => conditionHolds(condition, request.context) === false);
  const missing = failing.find((condition) => !condition.isNull && isPresent(request.context, condition.key) === false);
  if (missing !== undefined) {
    return {
      code: 'missing-key',
      reason: `\`${missing.source.key}\` is no key of the request and ${missing.source.operator} on a missing key is false.`,
    };
  }
  const audience = failing.find((condition) => condition.key === `${issuer}:aud`);
  if (audience !== undefined) {
    return {
      code: 'audience-mismatch',
      reason: `The trust policy wants the audience \`${audience.source.values.join('`, `')}\`; the token's is \`${gate.audience}\`.`,
    };
  }
  const bySubject = failing.find((condition) => condition.key === `${issuer}:sub`);
  if (bySubject !== undefined) return subjectFailure(bySubject, subject);
  return { code: 'condition-false', reason: `The condition on \`${failing[0]?.source.key ?? 'a key'}\` is false.` };
}

function subjectFailure(condition: CompiledCondition, subject: string): Because {
  const { operator, values } = condition.source;
  if (condition.operator?.exact === true && !condition.operator.negated && values.some((value) => /[*?]/.test(value))) {
    return { code: 'wildcard-in-stringequals', reason: `${operator} takes * and ? as characters; StringLike is meant.` };
  }
  if (values.some((value) => value !== subject && value.toLowerCase() === subject.toLowerCase())) {
    return { code: 'subject-mismatch', reason: `${operator} compares case: the subject is \`${subject}\`.` };
  }
  return { code: 'subject-mismatch', reason: `No :sub condition of the trust policy matches ${subject}.` };
}
