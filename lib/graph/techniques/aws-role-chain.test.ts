import { describe, expect, it } from 'vitest';
import { ACCOUNT, accountWith, federated, managed, type RoleParts, role, roleArn } from '../testing/aws-account.ts';
import { allow, explanationsOf, trusts, user, userArn } from '../testing/aws-onward.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const A = roleArn('a');
const B = roleArn('b');
const OTHER = '210987654321';
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const ASSUME = allow('sts:AssumeRole', B);
const ALL = allow('*');
const EDGE = [`aws-role:${A} → aws-role:${B}`];
const MAYBE = [`aws-role:${A} → aws-role:${B} (conditional)`];

const world = (a: RoleParts, b: RoleParts, policies: Parameters<typeof accountWith>[0]['policies'] = []) =>
  accountWith({ roles: [role('a', a), role('b', b)], policies }).inventory();

describe('aws-role-chain', () => {
  // Asking each of them about every other one, whether for the edges or for one edge's evidence, does not come to an end.
  it('a row of 2,000 roles that trust their account, each allowed to take the next and to read buckets', () => {
    const name = (at: number): string => `r${at}`;
    const row = Array.from({ length: 2_000 }, (_, at) =>
      role(name(at), {
        inline: [allow(['sts:AssumeRole', 's3:Get*'], [roleArn(name(at + 1)), 'arn:aws:s3:::assets/*'])],
        trust: [trusts(ROOT)],
      }),
    );
    expect(explanationsOf(accountWith({ roles: row }).inventory(), 'aws-role-chain')).toHaveLength(1_999);
  });

  it.each<[string, RoleParts, RoleParts, string[]]>([
    ['a trust of the account and an own policy', { inline: [ASSUME] }, { trust: [trusts(ROOT)] }, EDGE],
    ['an account by its number', { inline: [ASSUME] }, { trust: [trusts({ AWS: ACCOUNT })] }, EDGE],
    ['an own policy by wildcard', { inline: [allow('sts:*')] }, { trust: [trusts(ROOT)] }, EDGE],
    ['a trust of the role, which is enough within an account', {}, { trust: [trusts({ AWS: A })] }, EDGE],
    ['a trust of everybody', { inline: [ASSUME] }, { trust: [trusts({ AWS: '*' })] }, EDGE],
    ['several principals', { inline: [ASSUME] }, { trust: [trusts({ AWS: [roleArn('c'), A] })] }, EDGE],
    [
      'an external id, which the caller may know',
      { inline: [ASSUME] },
      { trust: [trusts(ROOT, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })] },
      MAYBE,
    ],
    [
      'a condition on the caller that holds',
      { inline: [ASSUME] },
      { trust: [trusts(ROOT, { Condition: { ArnEquals: { 'aws:PrincipalArn': A } } })] },
      EDGE,
    ],
    ['one session of the role', { inline: [ASSUME] }, { trust: [trusts({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/a/one` })] }, MAYBE],
  ])('finds %s', (_name, a, b, edges) => {
    expect(edgesOf(world(a, b), 'aws-role-chain')).toEqual(edges);
  });

  it.each<[string, RoleParts, RoleParts]>([
    ['a trust of the account and no own policy', {}, { trust: [trusts(ROOT)] }],
    ['an own policy and no trust', { inline: [ASSUME] }, {}],
    ['a trust of another role', { inline: [ASSUME] }, { trust: [trusts({ AWS: roleArn('c') })] }],
    ['a trust of another account', { inline: [ASSUME] }, { trust: [trusts({ AWS: `arn:aws:iam::${OTHER}:root` })] }],
    ['a trust of a service alone', { inline: [ASSUME] }, { trust: [trusts({ Service: 'ec2.amazonaws.com' })] }],
    ['a trust of a federation alone', { inline: [ALL] }, { trust: [federated()] }],
    ['an own policy for another role', { inline: [allow('sts:AssumeRole', roleArn('c'))] }, { trust: [trusts(ROOT)] }],
    ['an own policy for another action', { inline: [allow('sts:TagSession', B)] }, { trust: [trusts(ROOT)] }],
    ['a trust of another action', { inline: [ASSUME] }, { trust: [trusts(ROOT, { Action: 'sts:TagSession' })] }],
    ['a Deny of its own', { inline: [ASSUME, { ...ASSUME, Effect: 'Deny' }] }, { trust: [trusts({ AWS: A })] }],
    ['a Deny of the trust', { inline: [ASSUME] }, { trust: [trusts(ROOT), trusts({ AWS: A }, { Effect: 'Deny' })] }],
    [
      'a condition on the caller that is false',
      { inline: [ASSUME] },
      { trust: [trusts(ROOT, { Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn('c') } } })] },
    ],
    ['a boundary without it', { inline: [ASSUME], boundary: BOUNDARY }, { trust: [trusts(ROOT)] }],
    ['itself', { inline: [allow('sts:AssumeRole')], trust: [trusts(ROOT)] }, {}],
  ])('stays silent: %s', (_name, a, b) => {
    const found = edgesOf(world(a, b, [managed(BOUNDARY, allow('s3:*'))]), 'aws-role-chain');
    expect(found).toEqual([]);
  });

  it('tells of whoever nothing limits once, at the administrator of the account', () => {
    expect(edgesOf(world({ inline: [ALL] }, { trust: [trusts(ROOT)] }), 'aws-role-chain')).toEqual([
      `aws-admin:${ACCOUNT} → aws-role:${B}`,
    ]);
  });

  it('goes on from users', () => {
    const inventory = accountWith({ users: [user('u', { inline: [ASSUME] })], roles: [role('b', { trust: [trusts(ROOT)] })] }).inventory();
    expect(edgesOf(inventory, 'aws-role-chain')).toEqual([`aws-user:${userArn('u')} → aws-role:${B}`]);
  });

  it('asks for both sides across accounts', () => {
    const target = { ...role('far', { trust: [trusts({ AWS: A })] }), Arn: roleArn('far', OTHER) };
    const far = (inline: RoleParts['inline']) =>
      accountWith({ roles: [role('a', inline === undefined ? {} : { inline })] })
        .aws({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [target], Policies: [] }, { file: 'far.json', account: OTHER })
        .inventory();
    expect(edgesOf(far([allow('sts:AssumeRole', roleArn('far', OTHER))]), 'aws-role-chain')).toEqual([
      `aws-role:${A} → aws-role:${roleArn('far', OTHER)}`,
    ]);
    expect(edgesOf(far(undefined), 'aws-role-chain')).toEqual([]);
  });

  it('points at the trust and at the own statement, says what it hangs on, and how to narrow it', () => {
    const inventory = world({ inline: [ASSUME] }, { trust: [trusts(ROOT, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })] });
    expect(evidenceOf(inventory, 'aws-role-chain')).toEqual([
      `AwsRole ${B} /AssumeRolePolicyDocument/Statement/0`,
      `AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/0`,
    ]);
    expect(explanationsOf(inventory, 'aws-role-chain')).toEqual([
      {
        to: `aws-role:${B}`,
        hangsOn: 'sts:ExternalId',
        fix: 'aws iam update-assume-role-policy --role-name=b --policy-document file://trust.json',
      },
    ]);
  });
});
