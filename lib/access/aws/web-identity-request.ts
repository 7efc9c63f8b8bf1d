import type { RequestContext } from './context.ts';
import type { PolicyRequest } from './statement.ts';

export const ASSUME_WITH_WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';

/** Who vouches for the token. */
export interface TokenIssue {
  readonly issuer: string;
  readonly providerArn: string;
  readonly audience: string;
}

/**
 * The request that STS sees. A service account's token carries two claims that become keys, `ISSUER:sub` and `ISSUER:aud`;
 * `subject` undefined leaves the first unknown. Keys of identity providers that are not these are surely absent; `aws:`
 * and `sts:` keys that are not listed (source address, date, session name, tags) are not known at rest.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function webIdentityRequest(issue: TokenIssue, subject: string | undefined): PolicyRequest {
  const prefix = issue.issuer.toLowerCase();
  const values = new Map<string, readonly string[]>([
    [`${prefix}:aud`, [issue.audience]],
    ['aws:federatedprovider', [issue.providerArn]],
  ]);
  if (subject !== undefined) values.set(`${prefix}:sub`, [subject]);
  const context: RequestContext = {
    values,
    isAbsent: (key) => !key.startsWith('aws:') && !key.startsWith('sts:') && key !== `${prefix}:sub`,
  };
  return { principal: { type: 'Federated', value: issue.providerArn }, action: ASSUME_WITH_WEB_IDENTITY, context };
}
