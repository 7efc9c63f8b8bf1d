import type { AwsRole } from '../../inventory/aws.ts';
import type { AwsIndex } from './aws-index.ts';
import { evaluatePolicy } from './policy.ts';
import type { WebIdentityAnswer, WebIdentityQuestion } from './web-identity-answer.ts';
import { gateOf, type WebIdentityGate } from './web-identity-gate.ts';
import { allowedBecause, deniedBecause } from './web-identity-reason.ts';
import { webIdentityRequest } from './web-identity-request.ts';

export type { WebIdentityAnswer, WebIdentityQuestion } from './web-identity-answer.ts';

/**
 * Answers as STS does for AssumeRoleWithWebIdentity with a token of this cluster: the provider is registered in the role's
 * own account, the audience is among its client ids, the trust policy allows it. Whether the pod gets such a token by
 * itself is another question (links.ts): whoever writes the pod may project a token of any audience.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function canAssumeWithWebIdentity(index: AwsIndex, question: WebIdentityQuestion): WebIdentityAnswer {
  const gate = gateOf(index, question);
  return 'answer' in gate ? gate.answer : answerPastGate(gate, question.serviceAccount);
}

/** The part of the answer that differs from one service account to the next. */
export function answerPastGate(gate: Extract<WebIdentityGate, { readonly role: AwsRole }>, serviceAccount: string): WebIdentityAnswer {
  const subject = subjectOf(serviceAccount);
  const request = webIdentityRequest(gate, subject);
  const { verdict, statements, dependsOn } = evaluatePolicy(gate.trust, request);
  const open = [...gate.dependsOn, ...dependsOn];
  switch (verdict) {
    case 'Allowed':
      if (open.length === 0) return { canAssume: true, ...allowedBecause(gate, statements, subject), statements, dependsOn: [] };
      return { canAssume: 'conditional', code: gate.code ?? 'provider-not-read', reason: hangsOn(open), statements, dependsOn: open };
    case 'Conditional':
      return { canAssume: 'conditional', code: 'condition-unknown', reason: hangsOn(open), statements, dependsOn: open };
    case 'ExplicitlyDenied':
      return {
        canAssume: false,
        code: 'explicit-deny',
        reason: 'A Deny statement of the trust policy applies.',
        statements,
        dependsOn: [],
      };
    case 'ImplicitlyDenied':
      return { canAssume: false, ...deniedBecause(gate, request, subject), dependsOn: [] };
  }
}

/** The `sub` of a service account's token. */
export function subjectOf(serviceAccount: string): string {
  const slash = serviceAccount.indexOf('/');
  return `system:serviceaccount:${serviceAccount.slice(0, slash)}:${serviceAccount.slice(slash + 1)}`;
}

function hangsOn(dependsOn: readonly string[]): string {
  return `The trust policy allows it, depending on ${dependsOn.map((item) => `\`${item}\``).join(', ')}.`;
}
