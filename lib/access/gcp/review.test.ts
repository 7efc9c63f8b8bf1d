import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudAnswer } from '../cloud/question.ts';
import { gcpReview } from './review.ts';
import { bind, bindWhen, google, gsa, gsaMember, NUMBER, POOL, PROJECT, set, short, subject } from './testing/google.ts';

const BUCKET = 'projects/_/buckets/assets';
const FOLDER = { projectId: PROJECT, name: `projects/${NUMBER}`, parent: 'folders/7', state: 'ACTIVE' };

const ask = (
  inventory: Inventory,
  identity: string,
  action: string,
  more: { resource?: string; context?: [string, string][] } = {},
): CloudAnswer => {
  const answer = gcpReview(inventory, {
    provider: 'gcp',
    identity,
    action,
    resource: more.resource ?? `projects/${PROJECT}`,
    ...(more.context === undefined ? {} : { context: new Map(more.context.map(([key, value]) => [key, [value]])) }),
  });
  if ('error' in answer) throw new Error(answer.error);
  return answer;
};
const decision = (...asked: Parameters<typeof ask>): string => ask(...asked).decision;

describe('who may do what', () => {
  const world = google()
    .gke()
    .account('api')
    .accountWith('off', { disabled: true })
    .ksa('shop/web')
    .project(
      bind('roles/owner', gsaMember('boss')),
      bind('roles/editor', gsaMember('ed')),
      bind('roles/viewer', 'deleted:serviceAccount:api@acme.iam.gserviceaccount.com?uid=1'),
      bind('roles/secretmanager.secretAccessor', gsaMember('api'), subject('shop/web')),
      bind('roles/odd.unread', gsaMember('odd')),
      bind('roles/bigquery.dataViewer', gsaMember('lake')),
      bindWhen("resource.name.startsWith('projects/_/buckets/batch/')", 'roles/storage.objectAdmin', gsaMember('batch')),
      bind('projects/acme/roles/small', gsaMember('small'), gsaMember('off')),
      bind('roles/logging.logWriter', set('namespace/shop'), 'group:team@example.com'),
      bindWhen(`resource.name.startsWith('${BUCKET}/objects/up/')`, 'roles/storage.objectUser', gsaMember('up')),
    )
    .gcpRole('projects/acme/roles/small', 'pubsub.topics.publish')
    .answer('storage.v1.buckets.getIamPolicy/assets', {
      kind: 'storage#policy',
      resourceId: BUCKET,
      bindings: [
        bind('roles/storage.legacyBucketOwner', `projectEditor:${PROJECT}`),
        bind('roles/storage.objectViewer', 'allAuthenticatedUsers'),
      ],
    })
    .answer('secretmanager.v1.projects.secrets.getIamPolicy/acme/db', {
      etag: 'A',
      bindings: [bind('roles/secretmanager.secretAccessor', short('pay/job'))],
    })
    .answer('secretmanager.v1.projects.secrets.getIamPolicy/acme/open', {
      etag: 'A',
      bindings: [bind('roles/secretmanager.secretAccessor', 'allUsers')],
    })
    .inventory();

  it.each<[string, Parameters<typeof ask>, CloudAnswer['decision']]>([
    [
      'a role of the project holds for its secrets',
      [world, gsa('api'), 'secretmanager.versions.access', { resource: 'projects/acme/secrets/db/versions/1' }],
      'Allowed',
    ],
    [
      'by number as well',
      [world, gsa('api'), 'secretmanager.versions.access', { resource: '//secretmanager.googleapis.com/projects/1111/secrets/db' }],
      'Allowed',
    ],
    [
      'the role has no more',
      [world, gsa('api'), 'secretmanager.secrets.delete', { resource: 'projects/acme/secrets/db' }],
      'ImplicitlyDenied',
    ],
    ['a Kubernetes service account by its principal', [world, 'shop/web', 'secretmanager.versions.access'], 'Allowed'],
    ['and by its short name', [world, short('shop/web'), 'secretmanager.versions.access'], 'Allowed'],
    ['and by its long one', [world, subject('shop/web'), 'secretmanager.versions.access'], 'Allowed'],
    ['another namespace is another', [world, 'shop2/web', 'secretmanager.versions.access'], 'ImplicitlyDenied'],
    ['on the secret itself', [world, 'pay/job', 'secretmanager.versions.access', { resource: 'projects/acme/secrets/db' }], 'Allowed'],
    ['not on the project of the secret', [world, 'pay/job', 'secretmanager.versions.access'], 'ImplicitlyDenied'],
    ['a set of a namespace', [world, 'shop/other', 'logging.logEntries.create'], 'Allowed'],
    ['a namespace with the same beginning is no member', [world, 'shopping/other', 'logging.logEntries.create'], 'ImplicitlyDenied'],
    ['owners write policies', [world, gsa('boss'), 'resourcemanager.projects.setIamPolicy'], 'Allowed'],
    ['owners mint no tokens', [world, gsa('boss'), 'iam.serviceAccounts.getAccessToken', { resource: gsa('api') }], 'ImplicitlyDenied'],
    ['editors write no policies', [world, gsa('ed'), 'resourcemanager.projects.setIamPolicy'], 'ImplicitlyDenied'],
    ['editors have what buckets give them', [world, gsa('ed'), 'storage.objects.delete', { resource: `${BUCKET}/objects/a` }], 'Allowed'],
    ['what nobody knows of a basic role stays open', [world, gsa('ed'), 'firestore.documents.get'], 'Conditional'],
    ['a custom role that was read', [world, gsa('small'), 'pubsub.topics.publish'], 'Allowed'],
    ['holds nothing else', [world, gsa('small'), 'pubsub.topics.delete'], 'ImplicitlyDenied'],
    ['a disabled account', [world, gsa('off'), 'pubsub.topics.publish'], 'ImplicitlyDenied'],
    ['a role that nobody read', [world, gsa('odd'), 'pubsub.topics.publish'], 'Conditional'],
    ['everybody with a Google identity', [world, gsa('stranger', 'far'), 'storage.objects.get', { resource: `gs://assets/a` }], 'Allowed'],
    ['a federated identity is none', [world, 'shop/web', 'storage.objects.get', { resource: 'gs://assets/a' }], 'ImplicitlyDenied'],
    ['everybody', [world, 'shop/web', 'secretmanager.versions.access', { resource: 'projects/acme/secrets/open' }], 'Allowed'],
    [
      'a condition on the name holds',
      [world, gsa('up'), 'storage.objects.create', { resource: `//storage.googleapis.com/${BUCKET}/objects/up/a` }],
      'Allowed',
    ],
    ['and fails elsewhere', [world, gsa('up'), 'storage.objects.create', { resource: `${BUCKET}/objects/down/a` }], 'ImplicitlyDenied'],
    [
      'a bucket of an unknown project',
      [world, gsa('ed'), 'storage.objects.get', { resource: 'projects/_/buckets/far/objects/a' }],
      'Conditional',
    ],
    [
      'a secret whose policy was not read',
      [world, gsa('small'), 'secretmanager.versions.access', { resource: 'projects/acme/secrets/other' }],
      'Conditional',
    ],
    [
      'a project whose policy was not read',
      [world, gsa('api'), 'secretmanager.versions.access', { resource: 'projects/far' }],
      'Conditional',
    ],
    ['a role in the place of a permission', [world, 'shop/web', 'roles/secretmanager.secretAccessor'], 'Allowed'],
    ['a role that is not granted', [world, 'shop/web', 'roles/owner'], 'ImplicitlyDenied'],
    ['a permission as deny policies name it', [world, gsa('api'), 'secretmanager.googleapis.com/versions.access'], 'Allowed'],
    ['of a service with another name there', [world, gsa('boss'), 'cloudresourcemanager.googleapis.com/projects.setIamPolicy'], 'Allowed'],
    ['a role on a data set', [world, gsa('lake'), 'bigquery.tables.getData', { resource: 'projects/acme/datasets/d/tables/t' }], 'Allowed'],
    ['that reads only', [world, gsa('lake'), 'bigquery.tables.updateData', { resource: 'projects/acme/datasets/d' }], 'ImplicitlyDenied'],
    ['and runs nothing', [world, gsa('lake'), 'bigquery.jobs.create'], 'ImplicitlyDenied'],
  ])('%s', (_name, asked, expected) => {
    expect(decision(...asked)).toBe(expected);
  });

  it.each([
    'shop/web',
    'system:serviceaccount:shop:web',
    'ns/shop/sa/web',
    `${POOL}[shop/web]`,
    short('shop/web'),
    subject('shop/web'),
    'sa:shop/web',
  ])('knows the Kubernetes service account %s', (identity) => {
    expect(decision(world, identity, 'secretmanager.versions.access')).toBe('Allowed');
    expect(decision(world, identity.replace('web', 'wob'), 'secretmanager.versions.access')).toBe('ImplicitlyDenied');
  });

  it.each([
    gsa('api'),
    gsa('api').toUpperCase(),
    gsaMember('api'),
    `projects/-/serviceAccounts/${gsa('api')}`,
    `projects/acme/serviceAccounts/${gsa('api')}`,
    `//iam.googleapis.com/projects/acme/serviceAccounts/${gsa('api')}`,
    `principal://iam.googleapis.com/projects/-/serviceAccounts/${gsa('api')}`,
    'projects/acme/serviceAccounts/1',
    '1',
  ])('knows the Google service account %s', (identity) => {
    expect(decision(world, identity, 'secretmanager.versions.access')).toBe('Allowed');
    expect(decision(world, identity, 'secretmanager.versions.add')).toBe('ImplicitlyDenied');
  });

  it.each<[string, CloudAnswer['decision']]>([
    ['projects/acme', 'Allowed'],
    ['acme', 'Allowed'],
    ['1111', 'Allowed'],
    ['//cloudresourcemanager.googleapis.com/projects/acme', 'Allowed'],
    ['//cloudresourcemanager.googleapis.com/projects/1111', 'Allowed'],
    ['https://cloudresourcemanager.googleapis.com/v3/projects/acme', 'Allowed'],
    ['https://secretmanager.googleapis.com/v1/projects/acme/secrets/db/versions/latest', 'Allowed'],
    ['https://secretmanager.googleapis.com/v1beta1/projects/acme/secrets/db', 'Allowed'],
    ['https://www.googleapis.com/compute/v1/projects/acme/zones/z/instances/i', 'Allowed'],
    ['projects/far', 'Conditional'],
    ['far', 'Conditional'],
  ])('knows the resource %s', (resource, expected) => {
    expect(decision(world, gsa('api'), 'secretmanager.versions.access', { resource })).toBe(expected);
  });

  it.each([
    `${BUCKET}/objects/up/a b.png`,
    `//storage.googleapis.com/${BUCKET}/objects/up/a b.png`,
    '//storage.googleapis.com/assets/up/a b.png',
    'https://storage.googleapis.com/assets/up/a%20b.png',
    'https://storage.googleapis.com/storage/v1/b/assets/o/up%2Fa%20b.png',
    'https://www.googleapis.com/storage/v1/b/assets/o/up%2Fa%20b.png',
    'https://assets.storage.googleapis.com/up/a%20b.png',
    'gs://assets/up/a b.png',
    'projects/acme/buckets/assets/objects/up/a b.png',
    'projects/1111/buckets/assets/objects/up/a b.png',
  ])('knows the object %s', (resource) => {
    expect(decision(world, gsa('up'), 'storage.objects.create', { resource })).toBe('Allowed');
    expect(decision(world, gsa('up'), 'storage.objects.create', { resource: resource.replace('up', 'down') })).toBe('ImplicitlyDenied');
  });

  it.each(['//storage.googleapis.com/assets', 'https://storage.googleapis.com/storage/v1/b/assets', 'gs://assets', 'gs://assets/'])(
    'knows the bucket %s',
    (resource) => {
      expect(decision(world, gsa('ed'), 'storage.buckets.get', { resource })).toBe('Allowed');
      expect(decision(world, gsa('api'), 'storage.buckets.get', { resource })).toBe('ImplicitlyDenied');
    },
  );

  it('knows a service account by its number', () => {
    const resource = '//iam.googleapis.com/projects/acme/serviceAccounts/1';
    expect(decision(world, gsa('boss'), 'iam.serviceAccounts.setIamPolicy', { resource })).toBe('Allowed');
    expect(decision(world, gsa('small'), 'iam.serviceAccounts.setIamPolicy', { resource })).toBe('ImplicitlyDenied');
  });

  it('places a bucket in the one project where a condition names it, and says so', () => {
    const answer = ask(world, gsa('batch'), 'storage.objects.get', { resource: 'projects/_/buckets/batch/objects/a' });
    expect(answer.decision).toBe('Allowed');
    expect(answer.by).toContain('projects/_/buckets/batch is taken to lie in projects/acme, where a condition names it');
    expect(decision(world, gsa('batch'), 'storage.objects.update', { resource: `${BUCKET}/objects/a` })).toBe('ImplicitlyDenied');
    expect(decision(world, gsa('batch'), 'storage.objects.get', { resource: 'projects/_/buckets/batch2/objects/a' })).toBe('Conditional');
  });

  it('says by what, and what was not counted', () => {
    expect(ask(world, 'shop/web', 'secretmanager.versions.access').by).toBe(
      `roles/secretmanager.secretAccessor to ${subject('shop/web')} in the policy of projects/acme (binding 3)`,
    );
    expect(ask(world, gsa('api'), 'logging.logEntries.create').by).toContain(
      'members of group:team@example.com were not read and not counted',
    );
  });

  it.each([
    '',
    'user',
    'arn:aws:iam::1:role/x',
    'a/b/c',
    set('namespace/shop'),
    'group:team@example.com',
    'user:a@example.com',
    'a@example.com',
    '99',
    'projects/acme/serviceAccounts/99',
  ])('refuses %s, which is no identity', (identity) => {
    const asked = { provider: 'gcp', identity, action: 'x.y.z', resource: `projects/${PROJECT}` } as const;
    expect(gcpReview(world, asked)).toEqual({ error: expect.stringContaining('names no Google identity') });
  });
});

describe('custom roles', () => {
  const world = (more: Record<string, unknown>): Inventory =>
    google()
      .project(bind('projects/acme/roles/own', gsaMember('api')))
      .answer('iam.v1.projects.roles.get/own', { name: 'projects/acme/roles/own', includedPermissions: ['pubsub.topics.publish'], ...more })
      .inventory();
  it.each<[string, Record<string, unknown>, CloudAnswer['decision']]>([
    ['one in use', { stage: 'GA' }, 'Allowed'],
    ['one that is discouraged', { stage: 'DEPRECATED' }, 'Allowed'],
    ['one that is disabled gives nothing to whoever has it', { stage: 'DISABLED' }, 'ImplicitlyDenied'],
    ['one that is deleted', { stage: 'GA', deleted: true }, 'ImplicitlyDenied'],
  ])('%s', (_name, more, expected) => {
    expect(decision(world(more), gsa('api'), 'pubsub.topics.publish')).toBe(expected);
  });
});

describe('policies above', () => {
  const world = google()
    .account('api')
    .project()
    .answer(`cloudresourcemanager.v3.projects.get/again`, FOLDER)
    .answer('cloudresourcemanager.v3.folders.getIamPolicy/7', {
      etag: 'A',
      bindings: [bind('roles/storage.objectViewer', gsaMember('api'))],
    })
    .inventory();
  it('are inherited', () => {
    expect(decision(world, gsa('api'), 'storage.objects.get')).toBe('Allowed');
    expect(decision(world, gsa('other'), 'storage.objects.get')).toBe('ImplicitlyDenied');
  });
});

describe('time', () => {
  const until = (year: number): Inventory =>
    google()
      .project(bindWhen(`request.time < timestamp("${year}-01-01T00:00:00Z")`, 'roles/storage.objectViewer', gsaMember('api')))
      .inventory();
  const timeless: Inventory = (({ asOf: _asOf, ...rest }) => rest)(until(2100));
  it.each<[string, Inventory, [string, string][] | undefined, CloudAnswer['decision']]>([
    ['is that of the inventory', until(2100), undefined, 'Allowed'],
    ['past its end', until(2024), undefined, 'ImplicitlyDenied'],
    ['is open without one', timeless, undefined, 'Conditional'],
    ['is what the request says', until(2024), [['request.time', '2023-06-01T00:00:00Z']], 'Allowed'],
  ])('%s', (_name, inventory, context, expected) => {
    const asked = context === undefined ? {} : { context };
    expect(decision(inventory, gsa('api'), 'storage.objects.get', asked)).toBe(expected);
  });
  it('may be given with the question', () => {
    const asked = { provider: 'gcp', identity: gsa('api'), action: 'storage.objects.get', resource: 'projects/acme' } as const;
    expect(gcpReview(timeless, asked, { now: '2101-01-01T00:00:00Z' })).toMatchObject({ decision: 'ImplicitlyDenied' });
  });
});

describe('deny policies', () => {
  const world = (rule: Record<string, unknown>): Inventory =>
    google()
      .account('api')
      .project(bind('roles/iam.serviceAccountKeyAdmin', gsaMember('admin')))
      .deny(rule)
      .inventory();
  const KEYS = ['iam.googleapis.com/serviceAccountKeys.create'];
  const ALL = ['principalSet://goog/public:all'];
  const ADMIN = [`principal://iam.googleapis.com/projects/-/serviceAccounts/${gsa('admin')}`];
  it.each<[string, Record<string, unknown>, CloudAnswer['decision']]>([
    ['everybody', { deniedPrincipals: ALL, deniedPermissions: KEYS }, 'ExplicitlyDenied'],
    ['by name', { deniedPrincipals: ADMIN, deniedPermissions: KEYS }, 'ExplicitlyDenied'],
    ['but for an exception', { deniedPrincipals: ALL, exceptionPrincipals: ADMIN, deniedPermissions: KEYS }, 'Allowed'],
    [
      'a group of exceptions was not read',
      { deniedPrincipals: ALL, exceptionPrincipals: ['principalSet://goog/group/a@b.c'], deniedPermissions: KEYS },
      'ExplicitlyDenied',
    ],
    [
      'but for an excepted permission',
      { deniedPrincipals: ALL, deniedPermissions: ['iam.googleapis.com/*.*'], exceptionPermissions: KEYS },
      'Allowed',
    ],
    ['another permission', { deniedPrincipals: ALL, deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.delete'] }, 'Allowed'],
    ['another principal', { deniedPrincipals: ['principal://goog/subject/a@b.c'], deniedPermissions: KEYS }, 'Allowed'],
    [
      'a condition on tags is open',
      { deniedPrincipals: ALL, deniedPermissions: KEYS, denialCondition: { expression: "resource.matchTag('a/b', 'c')" } },
      'Conditional',
    ],
  ])('%s', (_name, rule, expected) => {
    expect(decision(world(rule), gsa('admin'), 'iam.serviceAccountKeys.create', { resource: gsa('api') })).toBe(expected);
  });
  it('whose rules were not read leave it open', () => {
    const name = `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F${NUMBER}/denypolicies/d`;
    const inventory = google()
      .account('api')
      .project(bind('roles/iam.serviceAccountKeyAdmin', gsaMember('admin')))
      .answer('iam.v2.policies.denypolicies.list/acme', { policies: [{ name, kind: 'DenyPolicy' }] })
      .inventory();
    expect(decision(inventory, gsa('admin'), 'iam.serviceAccountKeys.create', { resource: gsa('api') })).toBe('Conditional');
  });
});
