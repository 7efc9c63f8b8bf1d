import { describe, expect, test } from 'vitest';
import { ACCOUNT, collected, type StoredAnswer } from './testing/collected.ts';

const IAM = `arn:aws:iam::${ACCOUNT}`;
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const TRUST = { Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const USER = {
  Arn: `${IAM}:user/ops/alice`,
  UserName: 'alice',
  Path: '/ops/',
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: DOCUMENT }],
  GroupList: ['admins', 'readers'],
  AttachedManagedPolicies: [{ PolicyName: 'X', PolicyArn: 'arn:aws:iam::aws:policy/X' }],
  PermissionsBoundary: { PermissionsBoundaryArn: `${IAM}:policy/edge` },
  Tags: [{ Key: '__proto__', Value: 'x' }],
};
const GROUP = {
  Arn: `${IAM}:group/admins`,
  GroupName: 'admins',
  GroupPolicyList: [{ PolicyName: 'all', PolicyDocument: encodeURIComponent(JSON.stringify(DOCUMENT)) }],
  AttachedManagedPolicies: [],
};
const PROFILE = { Arn: `${IAM}:instance-profile/node`, InstanceProfileName: 'node', Roles: [{ Arn: `${IAM}:role/node` }] };
const ROLE = {
  Arn: `${IAM}:role/node`,
  RoleName: 'node',
  AssumeRolePolicyDocument: TRUST,
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  InstanceProfileList: [{ ...PROFILE, Roles: [] }],
};
const details = (more: object) => ({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [], ...more });

describe('users and groups', () => {
  test('come with their policies, groups, boundary and tags', () => {
    const { aws, gaps } = collected(['a.json', details({ UserDetailList: [USER], GroupDetailList: [GROUP] })]);
    expect(gaps).toEqual([]);
    expect(aws.users).toEqual([
      {
        arn: USER.Arn,
        account: ACCOUNT,
        name: 'alice',
        path: '/ops/',
        permissionsBoundary: `${IAM}:policy/edge`,
        inlinePolicies: [{ name: 'own', document: expect.objectContaining({ version: '2012-10-17' }) }],
        attachedPolicies: ['arn:aws:iam::aws:policy/X'],
        groups: ['admins', 'readers'],
        tags: new Map([['__proto__', 'x']]),
      },
    ]);
    expect(aws.groups).toMatchObject([
      {
        arn: GROUP.Arn,
        account: ACCOUNT,
        name: 'admins',
        attachedPolicies: [],
        inlinePolicies: [{ document: { statements: [{ actions: ['s3:*'] }] } }],
      },
    ]);
    expect(aws.accounts).toEqual([ACCOUNT]);
  });

  test.each([
    ['a user without a name', { UserDetailList: [USER, { Arn: USER.Arn }] }, '/UserDetailList/1/UserName'],
    ['a user with no ARN', { UserDetailList: [{ ...USER, Arn: 'x' }] }, '/UserDetailList/0/Arn'],
    [
      'a policy of a user that is none',
      { UserDetailList: [{ ...USER, UserPolicyList: [{ PolicyName: 'p', PolicyDocument: '{' }] }] },
      '/UserDetailList/0/UserPolicyList/0/PolicyDocument',
    ],
    ['a group that is none', { GroupDetailList: [null] }, '/GroupDetailList/0'],
    ['a tag that is none', { UserDetailList: [{ ...USER, Tags: [{ Key: 'a' }] }] }, '/UserDetailList/0/Tags/0/Value'],
  ])('point at %s', (_name, more, pointer) => {
    expect(collected(['a.json', details(more)]).gaps).toMatchObject([{ file: 'a.json', pointer }]);
  });

  test('are read from a page without any role too', () => {
    expect(collected(['a.json', { UserDetailList: [USER] }]).aws.users).toHaveLength(1);
    expect(collected(['a.json', { GroupDetailList: [GROUP] }]).aws.groups).toHaveLength(1);
  });
});

describe('instance profiles', () => {
  const inRole: StoredAnswer = ['a.json', details({ RoleDetailList: [ROLE] })];
  const listed: StoredAnswer = ['b.json', { InstanceProfiles: [PROFILE] }];
  const got: StoredAnswer = ['c.json', { InstanceProfile: PROFILE }];
  const expected = [{ arn: PROFILE.Arn, account: ACCOUNT, name: 'node', roleArns: [`${IAM}:role/node`] }];

  test.each([
    ['a role that has it', [inRole]],
    ['the list', [listed]],
    ['the answer about one', [got]],
    ['all of them at once', [got, inRole, listed]],
  ])('are known by %s', (_name, answers) => {
    expect(collected(...answers)).toMatchObject({ aws: { instanceProfiles: expected }, gaps: [] });
  });

  test('may have no role', () => {
    expect(collected(['b.json', { InstanceProfiles: [{ ...PROFILE, Roles: [] }] }]).aws.instanceProfiles[0]?.roleArns).toEqual([]);
  });

  test('of a list that is cut off are a gap', () => {
    expect(collected(['b.json', { InstanceProfiles: [PROFILE], IsTruncated: true }]).gaps).toMatchObject([
      { permission: 'iam:ListInstanceProfiles', what: `instance profiles of account ${ACCOUNT}` },
    ]);
  });

  test.each([
    ['in a list', { InstanceProfiles: [{ Arn: 'x', InstanceProfileName: 'x' }] }, '/InstanceProfiles/0/Arn'],
    ['alone', { InstanceProfile: 1 }, '/InstanceProfile'],
  ])('that are malformed %s are a gap', (_name, answer, pointer) => {
    expect(collected(['b.json', answer]).gaps).toMatchObject([{ pointer }]);
  });
});
