import { accountWith, federated, ISSUER, role, roleArn, tokenFor } from '../../graph/testing/aws-account.ts';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';

type Json = Record<string, unknown>;

const sub = (value: string): Json => ({ StringEquals: { [`${ISSUER}:sub`]: value } });

export const API = roleArn('api');
/** Statements of a role: everything, and a little. */
export const EVERYTHING: Json = { Effect: 'Allow', Action: '*', Resource: '*' };
export const READ: Json = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
/** Trust for `shop/api`, for somebody else, and for `shop/api` with a token for another audience. */
export const TRUST = federated(sub('system:serviceaccount:shop:api'));
export const FOR_OTHERS = federated(sub('system:serviceaccount:z:z'));
export const FOR_VAULT = federated({ StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:shop:api', [`${ISSUER}:aud`]: 'vault' } });

interface Parts {
  readonly trust?: Json;
  readonly inline?: Json;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Service account `shop/api`, annotated with the role `api`, and the role. */
export const annotated = ({ trust = TRUST, inline = READ, annotations = {} }: Parts = {}): ClusterFixture =>
  accountWith({ roles: [role('api', { trust: [trust], inline: [inline] })] }).serviceAccount('shop/api', {
    metadata: { namespace: 'shop', name: 'api', annotations: { 'eks.amazonaws.com/role-arn': API, ...annotations } },
  });

/** A pod of the account with the token that the webhook of EKS puts into it. */
export const POD = { serviceAccount: 'api', ...tokenFor('sts.amazonaws.com') };
