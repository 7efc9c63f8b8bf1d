import type { CloudLink } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';

/** Kind whose icon stands for an identity of a cloud. */
export const IDENTITY_KINDS = {
  aws: 'aws-role',
  gcp: 'gcp-service-account',
  azure: 'azure-identity',
} as const satisfies Record<CloudLink['provider'], NodeKind>;

/** A short name: the role of an ARN, the part of an email before the @, anything else as it is. */
export function identityLabel(identity: string): string {
  if (identity.startsWith('arn:')) return identity.slice(identity.lastIndexOf('/') + 1) || identity;
  const at = identity.indexOf('@');
  return at <= 0 ? identity : identity.slice(0, at);
}
