import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../sources/snapshot/read.ts';
import type { Gap } from '../../gap.ts';
import type { GcpInventory } from '../../gcp.ts';
import { createGcpCollector } from './gcp-collector.ts';

type Json = Record<string, unknown>;

/** What the answers become; each is taken, or the test says that it is not. */
function collect(...answers: readonly (readonly [path: string, answer: unknown])[]): {
  part: GcpInventory;
  gaps: readonly Omit<Gap, 'id'>[];
} {
  const collector = createGcpCollector();
  for (const [path, answer] of answers) if (!collector.add(answer, { file: path, path })) throw new Error(`not taken: ${path}`);
  return collector.finish();
}
const taken = (path: string, answer: unknown): boolean => createGcpCollector().add(answer, { file: path, path });

const BINDINGS = [{ role: 'roles/viewer', members: ['user:a@b.c'] }];
const POLICY: Json = { version: 1, etag: 'A', bindings: BINDINGS };
const ACCOUNT: Json = {
  email: 'api@acme.iam.gserviceaccount.com',
  uniqueId: '1',
  projectId: 'acme',
  name: 'projects/acme/serviceAccounts/api@acme.iam.gserviceaccount.com',
};
const LINK = 'https://container.googleapis.com/v1/projects/acme/locations/eu/clusters/main';
const CLUSTER: Json = {
  name: 'main',
  selfLink: LINK,
  workloadIdentityConfig: { workloadPool: 'acme.svc.id.goog' },
  nodePools: [],
  masterAuth: { clientKey: 'CANARY' },
};
const V3_PROJECT: Json = { name: 'projects/12', projectId: 'acme', state: 'ACTIVE', parent: 'folders/7' };
const DENY_NAME = 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2F12/denypolicies/d';
const DENY: Json = {
  name: DENY_NAME,
  kind: 'DenyPolicy',
  rules: [{ denyRule: { deniedPrincipals: ['principalSet://goog/public:all'], deniedPermissions: ['iam.googleapis.com/x.y'] } }],
};
const POOL = 'projects/12/locations/global/workloadIdentityPools/eks';

describe('which resource an allow policy hangs on', () => {
  it.each([
    ['cloudresourcemanager.v3.projects.getIamPolicy/acme.json', 'projects/acme'],
    ['x/gcp/cloudresourcemanager.v1.projects.getIamPolicy/projects/acme.json', 'projects/acme'],
    ['gcloud-projects-get-iam-policy/acme.json', 'projects/acme'],
    ['cloudresourcemanager.v3.folders.getIamPolicy/7.json', 'folders/7'],
    ['gcloud-resource-manager-folders-get-iam-policy/7.json', 'folders/7'],
    ['cloudresourcemanager.v3.organizations.getIamPolicy/9.json', 'organizations/9'],
    ['gcloud-organizations-get-iam-policy/9.json', 'organizations/9'],
    [
      'iam.v1.projects.serviceAccounts.getIamPolicy/a@acme.iam.gserviceaccount.com.json',
      'projects/-/serviceAccounts/a@acme.iam.gserviceaccount.com',
    ],
    [
      'gcloud-iam-service-accounts-get-iam-policy/a%40acme.iam.gserviceaccount.com.json',
      'projects/-/serviceAccounts/a@acme.iam.gserviceaccount.com',
    ],
    ['storage.v1.buckets.getIamPolicy/assets.json', 'projects/_/buckets/assets'],
    ['gcloud-storage-buckets-get-iam-policy/assets.json.gz', 'projects/_/buckets/assets'],
    ['secretmanager.v1.projects.secrets.getIamPolicy/acme/db.json', 'projects/acme/secrets/db'],
    ['gcloud-secrets-get-iam-policy/projects/acme/secrets/db.json', 'projects/acme/secrets/db'],
    ['secretmanager.v1.projects.secrets.getIamPolicy/db.json', 'projects/-/secrets/db'],
    ['pubsub.v1.projects.topics.getIamPolicy/projects/acme/topics/t.json', 'projects/acme/topics/t'],
  ])('%s: %s', (path, resource) => {
    expect(collect([path, POLICY]).part.policies).toEqual([{ resource, bindings: [{ index: 0, ...BINDINGS[0] }] }]);
  });

  it('buckets say it themselves', () => {
    const policy = { ...POLICY, kind: 'storage#policy', resourceId: 'projects/_/buckets/assets' };
    expect(collect(['policy.json', policy]).part.policies[0]?.resource).toBe('projects/_/buckets/assets');
  });

  it('an empty policy is one', () => {
    expect(collect(['gcloud-projects-get-iam-policy/acme.json', { etag: 'ACAB' }]).part.policies).toEqual([
      { resource: 'projects/acme', bindings: [] },
    ]);
  });

  it.each(['policy.json', 'gcloud-projects-get-iam-policy.json', 'pubsub.v1.projects.topics.getIamPolicy/t.json'])(
    '%s does not say it: a gap',
    (path) => {
      const { part, gaps } = collect([path, POLICY]);
      expect(part.policies).toEqual([]);
      expect(gaps).toMatchObject([{ source: 'gcp', what: 'an allow policy of an unknown resource', file: path }]);
    },
  );

  it('a secret without a project belongs to the one with clusters', () => {
    const secret = ['secretmanager.v1.projects.secrets.getIamPolicy/db.json', POLICY] as const;
    const { part } = collect(
      secret,
      ['clusters.json', { clusters: [CLUSTER] }],
      ['p.json', { ...V3_PROJECT, name: 'projects/13', projectId: 'other' }],
    );
    expect(part.policies.map(({ resource }) => resource)).toEqual(['projects/acme/secrets/db']);
    expect(collect(secret).gaps.some(({ what }) => what.includes('project of the secrets'))).toBe(true);
  });

  it.each([
    ['by the bucket', [['b.json', { kind: 'storage#bucket', name: 'assets', projectNumber: '12' }]] as const, [] as string[], 'acme'],
    ['by its conveniences', [], ['projectOwner:acme', 'projectEditor:acme'], 'acme'],
    ['not by two', [], ['projectOwner:acme', 'projectEditor:other'], undefined],
    ['not by nothing', [], ['allUsers'], undefined],
  ])('the project of a bucket is known %s', (_name, more, members, expected) => {
    const policy = { etag: 'A', bindings: [{ role: 'roles/storage.legacyBucketOwner', members }] };
    const { part } = collect(['p.json', V3_PROJECT], ['storage.v1.buckets.getIamPolicy/assets.json', policy], ...more);
    expect(part.policies[0]?.project).toBe(expected);
  });
});

describe('texts that somebody chose to do harm', () => {
  const link = `https://${'container'.repeat(60_000)}`;
  it.each<[string, Json]>([
    ['an object', { selfLink: link }],
    ['an item of a list', { clusters: [{ selfLink: link }] }],
  ])('a link without an end is none of a cluster: %s', (_name, answer) => expect(taken('x.json', answer)).toBe(false));
});

describe('what else is told by its content', () => {
  it.each<[string, Json, keyof GcpInventory, unknown]>([
    ['a service account', ACCOUNT, 'serviceAccounts', [{ email: ACCOUNT.email, uniqueId: '1', project: 'acme', disabled: false }]],
    [
      'a disabled one',
      { ...ACCOUNT, disabled: true },
      'serviceAccounts',
      [{ email: ACCOUNT.email, uniqueId: '1', project: 'acme', disabled: true }],
    ],
    ['a project (v3)', V3_PROJECT, 'projects', [{ id: 'acme', number: '12', parent: 'folders/7' }]],
    [
      'a project (v1, as gcloud prints it)',
      { projectId: 'acme', projectNumber: '12', name: 'Acme', lifecycleState: 'ACTIVE', parent: { type: 'folder', id: '7' } },
      'projects',
      [{ id: 'acme', number: '12', parent: 'folders/7' }],
    ],
    [
      'a folder',
      { name: 'folders/7', parent: 'organizations/9', state: 'ACTIVE' },
      'folders',
      [{ name: 'folders/7', parent: 'organizations/9' }],
    ],
    [
      'a role',
      { name: 'roles/x.y', title: 'X', includedPermissions: ['a.b.c'] },
      'roles',
      [{ name: 'roles/x.y', title: 'X', permissions: ['a.b.c'], deleted: false }],
    ],
    [
      'a disabled role',
      { name: 'projects/acme/roles/off', title: 'X', includedPermissions: ['a.b.c'], stage: 'DISABLED' },
      'roles',
      [{ name: 'projects/acme/roles/off', title: 'X', permissions: ['a.b.c'], deleted: false, disabled: true }],
    ],
    [
      'a custom role from a list',
      { name: 'projects/acme/roles/x', title: 'X' },
      'roles',
      [{ name: 'projects/acme/roles/x', title: 'X', deleted: false }],
    ],
    [
      'a provider',
      {
        name: `${POOL}/providers/p`,
        oidc: { issuerUri: 'https://i', allowedAudiences: ['a'] },
        attributeMapping: { 'google.subject': 'assertion.sub' },
        attributeCondition: 'true',
      },
      'poolProviders',
      [
        {
          name: `${POOL}/providers/p`,
          pool: POOL,
          issuer: 'https://i',
          allowedAudiences: ['a'],
          attributeMapping: new Map([['google.subject', 'assertion.sub']]),
          attributeCondition: 'true',
          disabled: false,
        },
      ],
    ],
    [
      'a deleted provider',
      { name: `${POOL}/providers/p`, state: 'DELETED', oidc: {} },
      'poolProviders',
      [{ name: `${POOL}/providers/p`, pool: POOL, allowedAudiences: [], attributeMapping: new Map(), disabled: true }],
    ],
  ])('%s', (_name, answer, key, expected) => {
    expect(collect(['file.json', answer]).part[key]).toEqual(expected);
  });

  it('a cluster, without its keys', () => {
    const pool = (config: Json): Json => ({ name: 'p', config });
    const nodePools = [
      pool({ workloadMetadataConfig: { nodeMetadata: 'GKE_METADATA_SERVER' } }),
      pool({ serviceAccount: 'default', oauthScopes: ['s'], workloadMetadataConfig: { mode: 'GCE_METADATA' } }),
    ];
    const { part } = collect([
      'clusters.json',
      { ...CLUSTER, selfLink: LINK.replace('/locations/', '/zones/'), nodePools, autopilot: { enabled: true } },
    ]);
    expect(part.clusters).toEqual([
      {
        selfLink: LINK,
        project: 'acme',
        location: 'eu',
        name: 'main',
        workloadPool: 'acme.svc.id.goog',
        nodePools: [
          { name: 'p', metadataMode: 'GKE_METADATA', oauthScopes: [] },
          { name: 'p', metadataMode: 'GCE_METADATA', serviceAccount: 'default', oauthScopes: ['s'] },
        ],
        autopilot: true,
      },
    ]);
    expect(JSON.stringify(part)).not.toContain('CANARY');
  });

  it('a deny policy, attached to a project by its id', () => {
    const { part } = collect(['p.json', V3_PROJECT], ['iam.v2.policies.denypolicies.list/acme.json', { policies: [DENY] }]);
    expect(part.denyPolicies).toMatchObject([
      { name: DENY_NAME, attachedTo: 'projects/acme', rules: [{ index: 0, deniedPermissions: ['iam.googleapis.com/x.y'] }] },
    ]);
    expect(part.denyPoliciesRead).toEqual(['projects/acme']);
  });

  it('the list leaves the rules out and says so; the policy itself has them', () => {
    const { rules: _rules, ...listed } = DENY;
    const list = ['iam.v2.policies.denypolicies.list/acme.json', { policies: [listed] }] as const;
    const alone = collect(['p.json', V3_PROJECT], list);
    expect(alone.part.denyPolicies[0]?.rules).toBeUndefined();
    expect(alone.gaps.map(({ permission }) => permission)).toContain('iam.denypolicies.get');
    expect(collect(list, ['iam.v2.policies.denypolicies.get/d.json', DENY]).part.denyPolicies[0]?.rules).toHaveLength(1);
  });

  it('policies of ancestors', () => {
    const { part } = collect(
      ['a.json', { id: '7', type: 'folder', policy: POLICY }],
      ['b.json', { id: 'acme', type: 'project', policy: POLICY }],
    );
    expect(part.policies.map(({ resource }) => resource)).toEqual(['folders/7', 'projects/acme']);
  });
});

describe('lists', () => {
  const page = (name: string, more: boolean): readonly [string, unknown] => [
    `iam.v1.projects.serviceAccounts.list/acme.${name}.json`,
    { accounts: [{ ...ACCOUNT, email: `${name}@acme.iam.gserviceaccount.com` }], ...(more ? { nextPageToken: 't' } : {}) },
  ];
  const cut = (gaps: readonly Omit<Gap, 'id'>[]): readonly (string | undefined)[] =>
    gaps.filter(({ why }) => why.includes('cut off')).map(({ permission }) => permission);
  it('of several pages are whole with the last', () => {
    const { part, gaps } = collect(page('page-1', true), page('page-2', false));
    expect(part.serviceAccounts).toHaveLength(2);
    expect(part.projectsWithServiceAccounts).toEqual(['acme']);
    expect(cut(gaps)).toEqual([]);
  });
  it('without the last page are a gap', () => {
    const { part, gaps } = collect(page('page-1', true));
    expect(part.projectsWithServiceAccounts).toEqual([]);
    expect(cut(gaps)).toEqual(['iam.serviceAccounts.list']);
  });
  it('may be empty where the path says what they are', () => {
    expect(collect(['iam.v1.projects.serviceAccounts.list/acme.json', {}]).part.projectsWithServiceAccounts).toEqual(['acme']);
    expect(collect(['iam.v2.policies.denypolicies.list/acme.json', {}]).part.denyPoliciesRead).toEqual(['projects/acme']);
  });
  it('of gcloud come one by one', () => {
    expect(collect(['gcloud-iam-service-accounts-list/acme.json', ACCOUNT]).part.projectsWithServiceAccounts).toEqual(['acme']);
    expect(collect(['accounts.json', ACCOUNT]).part.projectsWithServiceAccounts).toEqual([]);
  });
});

describe('errors become gaps', () => {
  const error = (code: number, message: string, status = 'PERMISSION_DENIED'): Json => ({ error: { code, message, status } });
  it.each([
    [
      'iam.v1.projects.serviceAccounts.list/acme.json',
      error(403, "Permission 'iam.serviceAccounts.list' denied on resource"),
      'iam.serviceAccounts.list',
    ],
    [
      'iam.v1.projects.serviceAccounts.getIamPolicy/a@b.json',
      error(403, 'The caller does not have permission'),
      'iam.serviceAccounts.getIamPolicy',
    ],
    ['cloudresourcemanager.v3.projects.getIamPolicy/acme.json', error(403, ''), 'resourcemanager.projects.getIamPolicy'],
    [
      'container.v1.projects.locations.clusters.list/acme.json',
      error(403, 'Required "container.clusters.list" permission(s) for "projects/acme".'),
      'container.clusters.list',
    ],
    ['iam.v2.policies.denypolicies.list/acme.json', error(403, 'denied'), 'iam.denypolicies.list'],
    ['gcloud-secrets-get-iam-policy/acme/db.json', error(403, 'denied'), 'secretmanager.secrets.getIamPolicy'],
    [
      'container.v1.projects.locations.clusters.list/acme.json',
      error(403, 'Kubernetes Engine API has not been used in project 12 before or it is disabled'),
      undefined,
    ],
    // No right is missing where nobody is signed in.
    [
      'gcloud-projects-get-iam-policy/acme.json',
      error(401, 'Request had invalid authentication credentials', 'UNAUTHENTICATED'),
      undefined,
    ],
    ['iam.v1.roles.get/x.json', error(404, 'not found', 'NOT_FOUND'), undefined],
    ['anything.json', error(403, 'no'), undefined],
  ])('%s %j needs %s', (path, answer, permission) => {
    const [gap, ...others] = collect([path, answer]).gaps;
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ source: 'gcp', file: path });
    expect(gap?.permission).toBe(permission);
  });
});

describe('malformed answers are gaps and left out', () => {
  it.each<[string, string, unknown, string]>([
    ['bindings that are none', 'gcloud-projects-get-iam-policy/acme.json', { etag: 'A', bindings: 'no' }, '/bindings'],
    [
      'a binding without a role',
      'gcloud-projects-get-iam-policy/acme.json',
      { etag: 'A', bindings: [{ members: [] }] },
      '/bindings/0/role',
    ],
    [
      'a condition without an expression',
      'gcloud-projects-get-iam-policy/acme.json',
      { etag: 'A', bindings: [{ role: 'r', condition: {} }] },
      '/bindings/0/condition/expression',
    ],
    ['an account that is half disabled', 'a.json', { accounts: [{ ...ACCOUNT, disabled: 'yes' }] }, '/accounts/0/disabled'],
    ['a cluster that lies nowhere', 'c.json', { ...CLUSTER, selfLink: 'https://container.googleapis.com/v1/x' }, '/selfLink'],
  ])('%s', (_name, path, answer, pointer) => {
    const { part, gaps } = collect([path, answer]);
    expect([part.policies, part.serviceAccounts, part.clusters]).toEqual([[], [], []]);
    expect(gaps.find((gap) => gap.pointer !== undefined)).toMatchObject({
      source: 'gcp',
      pointer,
      why: expect.stringContaining('malformed'),
    });
  });
});

describe('what is not Google is left to others', () => {
  it.each<[string, unknown]>([
    ['list-clusters.json', { clusters: ['main'] }],
    ['eks-list-clusters.json', { clusters: [] }],
    ['policy.json', { Policy: { PolicyName: 'x' } }],
    ['roles.json', { Roles: [{ RoleName: 'x', Arn: 'arn:aws:iam::1:role/x' }] }],
    ['roles.json', { roles: [{ roleName: 'x' }] }],
    ['identity.json', { clientId: 'x', principalId: 'y', name: 'z' }],
    ['error.json', { error: { code: 'AuthorizationFailed', message: 'no' } }],
    ['error.json', { error: { code: 403, message: 'no' } }],
    ['pods.json', { apiVersion: 'v1', kind: 'PodList', items: [] }],
    ['rolebinding.json', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'x' } }],
    ['secrets.json', { secrets: [{ name: 'x' }] }],
    ['array.json', []],
    ['text.json', 'text'],
    ['null.json', null],
    ['proto.json', JSON.parse('{"__proto__": {"email": "a@b.iam.gserviceaccount.com"}}')],
  ])('%s %j', (path, answer) => {
    expect(taken(path, answer)).toBe(false);
  });
});

it('the order of the answers means nothing', () => {
  const answers: readonly (readonly [string, unknown])[] = [
    ['p.json', V3_PROJECT],
    ['roles.json', { roles: [{ name: 'projects/acme/roles/x', title: 'X' }] }],
    ['role.json', { name: 'projects/acme/roles/x', title: 'X', includedPermissions: ['a.b.c'] }],
    ['d.json', { policies: [DENY] }],
    ['c.json', { clusters: [CLUSTER] }],
    ['gcloud-secrets-get-iam-policy/db.json', POLICY],
    ['gcloud-projects-get-iam-policy/acme.json', POLICY],
  ];
  const expected = collect(...answers);
  expect(expected.part.roles[0]?.permissions).toEqual(['a.b.c']);
  fc.assert(
    fc.property(fc.shuffledSubarray([...answers], { minLength: answers.length }), (order) => {
      const found = collect(...order);
      expect(found.part).toEqual(expected.part);
      expect(new Set(found.gaps.map(({ what }) => what))).toEqual(new Set(expected.gaps.map(({ what }) => what)));
    }),
    { seed: 20260101, numRuns: 50 },
  );
});

const FOLDER = resolve(process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../../shared/corpus'), 'prod-eu-gke');
describe.skipIf(!existsSync(FOLDER))('the recorded answers', () => {
  it('are all taken', async () => {
    const { gcp, gaps } = await readSnapshot(FOLDER, { cluster: 'prod-eu' });
    const counts = Object.fromEntries(Object.entries(gcp).map(([key, list]) => [key, (list as readonly unknown[]).length]));
    expect(counts).toEqual({
      projects: 2,
      folders: 0,
      serviceAccounts: 24,
      projectsWithServiceAccounts: 2,
      policies: 29,
      denyPolicies: 1,
      denyPoliciesRead: 1,
      roles: 7,
      clusters: 3,
      poolProviders: 0,
    });
    expect(gaps.filter(({ why }) => /malformed|cut off|unknown resource/.test(why))).toEqual([]);
  });
});
