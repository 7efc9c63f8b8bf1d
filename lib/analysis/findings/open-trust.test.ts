import { expect, test } from 'vitest';
import { accountWith, federated, ISSUER, role, roleArn } from '../../graph/testing/aws-account.ts';
import { found } from '../testing/finding-rows.ts';
import { tablesOf } from '../testing/finding-table.ts';

const sub = (operator: string, value: string) => ({ [operator]: { [`${ISSUER}:sub`]: value } });
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const world = (trust: Record<string, unknown>, inline?: Record<string, unknown>[]) =>
  accountWith({ roles: [role('api', { trust: [trust], ...(inline === undefined ? {} : { inline }) })] })
    .serviceAccount('shop/api')
    .serviceAccount('dev/x');
const ROW = `AwsRole ${roleArn('api')}`;
const provider = (issuer: string) => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
const shared = world(federated(undefined, { Sid: 'Shared', Principal: { Federated: [provider('example.com'), provider(ISSUER)] } }));

tablesOf('open-trust', {
  finds: [
    ['no condition', world(federated()), [`high ${ROW}`]],
    ['every subject', world(federated(sub('StringLike', 'system:serviceaccount:*'))), [`high ${ROW}`]],
    ['all but one', world(federated(sub('StringNotEquals', 'system:serviceaccount:shop:x'))), [`high ${ROW}`]],
    ['an administrator', world(federated(), [ALL]), [`critical ${ROW}`]],
    ['a provider of somebody else beside it', shared, [`high ${ROW}`]],
    ['an audience alone', world(federated({ StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } })), [`high ${ROW}`]],
  ],
  silent: [
    ['one account', world(federated(sub('StringEquals', 'system:serviceaccount:shop:api')))],
    ['a namespace', world(federated(sub('StringLike', 'system:serviceaccount:shop:*')))],
    ['another issuer', world(federated(undefined, { Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/example.com' } }))],
    ['a Deny', world(federated(undefined, { Effect: 'Deny' }))],
    ['another action', world(federated(undefined, { Action: 'sts:AssumeRole' }))],
    ['a role of machines', world({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })],
  ],
});

test('leaves the tokens of other providers of the same statement as they are', () => {
  const [patch] = found(shared.inventory(), 'open-trust')?.rows[0]?.fix.patches ?? [];
  const trusting = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity' };
  expect(JSON.parse(patch?.text ?? '').Statement).toEqual([
    { ...trusting, Sid: 'Shared', Principal: { Federated: provider('example.com') } },
    {
      ...trusting,
      Principal: { Federated: provider(ISSUER) },
      Condition: { StringEquals: { [`${ISSUER}:sub`]: '<system:serviceaccount:NAMESPACE:NAME>' } },
    },
  ]);
});
