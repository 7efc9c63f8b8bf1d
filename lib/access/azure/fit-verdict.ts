import type { AksCluster, AzureIdentity } from '../../inventory/azure.ts';
import type { CloudEvidence } from '../cloud/link.ts';
import { type CredentialFit, credentialEvidence, fitOf, type ShownToken } from './federated-credential.ts';
import type { LinkFacts } from './link-facts.ts';

/** What the identity's credentials say to a token: `true` it is let in, `false` not, `conditional` it hangs on something. */
export interface FitVerdict {
  readonly works: boolean | 'conditional';
  readonly code: string;
  readonly reason: string;
  readonly evidence: readonly CloudEvidence[];
  readonly dependsOn: readonly string[];
}

/** Compares a token with all credentials of an identity: the one that fits, or what is wrong with the one that comes closest. */
export function verdictOf(facts: LinkFacts, identity: AzureIdentity, token: ShownToken): FitVerdict {
  const key = identity.resourceId.toLowerCase();
  const fits = (facts.credentials.get(key) ?? []).map((credential) => fitOf(credential, token));
  const fitting = fits.find(({ issuer, subject, audience }) => issuer && audience && subject === true);
  if (fitting !== undefined) return fittingVerdict(fitting, identity);
  const open = fits.find(({ issuer, subject, audience }) => issuer && audience && subject === 'unknown');
  if (open !== undefined) return openVerdict(open, identity);
  if (!facts.credentialsRead.has(key)) return unreadVerdict(identity);
  const closest = [...fits].sort((one, other) => rank(one) - rank(other))[0];
  return closest === undefined ? noCredential(identity) : mismatch(facts, closest, { identity, token });
}

export function fittingVerdict({ credential }: CredentialFit, identity: AzureIdentity): FitVerdict {
  const flexible = credential.expression !== undefined;
  const says = flexible ? `lets in subjects that fit \`${credential.expression}\`` : `names subject \`${credential.subject}\``;
  return {
    works: true,
    code: flexible ? 'flexible' : 'exact',
    reason: flexible
      ? `The expression of credential \`${credential.name}\` fits the service account; flexible credentials are a preview.`
      : `Credential \`${credential.name}\` of \`${identity.name}\` names issuer, subject and audience exactly.`,
    evidence: [credentialEvidence(credential, identity, flexible ? 'claimsMatchingExpression' : 'subject', says)],
    dependsOn: [],
  };
}

export function openVerdict({ credential, dependsOn }: CredentialFit, identity: AzureIdentity): FitVerdict {
  return {
    works: 'conditional',
    code: 'flexible',
    reason: `Credential \`${credential.name}\` of \`${identity.name}\` lets in what fits its expression, which cannot be decided here.`,
    evidence: [credentialEvidence(credential, identity, 'claimsMatchingExpression', `lets in what fits \`${credential.expression}\``)],
    dependsOn,
  };
}

function unreadVerdict({ name }: AzureIdentity): FitVerdict {
  return {
    works: 'conditional',
    code: 'credentials-unread',
    reason: `The federated credentials of \`${name}\` were not all read.`,
    evidence: [],
    dependsOn: [`federated credentials of \`${name}\`, which were not all read`],
  };
}

function noCredential({ name, resourceId, kind }: AzureIdentity): FitVerdict {
  const evidence = {
    kind: kind === 'application' ? 'AzureApplication' : 'AzureIdentity',
    name: resourceId,
    pointer: '/id',
    says: 'has no federated credential',
  };
  return {
    works: false,
    code: 'no-credential',
    reason: `\`${name}\` has no federated credential, so no token is exchanged for it.`,
    evidence: [evidence],
    dependsOn: [],
  };
}

/** Which of several credentials was meant for the token: the fewer parts are wrong, the likelier; a right subject tells most. */
function rank({ issuer, subject, audience }: CredentialFit): number {
  if (subject !== false) return issuer ? 0 : audience ? 1 : 2;
  return issuer ? 3 : 4;
}

interface Compared {
  readonly identity: AzureIdentity;
  readonly token: ShownToken;
}

function mismatch(facts: LinkFacts, fit: CredentialFit, { identity, token }: Compared): FitVerdict {
  const { credential } = fit;
  const no = (
    code: string,
    field: Parameters<typeof credentialEvidence>[2],
    says: { readonly reason: string; readonly evidence: string },
  ): FitVerdict => ({
    works: false,
    code,
    reason: says.reason,
    evidence: [credentialEvidence(credential, identity, field, says.evidence)],
    dependsOn: [],
  });
  if (fit.subject !== false && fit.issuer) {
    const accepted = credential.audiences.map((audience) => `\`${audience}\``).join(', ') || 'no audience';
    const reason = `Credential \`${credential.name}\` accepts audience ${accepted}, and the token is for \`${token.audience}\`.`;
    return no('audience-mismatch', 'audiences', { reason, evidence: `accepts ${accepted}` });
  }
  if (!fit.issuer)
    return no('issuer-mismatch', 'issuer', { reason: issuerReason(facts, fit, token), evidence: `trusts issuer \`${credential.issuer}\`` });
  const flexible = credential.expression !== undefined;
  return no('subject-mismatch', flexible ? 'claimsMatchingExpression' : 'subject', {
    reason: subjectReason(fit, token),
    evidence: flexible ? `wants \`${credential.expression}\`` : `names subject \`${credential.subject}\``,
  });
}

const bare = (issuer: string): string => (issuer.endsWith('/') ? issuer.slice(0, -1) : issuer);

function issuerReason(facts: LinkFacts, { credential }: CredentialFit, token: ShownToken): string {
  if (bare(credential.issuer) === bare(token.issuer))
    return token.issuer.endsWith('/')
      ? `The issuer of credential \`${credential.name}\` lacks the trailing slash of the cluster's issuer URL.`
      : `The issuer of credential \`${credential.name}\` has a trailing slash that the cluster's issuer URL has not.`;
  const other = facts.index.azure.clusters.find((cluster: AksCluster) => cluster.issuer === credential.issuer);
  return other === undefined
    ? `Credential \`${credential.name}\` trusts issuer \`${credential.issuer}\`, which is not this cluster's.`
    : `The issuer of credential \`${credential.name}\` is cluster ${other.name}.`;
}

function subjectReason({ credential }: CredentialFit, token: ShownToken): string {
  if (credential.expression !== undefined)
    return `The expression of credential \`${credential.name}\` wants another subject than \`${token.subject}\`.`;
  const { subject = '' } = credential;
  if (subject.toLowerCase() === token.subject.toLowerCase())
    return `Credential \`${credential.name}\` names \`${subject}\`, which differs from \`${token.subject}\` in case; subjects are compared to the letter.`;
  if (subject.includes('*'))
    return `Credential \`${credential.name}\` names \`${subject}\`: \`*\` is no wildcard in a subject, so it never fits.`;
  return `Credential \`${credential.name}\` names \`${subject}\`, and the token's subject is \`${token.subject}\`.`;
}
