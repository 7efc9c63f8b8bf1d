import { accountWith, federated, ISSUER, role, roleArn } from '../../graph/testing/aws-account.ts';
import { tablesOf } from '../testing/finding-table.ts';

const SUB = { [`${ISSUER}:sub`]: 'system:serviceaccount:shop:api' };
const OTHER = 'arn:aws:iam::123456789012:oidc-provider/example.com';
const world = (trust: Record<string, unknown>, audiences?: string[]) =>
  accountWith({ roles: [role('api', { trust: [trust] })], ...(audiences === undefined ? {} : { audiences }) }).serviceAccount('shop/api');

tablesOf('no-audience-condition', {
  finds: [
    ['a subject alone', world(federated({ StringEquals: SUB })), [`low AwsRole ${roleArn('api')}`]],
    [
      'a provider with several audiences',
      world(federated({ StringEquals: SUB }), ['sts.amazonaws.com', 'vault']),
      [`medium AwsRole ${roleArn('api')}`],
    ],
    [
      'a provider of somebody else beside it',
      world(federated({ StringLike: SUB }, { Principal: { Federated: [OTHER, `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`] } })),
      [`low AwsRole ${roleArn('api')}`],
    ],
    ['a wildcard action', world(federated({ StringEquals: SUB }, { Action: 'sts:*' })), [`low AwsRole ${roleArn('api')}`]],
  ],
  silent: [
    ['both', world(federated({ StringEquals: { ...SUB, [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }))],
    ['the key in capitals, which is the same', world(federated({ StringEquals: { ...SUB, [`${ISSUER}:AUD`]: 'sts.amazonaws.com' } }))],
    ['a role that lets nobody of this cluster in', world(federated({ StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:z:z' } }))],
    [
      'a statement for another provider',
      accountWith({
        roles: [
          role('api', {
            trust: [
              federated({ StringEquals: { ...SUB, [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }),
              federated(undefined, { Principal: { Federated: OTHER } }),
            ],
          }),
        ],
      }).serviceAccount('shop/api'),
    ],
    ['a Deny', world(federated({ StringEquals: SUB }, { Effect: 'Deny' }))],
  ],
});
