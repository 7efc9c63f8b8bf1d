import type { AwsRole, PolicyDocument } from '../../inventory/aws.ts';
import type { AwsIndex } from './aws-index.ts';
import { compilePolicy, evaluatePolicy, type PolicyAnswer } from './policy.ts';
import type { PolicyRequest } from './statement.ts';

/**
 * What a role's own policies say to a request: inline and attached ones together, cut down by its permissions boundary.
 * A policy that was not read makes every answer but an explicit deny conditional on it, unless another one decides.
 * Service control policies and session policies are not looked at here.
 */
export function evaluateIdentityPolicies(index: AwsIndex, role: AwsRole, request: PolicyRequest): PolicyAnswer {
  const documents = role.inlinePolicies.map((policy) => policy.document);
  const unread: string[] = role.policiesUnknown === true ? [`the policies of ${role.arn}`] : [];
  for (const arn of role.attachedPolicies) {
    const policy = index.managedPolicies.get(arn);
    if (policy === undefined) unread.push(`the policy ${arn}`);
    else documents.push(policy.document);
  }
  const own = together(documents, unread, request);
  const boundary = evaluateBoundary(index, role, request);
  return boundary === undefined || own.verdict === 'ExplicitlyDenied' ? own : both(own, boundary);
}

/** What a role's permissions boundary says; undefined where it has none. A boundary never allows, it only leaves allowed. */
export function evaluateBoundary(index: AwsIndex, role: AwsRole, request: PolicyRequest): PolicyAnswer | undefined {
  if (role.permissionsBoundary === undefined) return undefined;
  const boundary = index.managedPolicies.get(role.permissionsBoundary);
  if (boundary !== undefined) return together([boundary.document], [], request);
  return together([], [`the permissions boundary ${role.permissionsBoundary}`], request);
}

/** Each document is compiled for itself: their versions differ in what `${` means. */
function together(documents: readonly PolicyDocument[], unread: readonly string[], request: PolicyRequest): PolicyAnswer {
  const answers = documents.map((document) => evaluatePolicy(compilePolicy(document), request));
  const of = (verdict: PolicyAnswer['verdict']) => answers.filter((answer) => answer.verdict === verdict);
  const statements = (from: readonly PolicyAnswer[]) => from.flatMap((answer) => answer.statements);
  const denied = of('ExplicitlyDenied');
  if (denied.length > 0) return { verdict: 'ExplicitlyDenied', statements: statements(denied), dependsOn: [] };
  const allowed = of('Allowed');
  const open = of('Conditional');
  const denials = documents.flatMap((document) => possibleDenials(document, request));
  if (allowed.length > 0 && denials.length === 0) return { verdict: 'Allowed', statements: statements(allowed), dependsOn: [] };
  if (allowed.length > 0) return { verdict: 'Conditional', statements: statements(allowed), dependsOn: sorted(denials) };
  const dependsOn = sorted([...open.flatMap((answer) => answer.dependsOn), ...denials, ...unread]);
  if (open.length > 0 || unread.length > 0) return { verdict: 'Conditional', statements: statements(open), dependsOn };
  return { verdict: 'ImplicitlyDenied', statements: [], dependsOn: [] };
}

/** What the Deny statements of a document hang on that may apply: they are asked beside an Allow of everything. */
function possibleDenials(document: PolicyDocument, request: PolicyRequest): readonly string[] {
  const everything = { index: -1, effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] } as const;
  const denies = document.statements.filter((statement) => statement.effect === 'Deny');
  if (denies.length === 0 && document.unreadable === undefined) return [];
  return evaluatePolicy(compilePolicy({ ...document, statements: [everything, ...denies] }), request).dependsOn;
}

function sorted(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}

function both(own: PolicyAnswer, boundary: PolicyAnswer): PolicyAnswer {
  const denial = [boundary, own].find((answer) => answer.verdict === 'ExplicitlyDenied' || answer.verdict === 'ImplicitlyDenied');
  if (denial !== undefined) return denial;
  const verdict = own.verdict === 'Allowed' && boundary.verdict === 'Allowed' ? 'Allowed' : 'Conditional';
  const dependsOn = sorted([...own.dependsOn, ...boundary.dependsOn]);
  return { verdict, statements: [...own.statements, ...boundary.statements], dependsOn };
}
