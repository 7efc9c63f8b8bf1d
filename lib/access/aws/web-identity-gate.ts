import type { AwsRole } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { type AwsIndex, isRoleArn } from './aws-index.ts';
import type { CompiledPolicy } from './policy.ts';
import { actionApplies, type CompiledStatement, principalApplies } from './statement.ts';
import type { WebIdentityAnswer } from './web-identity-answer.ts';
import { ASSUME_WITH_WEB_IDENTITY, type TokenIssue } from './web-identity-request.ts';

/** Either the answer for every service account, or what is left to ask for each. */
export type WebIdentityGate =
  | { readonly answer: WebIdentityAnswer }
  | (TokenIssue & {
      readonly role: AwsRole;
      readonly trust: CompiledPolicy;
      /** What was not read and could still say no, with the code for it. */
      readonly dependsOn: readonly string[];
      readonly code?: string;
    });

/** Decides once per role and audience what does not hang on the service account. */
export function gateOf(index: AwsIndex, question: { readonly roleArn: string; readonly audience: string }): WebIdentityGate {
  const { roleArn, audience } = question;
  const role = index.roles.get(roleArn);
  const trust = index.trust.get(roleArn);
  if (role === undefined || trust === undefined) return { answer: unknownRole(index, roleArn) };
  if (trust.unreadable !== undefined) {
    const reason = `The trust policy could not be read: ${trust.unreadable}.`;
    return conditional('trust-unreadable', reason, 'a trust policy that can be read');
  }
  const federated = trust.statements.filter((statement) => statement.source.effect === 'Allow' && mayNameFederated(statement));
  if (federated.length === 0) return no('not-web-identity', 'No statement of the trust policy allows an identity provider.');
  const { issuer } = index;
  if (issuer === undefined) return conditional('issuer-unknown', "The cluster's OIDC issuer is not known.", "the cluster's OIDC issuer");
  const providerArn = providerArnFor(role, issuer);
  const principal = { type: 'Federated' as const, value: providerArn };
  const ours = federated.filter((statement) => principalApplies(statement, { principal }) !== false);
  if (ours.length === 0) return { answer: foreignProvider(index, federated, { role, issuer }) };
  const provider = index.providers.get(providerArn);
  if (provider === undefined && index.accountsWithProviders.has(role.account)) {
    return no('provider-missing', `The issuer \`${issuer}\` is not registered as an OIDC provider in account ${role.account}.`);
  }
  if (provider?.clientIds !== undefined && !provider.clientIds.includes(audience)) {
    return no('audience-not-registered', `The audience \`${audience}\` is not among the client ids of the OIDC provider.`);
  }
  if (!ours.some((statement) => actionApplies(statement, ASSUME_WITH_WEB_IDENTITY))) {
    const actions = ours.flatMap((statement) => statement.source.actions ?? []).join(', ');
    return no('wrong-action', `The action is ${actions || 'another one'}; a web identity call needs ${ASSUME_WITH_WEB_IDENTITY}.`);
  }
  return { role, trust, issuer, providerArn, audience, ...unread(provider, role) };
}

/** ARN that the issuer's provider has in the role's own account and partition, where STS looks it up. */
export function providerArnFor(role: AwsRole, issuer: string): string {
  return `arn:${splitArn(role.arn)?.partition ?? 'aws'}:iam::${role.account}:oidc-provider/${issuer}`;
}

function unread(provider: { readonly clientIds?: readonly string[] } | undefined, role: AwsRole) {
  if (provider?.clientIds !== undefined) return { dependsOn: [] };
  if (provider !== undefined) return { dependsOn: ['the client ids of the OIDC provider'], code: 'client-ids-not-read' };
  return { dependsOn: [`the OIDC providers of account ${role.account}`], code: 'provider-not-read' };
}

/** `*` names everybody, an identity provider's users too. */
function mayNameFederated(statement: CompiledStatement): boolean {
  const { principals, notPrincipals } = statement.source;
  if (principals === undefined) return notPrincipals !== undefined;
  return principals.some(({ type, value }) => {
    if (type === '*' || (type === 'AWS' && value === '*')) return true;
    return type === 'Federated' && !value.includes(':saml-provider/');
  });
}

function foreignProvider(
  index: AwsIndex,
  statements: readonly CompiledStatement[],
  asked: { readonly role: AwsRole; readonly issuer: string },
): WebIdentityAnswer {
  const { role, issuer } = asked;
  const named = statements.flatMap((statement) => statement.source.principals ?? []).map((principal) => principal.value);
  const elsewhere = named.find((value) => value.endsWith(`:oidc-provider/${issuer}`));
  if (elsewhere !== undefined) {
    const there = elsewhere.slice(0, elsewhere.indexOf(':oidc-provider/'));
    const reason = `The trusted provider is in \`${there}\`; STS looks the issuer up in the role's own account and partition, \`${role.arn.slice(0, role.arn.indexOf(':role/'))}\`.`;
    return refusal('provider-other-account', reason);
  }
  const gone = named.filter((value) => value.startsWith('arn:') && !index.providers.has(value));
  if (index.accountsWithProviders.has(role.account) && gone.length > 0 && gone.length === named.length) {
    return refusal('provider-missing', `The trusted provider \`${gone[0]}\` is not registered in account ${role.account}.`);
  }
  return refusal('wrong-issuer', `The trusted provider is \`${named[0]}\`; this cluster's tokens come from \`${issuer}\`.`);
}

function unknownRole(index: AwsIndex, roleArn: string): WebIdentityAnswer {
  if (!isRoleArn(roleArn)) return refusal('invalid-arn', `\`${roleArn}\` is no ARN of an IAM role.`);
  const account = splitArn(roleArn)?.account ?? '';
  if (!index.accounts.has(account)) {
    const dependsOn = [`the roles of account ${account}`];
    const reason = `The roles of account ${account} were not read.`;
    return { canAssume: 'conditional', code: 'role-not-read', reason, statements: [], dependsOn };
  }
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const namesake = [...index.roles.values()].find((role) => role.account === account && role.name === name);
  const hint = namesake === undefined ? '' : ` There is \`${namesake.arn}\`: the path is part of the ARN.`;
  return refusal('role-missing', `Account ${account} has no role \`${roleArn}\`.${hint}`);
}

function conditional(code: string, reason: string, dependsOn: string): WebIdentityGate {
  return { answer: { canAssume: 'conditional', code, reason, statements: [], dependsOn: [dependsOn] } };
}

function no(code: string, reason: string): WebIdentityGate {
  return { answer: refusal(code, reason) };
}

function refusal(code: string, reason: string): WebIdentityAnswer {
  return { canAssume: false, code, reason, statements: [], dependsOn: [] };
}
