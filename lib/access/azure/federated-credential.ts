import type { AzureFederatedCredential, AzureIdentity } from '../../inventory/azure.ts';
import type { Truth } from '../aws/truth.ts';
import type { CloudEvidence } from '../cloud/link.ts';
import { evaluateExpression } from './claims-expression.ts';

/** Subject of the tokens of a service account, `namespace/name`. Source: Kubernetes, ServiceAccount token `sub`. */
export const subjectOf = (serviceAccount: string): string => `system:serviceaccount:${serviceAccount.replace('/', ':')}`;

/** A token that Entra is shown. */
export interface ShownToken {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** How a credential and a token fit, part by part. */
export interface CredentialFit {
  readonly credential: AzureFederatedCredential;
  readonly issuer: boolean;
  readonly subject: Truth;
  readonly audience: boolean;
  /** What an unknown subject hangs on. */
  readonly dependsOn: readonly string[];
}

/**
 * Compares a token with a credential: issuer, subject and audience have to be the same to the letter; `*` in a subject is a letter like
 * any other. In a flexible credential an expression stands in the subject's place.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export function fitOf(credential: AzureFederatedCredential, token: ShownToken): CredentialFit {
  const { subject, dependsOn } = subjectFit(credential, token);
  return {
    credential,
    issuer: credential.issuer === token.issuer,
    subject,
    audience: credential.audiences.includes(token.audience),
    dependsOn,
  };
}

function subjectFit(
  credential: AzureFederatedCredential,
  token: ShownToken,
): { readonly subject: Truth; readonly dependsOn: readonly string[] } {
  const { expression, expressionVersion } = credential;
  if (expression === undefined) return { subject: credential.subject === token.subject, dependsOn: [] };
  const claims = new Map([
    ['sub', token.subject],
    ['iss', token.issuer],
    ['aud', token.audience],
  ]);
  const { truth, dependsOn } = evaluateExpression(
    { value: expression, ...(expressionVersion === undefined ? {} : { version: expressionVersion }) },
    claims,
  );
  return { subject: truth, dependsOn };
}

/** Evidence in a credential. Graph prints an application's without `properties`. */
export function credentialEvidence(
  credential: AzureFederatedCredential,
  { kind }: Pick<AzureIdentity, 'kind'>,
  field: 'issuer' | 'subject' | 'audiences' | 'claimsMatchingExpression',
  says: string,
): CloudEvidence {
  const name = credential.id === '' ? `${credential.identity}/federatedIdentityCredentials/${credential.name}` : credential.id;
  return { kind: 'AzureFederatedCredential', name, pointer: `${kind === 'application' ? '' : '/properties'}/${field}`, says };
}
