import { accountWith, federated, ISSUER, role, roleArn } from '../../graph/testing/aws-account.ts';
import { tablesOf } from '../testing/finding-table.ts';

const sub = (operator: string, value: string) => ({ [operator]: { [`${ISSUER}:sub`]: value } });
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const world = (trust: Record<string, unknown>, inline?: Record<string, unknown>[]) =>
  accountWith({ roles: [role('api', { trust: [trust], ...(inline === undefined ? {} : { inline }) })] })
    .serviceAccount('shop/api')
    .serviceAccount('dev/x');
const ROW = `AwsRole ${roleArn('api')}`;

tablesOf('open-trust', {
  finds: [
    ['no condition', world(federated()), [`high ${ROW}`]],
    ['every subject', world(federated(sub('StringLike', 'system:serviceaccount:*'))), [`high ${ROW}`]],
    ['all but one', world(federated(sub('StringNotEquals', 'system:serviceaccount:shop:x'))), [`high ${ROW}`]],
    ['an administrator', world(federated(), [ALL]), [`critical ${ROW}`]],
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
