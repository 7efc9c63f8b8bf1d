import { describe, expect, test } from 'vitest';
import { BadCloudName, cloudSettingsOf, hasClouds } from './cloud-settings.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

describe('names of Google Cloud projects', () => {
  test.each([['acme-prod-eu'], ['example.com:acme-prod'], ['123456789012'], ['abcdef']])('%s', (project) =>
    expect(cloudSettingsOf({ gcpProjects: [project] })).toEqual({ gcp: { projects: [project] } }),
  );

  test.each([
    ['Acme Prod'],
    ['../x'],
    ['-acme-prod'],
    ['acme/prod'],
    [''],
    ['projects/acme-prod'],
    ['acme_prod'],
    ['aé-project'],
    ['a'.repeat(200)],
  ])('not `%s`', (project) =>
    expect(() => cloudSettingsOf({ gcpProjects: [project] })).toThrow(/^`.*` is no Google Cloud project id; `gcloud projects list`/),
  );
});

describe('ids of Azure subscriptions', () => {
  test.each([[SUBSCRIPTION], [SUBSCRIPTION.toUpperCase()], [` ${SUBSCRIPTION} `]])('%s', (id) =>
    expect(cloudSettingsOf({ azureSubscriptions: [id] })).toEqual({ azure: { subscriptions: [SUBSCRIPTION] } }),
  );

  test.each([['Pay-As-You-Go'], [`/subscriptions/${SUBSCRIPTION}`], [SUBSCRIPTION.slice(1)], [`${SUBSCRIPTION}/..`], ['']])(
    'not `%s`',
    (id) => expect(() => cloudSettingsOf({ azureSubscriptions: [id] })).toThrow(/^`.*` is no Azure subscription id; `az account list`/),
  );
});

describe('AWS accounts', () => {
  const role = 'arn:aws-cn:iam::111122223333:role/team/podreach';
  const none = { profiles: [], roles: [], regions: [] };
  test.each<[string, Parameters<typeof cloudSettingsOf>[0], object]>([
    ['the default chain', { aws: true }, none],
    ['profiles', { awsProfiles: ['prod', 'my data', 'prod'] }, { ...none, profiles: ['prod', 'my data'] }],
    ['a role', { awsRoles: [role] }, { ...none, roles: [role] }],
    ['a region alone', { awsRegions: ['us-gov-west-1', 'EU-WEST-1'] }, { ...none, regions: ['us-gov-west-1', 'eu-west-1'] }],
  ])('%s', (_name, words, aws) => expect(cloudSettingsOf(words)).toEqual({ aws }));

  test.each<[string, Parameters<typeof cloudSettingsOf>[0], RegExp]>([
    ['the name of a role', { awsRoles: ['podreach'] }, /^`podreach` is no ARN of an IAM role/],
    ['the ARN of a user', { awsRoles: ['arn:aws:iam::111122223333:user/x'] }, /is no ARN of an IAM role/],
    ['a zone', { awsRegions: ['eu-west-1a'] }, /^`eu-west-1a` is no AWS region/],
    ['a host', { awsRegions: ['eu-west-1.evil.example/'] }, /is no AWS region/],
    ['a profile with a line feed', { awsProfiles: ['a\nb'] }, /is no name of an AWS profile/],
  ])('not %s', (_name, words, says) => expect(() => cloudSettingsOf(words)).toThrow(says));
});

test('a wrong name is told apart from a mistake of ours', () =>
  expect(() => cloudSettingsOf({ gcpProjects: ['../x'] })).toThrow(BadCloudName));

test('a name that comes twice is one', () =>
  expect(cloudSettingsOf({ gcpProjects: ['acme-prod', 'acme-prod'] })).toEqual({ gcp: { projects: ['acme-prod'] } }));

test.each<[string, Parameters<typeof cloudSettingsOf>[0], boolean]>([
  ['nothing', {}, false],
  ['empty lists', { gcpProjects: [], azureSubscriptions: [] }, false],
  ['one project', { gcpProjects: ['acme-prod'] }, true],
  ['one subscription', { azureSubscriptions: [SUBSCRIPTION] }, true],
])('whether a cloud is asked for: %s', (_name, words, asked) => expect(hasClouds(cloudSettingsOf(words))).toBe(asked));
