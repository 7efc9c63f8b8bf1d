import { describe, expect, it } from 'vitest';
import { ACCOUNT, type AccountParts, accountWith, ISSUER, managed, role, roleArn } from '../testing/aws-account.ts';
import { allow, explanationsOf, group, profiles, trusts, user, userArn } from '../testing/aws-onward.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

type Json = Record<string, unknown>;

const A = roleArn('a');
const D = roleArn('d');
const U = userArn('u');
const V = userArn('v');
const OWN = `arn:aws:iam::${ACCOUNT}:policy/own`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
const AWS_ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const NOTHING = allow('logs:PutLogEvents');
const LAMBDA = trusts({ Service: 'lambda.amazonaws.com' });
const EC2 = trusts({ Service: 'ec2.amazonaws.com' });
const ADMIN = `aws-role:${A} → aws-admin:${ACCOUNT}`;
const TO_D = `aws-role:${A} → aws-role:${D}`;
const maybe = (edge: string) => `${edge} (conditional)`;
/** Edges of the account's administrator are told by a test of their own. */
const edges = (parts: AccountParts) =>
  edgesOf(accountWith(parts).inventory(), 'aws-escalation').filter((edge) => !edge.startsWith('aws-admin:'));
/** Role a with these statements, and more of the account. */
const a = (inline: readonly Json[], more: AccountParts = {}): AccountParts => ({
  ...more,
  roles: [role('a', { inline }), ...(more.roles ?? [])],
});
const withD = (inline: readonly Json[], trust: readonly Json[]) => a(inline, { roles: [role('d', { trust })] });

describe('aws-escalation', () => {
  it.each<[string, AccountParts, string[]]>([
    [
      'a new version of the policy attached to itself',
      { roles: [role('a', { inline: [allow('iam:CreatePolicyVersion', OWN)], attached: [OWN] })], policies: [managed(OWN, NOTHING)] },
      [ADMIN],
    ],
    [
      'another version of it, which may allow more',
      { roles: [role('a', { inline: [allow('iam:SetDefaultPolicyVersion', OWN)], attached: [OWN] })], policies: [managed(OWN, NOTHING)] },
      [maybe(ADMIN)],
    ],
    ['an inline policy for itself', a([allow('iam:PutRolePolicy', A)]), [ADMIN]],
    ['a managed policy for itself', a([allow('iam:AttachRolePolicy', A)]), [ADMIN]],
    [
      'the administrator policy for itself by name',
      a([allow('iam:AttachRolePolicy', A, { Condition: { ArnEquals: { 'iam:PolicyARN': AWS_ADMIN } } })]),
      [ADMIN],
    ],
    ['a new role with a policy', a([allow(['iam:CreateRole', 'iam:PutRolePolicy'], `arn:aws:iam::${ACCOUNT}:role/team-*`)]), [ADMIN]],
    ['a change of trust', withD([allow('iam:UpdateAssumeRolePolicy', D)], []), [TO_D]],
    ['a policy for a role that lets it in', withD([allow('iam:PutRolePolicy', D)], [trusts({ AWS: A })]), [ADMIN]],
    [
      'a function with the role',
      withD([allow('iam:PassRole', D), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])], [LAMBDA]),
      [TO_D],
    ],
    ['a function by name', withD([allow('iam:PassRole', D), allow('lambda:*', 'arn:aws:lambda:*:*:function:team-*')], [LAMBDA]), [TO_D]],
    ['a function that somebody else invokes', withD([allow('iam:PassRole', D), allow('lambda:CreateFunction')], [LAMBDA]), [maybe(TO_D)]],
    [
      'a role that may be passed to this service alone',
      withD(
        [allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }), allow('lambda:*')],
        [LAMBDA],
      ),
      [TO_D],
    ],
    ['code for a function that runs as the role already', withD([allow('lambda:UpdateFunctionCode')], [LAMBDA]), [maybe(TO_D)]],
    [
      'a stack with the role',
      withD([allow('iam:PassRole', D), allow('cloudformation:CreateStack')], [trusts({ Service: 'cloudformation.amazonaws.com' })]),
      [TO_D],
    ],
    [
      'an association of Pod Identity',
      withD([allow('iam:PassRole', D), allow('eks:CreatePodIdentityAssociation')], [trusts({ Service: 'pods.eks.amazonaws.com' })]),
      [maybe(TO_D)],
    ],
    ['an instance, where no instance profile was read', withD([allow('iam:PassRole', D), allow('ec2:RunInstances')], [EC2]), [maybe(TO_D)]],
    [
      'a profile of its own making',
      withD([allow('iam:PassRole', D), allow(['ec2:RunInstances', 'iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'])], [EC2]),
      [TO_D],
    ],
    [
      'keys of a user, of whom it may delete one',
      a([allow(['iam:CreateAccessKey', 'iam:DeleteAccessKey'], U)], { users: [user('u')] }),
      [`aws-role:${A} → aws-user:${U}`],
    ],
    [
      'keys of a user, who may have two',
      a([allow('iam:CreateAccessKey', U)], { users: [user('u')] }),
      [maybe(`aws-role:${A} → aws-user:${U}`)],
    ],
    [
      "what a user's group lets it do",
      { users: [user('u', { groups: ['g'] }), user('v')], groups: [group('g', [allow('iam:UpdateLoginProfile', V)])] },
      [maybe(`aws-user:${U} → aws-user:${V}`)],
    ],
    [
      'a policy of its own group',
      { users: [user('u', { groups: ['g'], inline: [allow('iam:PutGroupPolicy')] })], groups: [group('g')] },
      [`aws-user:${U} → aws-admin:${ACCOUNT}`],
    ],
    [
      'the group of administrators',
      { users: [user('u', { inline: [allow('iam:AddUserToGroup')] })], groups: [group('g', [allow('*')])] },
      [`aws-user:${U} → aws-admin:${ACCOUNT}`],
    ],
    [
      'what a boundary leaves',
      {
        roles: [role('a', { inline: [allow('iam:PutRolePolicy', A)], boundary: BOUNDARY })],
        policies: [managed(BOUNDARY, allow('iam:*'))],
      },
      [maybe(ADMIN)],
    ],
    [
      'a condition that nobody knows',
      a([allow('iam:PutRolePolicy', A, { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })]),
      [maybe(ADMIN)],
    ],
  ])('finds %s', (_name, parts, expected) => {
    expect(edges(parts)).toEqual(expected);
  });

  it.each<[string, AccountParts]>([
    [
      "a new version of AWS's own policy",
      {
        roles: [role('a', { inline: [allow('iam:CreatePolicyVersion')], attached: [AWS_ADMIN.replace('Admin', 'Other')] })],
        policies: [managed(AWS_ADMIN.replace('Admin', 'Other'), NOTHING)],
      },
    ],
    [
      'a new version of a policy that nobody it could be has',
      { roles: [role('a', { inline: [allow('iam:CreatePolicyVersion')] })], policies: [managed(OWN, NOTHING)] },
    ],
    ['a policy for another role that does not let it in', withD([allow('iam:PutRolePolicy', D)], [LAMBDA])],
    [
      'a policy that is not the administrator policy',
      a([allow('iam:AttachRolePolicy', A, { Condition: { ArnEquals: { 'iam:PolicyARN': OWN } } })]),
    ],
    ['a new role without a policy', a([allow('iam:CreateRole')])],
    [
      'a new role of one name and policies of another',
      a([allow('iam:CreateRole', roleArn('x-*')), allow('iam:PutRolePolicy', roleArn('y-*'))]),
    ],
    [
      'a function and no right to pass the role',
      withD(
        [allow('lambda:*')].map((one) => ({ ...one, Action: ['lambda:CreateFunction', 'lambda:InvokeFunction'] })),
        [LAMBDA],
      ),
    ],
    ['a right to pass and no service', withD([allow('iam:PassRole')], [LAMBDA])],
    [
      'a role that trusts another service',
      withD([allow('iam:PassRole', D), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])], [EC2]),
    ],
    [
      'a role that may be passed to another service',
      withD(
        [
          allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }),
          allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
        ],
        [LAMBDA],
      ),
    ],
    [
      'another role that may be passed',
      withD([allow('iam:PassRole', roleArn('c')), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])], [LAMBDA]),
    ],
    [
      'a Deny of passing',
      withD([allow(['iam:PassRole', 'lambda:CreateFunction']), { ...allow('iam:PassRole'), Effect: 'Deny' }], [LAMBDA]),
    ],
    ['a Deny of IAM', a([allow('iam:PutRolePolicy'), { ...allow('iam:*'), Effect: 'Deny' }])],
    [
      'a boundary that denies IAM',
      {
        roles: [role('a', { inline: [allow('*')], boundary: BOUNDARY })],
        policies: [managed(BOUNDARY, allow('s3:*'), { ...allow('iam:*'), Effect: 'Deny' })],
      },
    ],
    [
      'a service-linked role',
      a([allow('iam:UpdateAssumeRolePolicy')], { roles: [{ ...role('d', { trust: [LAMBDA] }), Path: '/aws-service-role/lambda/' }] }),
    ],
    ['every action but those of IAM', a([{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }])],
    ['reading', a([allow(['iam:Get*', 'iam:List*', 'lambda:Get*'])])],
    ['a role without policies', withD([], [LAMBDA])],
    ["a user's own keys", { users: [user('u', { inline: [allow('iam:CreateAccessKey', U)] })] }],
    ['a group that is not its own', { users: [user('u', { inline: [allow('iam:PutGroupPolicy')] })], groups: [group('g')] }],
    [
      'a group of people who are no administrators',
      { users: [user('u', { inline: [allow('iam:AddUserToGroup')] })], groups: [group('g', [NOTHING])] },
    ],
    ['users of another account', a([allow('iam:CreateAccessKey')], { users: [{ ...user('u'), Arn: U.replace(ACCOUNT, '210987654321') }] })],
  ])('stays silent: %s', (_name, parts) => {
    expect(edges(parts)).toEqual([]);
  });

  it('takes only roles that have an instance profile, where profiles were read', () => {
    const world = accountWith(
      a([allow('iam:PassRole'), allow('ec2:RunInstances')], { roles: [role('d', { trust: [EC2] }), role('e', { trust: [EC2] })] }),
    );
    expect(edgesOf(world.aws(profiles(D), { file: 'p.json', account: ACCOUNT }).inventory(), 'aws-escalation')).toEqual([TO_D]);
  });

  it('knows the names of services in China', () => {
    const china = (json: Json): Json => JSON.parse(JSON.stringify(json).replaceAll('arn:aws:iam', 'arn:aws-cn:iam'));
    const trust = [trusts({ Service: 'ec2.amazonaws.com.cn' })];
    const passing = allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com.cn' } } });
    const roles = [role('a', { inline: [passing, allow('ec2:RunInstances')] }), role('d', { trust })];
    const cn = (arn: string) => `aws-role:${arn.replace('arn:aws:', 'arn:aws-cn:')}`;
    expect(edges({ roles: roles.map(china) })).toEqual([maybe(`${cn(A)} → ${cn(D)}`)]);
    expect(edges({ roles })).toEqual([]);
  });

  it('finds roles that trust a provider that is not there, for whoever may make it', () => {
    const trust = [
      trusts({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/gone.example.com` }, { Action: 'sts:AssumeRoleWithWebIdentity' }),
    ];
    expect(edges(withD([allow('iam:CreateOpenIDConnectProvider')], trust))).toEqual([maybe(TO_D)]);
    const there = [trusts({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` }, { Action: 'sts:AssumeRoleWithWebIdentity' })];
    expect(edges(withD([allow('iam:CreateOpenIDConnectProvider')], there))).toEqual([]);
  });

  it('leads from the administrator of an account to its roles and users, once, and not from each administrator', () => {
    const parts = { roles: [role('a', { inline: [allow('*')] }), role('b', { inline: [allow('*')] })], users: [user('u')] };
    expect(edgesOf(accountWith(parts).inventory(), 'aws-escalation')).toEqual([
      `aws-admin:${ACCOUNT} → aws-role:${A}`,
      `aws-admin:${ACCOUNT} → aws-role:${roleArn('b')}`,
      `aws-admin:${ACCOUNT} → aws-user:${U}`,
    ]);
  });

  it('points at the statements and at the target, and tells every way', () => {
    const inventory = accountWith(
      withD([allow('iam:PassRole', D), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])], [LAMBDA]),
    ).inventory();
    expect(evidenceOf(inventory, 'aws-escalation')).toEqual([
      `AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/0`,
      `AwsRole ${A} /RolePolicyList/0/PolicyDocument/Statement/1`,
      `AwsRole ${D} /AssumeRolePolicyDocument`,
    ]);
    expect(explanationsOf(inventory, 'aws-escalation')).toEqual([
      {
        to: `aws-role:${D}`,
        hangsOn: '',
        fix: 'aws iam put-role-policy --role-name=a --policy-name=own --policy-document file://policy.json',
      },
    ]);
  });

  it('names the change that closes the only way', () => {
    const inventory = accountWith(withD([allow('iam:UpdateAssumeRolePolicy', D)], [])).inventory();
    expect(changesOfEdges(inventory, 'aws-escalation')).toEqual([
      `${TO_D}: statement: ${A}/RolePolicyList/0/PolicyDocument/Statement/0 of ${A}`,
    ]);
  });
});
