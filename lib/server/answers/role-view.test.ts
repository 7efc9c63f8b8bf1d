import { describe, expect, test } from 'vitest';
import type { ActionCatalog } from '../../access/aws/action-catalog.ts';
import { accountWith, federated, ISSUER, PROVIDER, role, roleArn } from '../../graph/testing/aws-account.ts';
import { EMPTY_AZURE } from '../../inventory/azure.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { EMPTY_INVENTORY } from '../../inventory/testing/empty-inventory.ts';
import { type Dataset, datasetOf } from '../dataset.ts';
import { identityDetail } from './role-view.ts';

const CATALOG: ActionCatalog = {
  services: [
    {
      service: 's3',
      name: 'Amazon S3',
      actions: [
        { name: 'GetObject', level: 'read', on: [] },
        { name: 'PutObject', level: 'write', on: [] },
        { name: 'PutBucketPolicy', level: 'permissions', on: [] },
      ],
      resourceTypes: [],
    },
  ],
};

const GITHUB = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';

function awsWorld(): Dataset {
  const fixture = accountWith({
    roles: [
      role('api', {
        trust: [
          federated(),
          { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' }, Action: 'sts:AssumeRole' },
          { Effect: 'Allow', Principal: { Federated: GITHUB }, Action: 'sts:AssumeRoleWithWebIdentity' },
          { Effect: 'Deny', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
        inline: [
          { Effect: 'Allow', Action: ['s3:GetObject', 's3:Put*'], Resource: '*' },
          { Effect: 'Deny', Action: 's3:PutBucketPolicy', Resource: '*' },
        ],
        attached: ['arn:aws:iam::aws:policy/NotRead'],
      }),
      role('one', { trust: [federated({ StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:a:one' } })] }),
    ],
  });
  for (const name of ['one', 'two', 'three', 'four', 'five']) fixture.serviceAccount(`a/${name}`);
  return datasetOf(fixture.inventory());
}

describe('a role', () => {
  const detail = identityDetail(awsWorld(), roleArn('api'), CATALOG);

  test('what it may do is told by service and access level, after what is denied', () => {
    expect(
      detail.permissions.items.map(({ service, accessLevels }) => [service, accessLevels.map(({ level, actions }) => [level, actions])]),
    ).toEqual([
      [
        's3',
        [
          ['Read', ['GetObject']],
          ['Write', ['PutObject']],
        ],
      ],
    ]);
  });

  test('a policy that was not read is said', () => {
    expect(detail.permissionsNote).toContain('arn:aws:iam::aws:policy/NotRead');
  });

  test('who can act as it is told by what they are; what is denied and the cluster itself are not listed', () => {
    const { serviceAccounts, people, services, elsewhere } = detail.assumedBy;
    expect(serviceAccounts.total).toBe(5);
    expect(people.items.map(({ name }) => name)).toEqual(['arn:aws:iam::999999999999:root']);
    expect(services.items.map(({ name }) => name)).toEqual(['ec2.amazonaws.com']);
    expect(elsewhere.items.map(({ name }) => name)).toEqual([GITHUB]);
    expect(JSON.stringify(elsewhere)).not.toContain(PROVIDER);
  });

  test('open to the whole cluster is a warning with its cause', () => {
    expect(detail.warnings).toEqual([
      {
        code: 'no-condition',
        says: expect.stringMatching(/^Any service account of this cluster can act as it\. The statement has no condition/),
      },
    ]);
  });

  test('one that lets a single service account in has no warning', () => {
    expect(identityDetail(awsWorld(), `aws-role:${roleArn('one')}`, CATALOG).warnings).toEqual([]);
  });

  test('one that is not there is refused with what to do', () => {
    expect(() => identityDetail(awsWorld(), roleArn('none'), CATALOG)).toThrow(/name one by its ARN, email or client id/);
    expect(() => identityDetail(awsWorld(), 'sa:a/one', CATALOG)).toThrow(/no cloud identity/);
  });
});

describe('identities of other clouds', () => {
  const EMAIL = 'api@shop.iam.gserviceaccount.com';
  const CLIENT = '0000c1c1-0000-4000-8000-000000000001';
  const inventory: Inventory = {
    ...EMPTY_INVENTORY,
    gcp: {
      ...EMPTY_INVENTORY.gcp,
      serviceAccounts: [{ email: EMAIL, project: 'shop', disabled: false }],
      roles: [
        {
          name: 'roles/storage.objectAdmin',
          permissions: ['storage.objects.get', 'storage.objects.list', 'storage.objects.create', 'storage.objects.setIamPolicy'],
          deleted: false,
        },
      ],
      policies: [
        {
          resource: 'projects/shop',
          bindings: [
            { index: 0, role: 'roles/storage.objectAdmin', members: [`serviceAccount:${EMAIL}`], condition: { expression: 'true' } },
            { index: 1, role: 'roles/custom', members: [`serviceAccount:${EMAIL}`] },
          ],
        },
        {
          resource: `projects/-/serviceAccounts/${EMAIL}`,
          bindings: [
            {
              index: 0,
              role: 'roles/iam.serviceAccountTokenCreator',
              members: ['user:ann@example.com', 'principalSet://iam.googleapis.com/github', 'deleted:user:x'],
            },
          ],
        },
      ],
    },
    azure: {
      ...EMPTY_AZURE,
      identities: [
        {
          kind: 'managed-identity',
          name: 'id-api',
          clientId: CLIENT,
          principalId: 'p1',
          resourceId: '/subscriptions/s/resourceGroups/rg/x',
        },
      ],
      roleDefinitions: [
        {
          id: '/d/r1',
          name: 'r1',
          roleName: 'Contributor',
          custom: false,
          permissions: [
            {
              actions: ['*'],
              notActions: ['Microsoft.Authorization/*/write'],
              dataActions: ['Microsoft.Storage/a/read'],
              notDataActions: [],
            },
          ],
        },
      ],
      roleAssignments: [{ id: 'a1', roleDefinitionId: '/x/R1', principalId: 'P1', scope: '/subscriptions/s', listedFor: [] }],
      federatedCredentials: [
        {
          id: 'c1',
          identity: '/subscriptions/s/resourceGroups/rg/x',
          name: 'gh',
          issuer: 'https://token.actions.githubusercontent.com',
          subject: 'repo:a/b',
          audiences: [],
        },
      ],
    },
  };
  const data = datasetOf(inventory);
  const levels = (id: string) =>
    identityDetail(data, id, CATALOG).permissions.items.map(({ service, accessLevels }) => [
      service,
      accessLevels.map(({ level, count, conditional }) => [level, count, conditional]),
    ]);

  test('a Google service account: permissions of its roles by level, unknown roles as themselves', () => {
    expect(levels(EMAIL)).toEqual([
      ['roles', [['Role', 1, 0]]],
      [
        'storage',
        [
          ['Permissions management', 1, 1],
          ['Write', 1, 1],
          ['Read', 1, 1],
          ['List', 1, 1],
        ],
      ],
    ]);
  });

  test('a Google service account: people and other clouds that its policy names', () => {
    const { people, elsewhere } = identityDetail(data, EMAIL, CATALOG).assumedBy;
    expect(people.items.map(({ name }) => name)).toEqual(['user:ann@example.com']);
    expect(elsewhere.items.map(({ name }) => name)).toEqual(['principalSet://iam.googleapis.com/github']);
  });

  test('an Azure identity: actions of its roles, ids without regard to case', () => {
    expect(levels(CLIENT)).toEqual([
      ['*', [['Everything', 1, 0]]],
      ['Microsoft.Storage', [['Data read', 1, 0]]],
    ]);
    expect(identityDetail(data, CLIENT.toUpperCase(), CATALOG).assumedBy.elsewhere.items.map(({ name }) => name)).toEqual([
      'https://token.actions.githubusercontent.com',
    ]);
  });
});
