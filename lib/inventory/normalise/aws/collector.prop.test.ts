import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCOUNT, collected, OTHER_ACCOUNT, type StoredAnswer } from './testing/collected.ts';

const EKS = `arn:aws:eks:eu-west-1:${ACCOUNT}`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const document = (action: string) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*', Principal: '*' }] });
const entry = (groups: string[]) => ({
  accessEntry: { clusterName: 'prod', principalArn: ROLE, accessEntryArn: `${EKS}:access-entry/prod/1`, kubernetesGroups: groups },
});
const associated = (policy: string) => ({
  clusterName: 'prod',
  principalArn: ROLE,
  associatedAccessPolicies: [{ policyArn: policy, accessScope: { type: 'cluster' } }],
});
const profile = (roles: string[]) => ({
  Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/p`,
  InstanceProfileName: 'p',
  Roles: roles.map((Arn) => ({ Arn })),
});
const instance = (tokens: string) => ({
  Reservations: [
    {
      OwnerId: ACCOUNT,
      Instances: [{ InstanceId: 'i-1', Placement: { AvailabilityZone: 'eu-west-1a' }, MetadataOptions: { HttpTokens: tokens } }],
    },
  ],
});

/** Answers that speak of the same things and contradict each other, in every way in which one has to win. */
const ANSWERS: readonly StoredAnswer[] = [
  ['1.json', entry(['a'])],
  ['2.json', entry(['b'])],
  [`${ACCOUNT}/eks-list-associated-access-policies/a.json`, associated('x')],
  [`${ACCOUNT}/eks-list-associated-access-policies/b.json`, { ...associated('y'), nextToken: 'x' }],
  [`${ACCOUNT}/eks-list-access-entries.prod.json`, { accessEntries: [ROLE, 'arn:ghost'] }],
  [`${ACCOUNT}/eks-list-access-entries.prod.page-2.json`, { accessEntries: ['arn:ghost'], nextToken: 'x' }],
  ['3.json', { InstanceProfiles: [profile([ROLE])] }],
  ['4.json', { InstanceProfile: profile([]) }],
  ['5.json', instance('optional')],
  ['6.json', instance('required')],
  [`${ACCOUNT}/s3api-get-bucket-policy/b.json`, { Policy: JSON.stringify(document('s3:GetObject')) }],
  [`${OTHER_ACCOUNT}/s3api-get-bucket-policy/b.json`, { Policy: JSON.stringify(document('s3:PutObject')) }],
  [`${ACCOUNT}/s3api-get-bucket-policy/c.json`, { Error: { Code: 'NoSuchBucketPolicy' } }],
  [`${ACCOUNT}/kms-get-key-policy/1.json`, { Policy: JSON.stringify(document('kms:*')) }],
  ['9/organizations-list-parents/1.json', { Parents: [{ Id: 'r-1' }] }],
  [`${OTHER_ACCOUNT}/organizations-list-parents/1.json`, { Parents: [{ Id: 'r-2' }] }],
  [`${ACCOUNT}/organizations-list-parents/1.json`, { Parents: [{ Id: 'r-1' }] }],
  [
    `${ACCOUNT}/organizations-list-policies-for-target/1.json`,
    { Policies: [{ Id: 'p-1', Name: 'one', Type: 'SERVICE_CONTROL_POLICY' }], NextToken: 'x' },
  ],
  [
    `${ACCOUNT}/organizations-list-policies-for-target/1.page-2.json`,
    { Policies: [{ Id: 'p-2', Name: 'two', Type: 'SERVICE_CONTROL_POLICY' }] },
  ],
  [
    '7.json',
    { Policy: { PolicySummary: { Id: 'p-1', Name: 'other', Type: 'SERVICE_CONTROL_POLICY' }, Content: JSON.stringify(document('a:b')) } },
  ],
  ['8.json', { Policy: { PolicySummary: { Id: 'p-1', Name: 'one', Type: 'SERVICE_CONTROL_POLICY' }, Content: '{' } }],
  [
    'a.json',
    {
      repositories: [{ repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/r`, repositoryUri: 'u', imageTagMutability: 'MUTABLE' }],
    },
  ],
  [
    'b.json',
    {
      repositories: [
        { repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/r`, repositoryUri: 'u', imageTagMutability: 'IMMUTABLE' },
      ],
    },
  ],
];

function text(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (part instanceof Map ? [...part] : part));
}

test('what is collected does not depend on the order of the files', () => {
  const inOrder = collected(...ANSWERS);
  const gapsOf = ({ gaps }: ReturnType<typeof collected>): string[] => gaps.map(text).sort();
  fc.assert(
    fc.property(fc.shuffledSubarray([...ANSWERS], { minLength: ANSWERS.length }), (shuffled) => {
      const result = collected(...shuffled);
      expect(text(result.aws)).toBe(text(inOrder.aws));
      expect(gapsOf(result)).toEqual(gapsOf(inOrder));
    }),
    { seed: 20_261_122, numRuns: 300 },
  );
});

test('no JSON makes a reader throw', () => {
  const keys = [
    'accessEntries',
    'addon',
    'Attributes',
    'InstanceProfiles',
    'Organization',
    'Policies',
    'Policy',
    'Reservations',
    'RoleDetailList',
    'Targets',
  ];
  const commands = [
    'eks-list-addons',
    'iam-list-roles',
    's3api-get-bucket-policy',
    'organizations-list-policies',
    'sqs-get-queue-attributes',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), fc.constantFrom(...commands), (key, value, command) => {
      for (const path of ['x.json', `${ACCOUNT}/${command}/x.json`]) expect(collected([path, { [key]: value }]).known).toHaveLength(1);
    }),
    { seed: 20_261_122, numRuns: 500 },
  );
});
