import { describe, expect, it } from 'vitest';
import { buildGraph } from '../build.ts';
import { ACCOUNT, accountWith, managed, type RoleParts, role, roleArn } from '../testing/aws-account.ts';
import { allow, explanationsOf, REGION, user, userArn } from '../testing/aws-onward.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

type Json = Record<string, unknown>;

const A = roleArn('a');
const ASSETS = 'arn:aws:s3:::assets/*';
const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const VARIABLE = `arn:aws:s3:::t/\${aws:PrincipalTag/ns}/*`;
const to = (resource: string) => `aws-role:${A} → aws-resource:${resource}`;
const every = (service: string) => to(`arn:aws:${service}:*:${ACCOUNT}:*`);
const parts = (a: RoleParts) => accountWith({ roles: [role('a', a)], policies: [managed(BOUNDARY, allow(['sqs:*', 's3:GetObject']))] });
const edges = (...inline: Json[]) => edgesOf(parts({ inline }).inventory(), 'aws-data');
const names = (...inline: Json[]) => {
  const { nodes } = buildGraph(parts({ inline }).inventory());
  return nodes.names.filter((_, node) => nodes.kinds[node] === 'aws-resource');
};

describe('aws-data', () => {
  it.each<[string, Json[], string[]]>([
    ['objects of a bucket', [allow('s3:GetObject', ASSETS)], [to(ASSETS)]],
    ['writing objects', [allow('s3:PutObject', ASSETS)], [to(ASSETS)]],
    ['a bucket by a pattern that its objects fit', [allow('s3:*', 'arn:aws:s3:::assets*')], [to('arn:aws:s3:::assets*')]],
    ['a table', [allow('dynamodb:Query', TABLE)], [to(TABLE)]],
    ['everything of a service', [allow('sqs:*')], [every('sqs')]],
    ['every read of one service by wildcard', [allow('s3:Get*')], [every('s3')]],
    ['each resource that a statement names', [allow('dynamodb:GetItem', [TABLE, `${TABLE}-2`])], [to(TABLE), to(`${TABLE}-2`)]],
    [
      'a key',
      [allow('kms:Decrypt', `arn:aws:kms:${REGION}:${ACCOUNT}:key/k`)],
      [`${to(`arn:aws:kms:${REGION}:${ACCOUNT}:key/k`)} (conditional)`],
    ],
    [
      'a parameter',
      [allow('ssm:GetParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/app/*`)],
      [to(`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/app/*`)],
    ],
    [
      'a condition on tags of the data',
      [allow('secretsmanager:GetSecretValue', '*', { Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'a' } } })],
      [`${every('secretsmanager')} (conditional)`],
    ],
    ['a variable', [allow('s3:GetObject', VARIABLE)], [`${to(VARIABLE)} (conditional)`]],
    ['all but some actions', [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: ASSETS }], [to(ASSETS)]],
    [
      'a Deny of another bucket beside it',
      [allow('s3:GetObject', ASSETS), { ...allow('s3:*', 'arn:aws:s3:::other/*'), Effect: 'Deny' }],
      [to(ASSETS)],
    ],
  ])('finds %s', (_name, inline, expected) => {
    expect(edges(...inline)).toEqual(expected);
  });

  it.each<[string, Json[]]>([
    ['listing a bucket', [allow('s3:ListBucket', 'arn:aws:s3:::assets')]],
    ['reading objects of a resource that is a bucket alone', [allow('s3:GetObject', 'arn:aws:s3:::assets')]],
    ['describing a table', [allow('dynamodb:DescribeTable', TABLE)]],
    ['writing logs', [allow(['logs:CreateLogStream', 'logs:PutLogEvents'])]],
    ['a service that keeps no data', [allow('ec2:*')]],
    ['an action of another service than the resource', [allow('s3:GetObject', TABLE)]],
    ['a Deny of it', [allow('s3:GetObject', ASSETS), { ...allow('s3:*'), Effect: 'Deny' }]],
    ['something else of the service', [allow('ssm:*', `arn:aws:ssm:${REGION}:${ACCOUNT}:document/d`)]],
    ['what is no ARN', [allow('s3:GetObject', 'assets')]],
    ['everything of another account', [allow('sqs:*', 'arn:aws:sqs:*:210987654321:*')]],
    [
      'a condition that is false',
      [allow('s3:GetObject', ASSETS, { Condition: { StringEquals: { 'aws:PrincipalAccount': '210987654321' } } })],
    ],
    ['no statement', []],
  ])('stays silent: %s', (_name, inline) => {
    expect(edges(...inline)).toEqual([]);
  });

  it('keeps what a boundary leaves', () => {
    const inline = [allow('s3:GetObject', ASSETS), allow('dynamodb:GetItem', TABLE)];
    expect(edgesOf(parts({ inline, boundary: BOUNDARY }).inventory(), 'aws-data')).toEqual([to(ASSETS)]);
  });

  it('says what may be done, of everybody together', () => {
    expect(names(allow('s3:GetObject', ASSETS))).toEqual(['s3 assets/* (read)']);
    expect(names(allow('s3:PutObject', ASSETS))).toEqual(['s3 assets/* (write)']);
    expect(names(allow('s3:*', ASSETS), allow('dynamodb:GetItem', TABLE), allow('sns:Publish'))).toEqual([
      's3 assets/* (read, write)',
      'dynamodb orders (read)',
      `sns everything in ${ACCOUNT} (write)`,
    ]);
  });

  it('finds a bucket that names the role in its own policy, and shows that policy', () => {
    const Statement = [{ Sid: 'A', Effect: 'Allow', Principal: { AWS: A }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared/*' }];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    const inventory = parts({})
      .aws({ Policy }, { file: 'shared.json', account: ACCOUNT, command: 's3api-get-bucket-policy', resource: 'shared' })
      .inventory();
    expect(edgesOf(inventory, 'aws-data')).toEqual([to('arn:aws:s3:::shared/*')]);
    expect(evidenceOf(inventory, 'aws-data')).toEqual(['AwsResourcePolicy arn:aws:s3:::shared ']);
  });

  it('tells of administrators once, and of users', () => {
    const inventory = accountWith({
      roles: [role('a', { inline: [allow('*')] })],
      users: [user('u', { inline: [allow('sqs:ReceiveMessage')] })],
    }).inventory();
    const found = edgesOf(inventory, 'aws-data');
    expect(found).toContain(`aws-user:${userArn('u')} → aws-resource:arn:aws:sqs:*:${ACCOUNT}:*`);
    expect(found).toContain(`aws-admin:${ACCOUNT} → aws-resource:arn:aws:s3:*:${ACCOUNT}:*`);
    expect(found.filter((edge) => edge.startsWith('aws-role:'))).toEqual([]);
  });

  it('closes by one statement where nothing else allows it', () => {
    const one = parts({ inline: [allow('s3:GetObject', ASSETS)] }).inventory();
    expect(changesOfEdges(one, 'aws-data')).toEqual([`${to(ASSETS)}: statement: ${A}/RolePolicyList/0/PolicyDocument/Statement/0 of ${A}`]);
    const two = parts({ inline: [allow('s3:GetObject', ASSETS), allow('s3:PutObject', ASSETS)] }).inventory();
    expect(changesOfEdges(two, 'aws-data')).toEqual([`${to(ASSETS)}: `]);
  });

  it('points at the statements and says how to take them away', () => {
    const inventory = parts({ inline: [allow('logs:PutLogEvents'), allow('s3:GetObject', ASSETS)] }).inventory();
    expect(evidenceOf(inventory, 'aws-data')).toEqual([`AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/1`]);
    expect(explanationsOf(inventory, 'aws-data')[0]?.fix).toBe(
      'aws iam put-role-policy --role-name=a --policy-name=own --policy-document file://policy.json',
    );
  });
});
