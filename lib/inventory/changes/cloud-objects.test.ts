import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';
import { CLOUD_KINDS, type CloudRecords, recordsOf } from './cloud-kinds.ts';
import { CloudObjects } from './cloud-objects.ts';
import { readCloudAnswer } from './read-cloud-answer.ts';

/** Answers by their paths. */
type Answers = Readonly<Record<string, unknown>>;

function worldOf(answers: Answers): CloudRecords {
  const builder = createInventoryBuilder();
  for (const [path, answer] of Object.entries(answers)) {
    const origin = { file: path, path };
    if (!builder.addGcpAnswer(answer, origin) && !builder.addAzureAnswer(answer, origin)) throw new Error(path);
  }
  const { aws, gcp, azure } = builder.finish();
  return { aws, gcp, azure };
}

const project = { name: 'projects/123456789012', projectId: 'acme', state: 'ACTIVE' };
const binding = { role: 'roles/viewer', members: ['user:a@example.com'] };
const deny = {
  name: 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2F123456789012/denypolicies/no-keys',
  kind: 'DenyPolicy',
  rules: [{ denyRule: { deniedPrincipals: ['principalSet://goog/public:all'], deniedPermissions: ['iam.googleapis.com/roles.create'] } }],
};
const application = { id: '000000ac-0000-4000-8000-000000000001', appId: '000000ab-0000-4000-8000-000000000001', displayName: 'ci' };
const principal = { id: '000000ad-0000-4000-8000-000000000001', appId: application.appId, servicePrincipalType: 'Application' };

const GOOGLE: Answers = { 'cloudresourcemanager.v3.projects.get/acme.json': project };

describe('an answer that was read, given once more, changes nothing', () => {
  test.each<[string, string, unknown, Answers]>([
    ['a deny policy that names its project by number', 'iam.v2.policies.denypolicies.list/acme.json', { policies: [deny] }, GOOGLE],
    [
      'the policy of a secret that says no project',
      'secretmanager.v1.projects.secrets.getIamPolicy/db.json',
      { bindings: [binding] },
      GOOGLE,
    ],
    [
      'the policy of a secret whose project is a number',
      'secretmanager.v1.projects.secrets.getIamPolicy/123456789012/db.json',
      { bindings: [binding] },
      GOOGLE,
    ],
    [
      'the policy of a bucket whose project is a number',
      'storage.v1.buckets.getIamPolicy/assets.json',
      { bindings: [{ role: 'roles/storage.legacyBucketOwner', members: ['projectOwner:123456789012'] }] },
      GOOGLE,
    ],
    [
      'an application, of whose principal another answer tells',
      'graph.v1.0.applications.json',
      { value: [{ ...application, signInAudience: 'AzureADMyOrg' }] },
      { 'graph.v1.0.servicePrincipals.json': { value: [principal] } },
    ],
  ])('%s', (_name, path, answer, others) => {
    const world = worldOf({ ...others, [path]: answer });
    const read = readCloudAnswer(answer, path);
    if (read === undefined || 'broken' in read) throw new Error(read?.broken ?? 'nobody knows the answer');
    const objects = new CloudObjects(world);
    expect(objects.apply(read.records)).toEqual([]);
    const after = objects.finish();
    for (const kind of CLOUD_KINDS) expect(recordsOf(after, kind)).toEqual(recordsOf(world, kind));
    expect(CLOUD_KINDS.flatMap((kind) => recordsOf(read.records, kind))).not.toEqual([]);
  });
});

test('the policy of a secret that is new goes to the one project that there is, and of several to none', () => {
  const read = readCloudAnswer({ bindings: [binding] }, 'secretmanager.v1.projects.secrets.getIamPolicy/db.json');
  if (read === undefined || 'broken' in read) throw new Error('nobody knows the answer');
  const said = (answers: Answers): readonly string[] => new CloudObjects(worldOf(answers)).apply(read.records);
  expect(said(GOOGLE)).toEqual(['GcpPolicy projects/acme/secrets/db is new']);
  const another = { ...project, name: 'projects/999', projectId: 'other' };
  expect(said({ ...GOOGLE, 'cloudresourcemanager.v3.projects.get/other.json': another })).toEqual([
    'GcpPolicy projects/-/secrets/db is new',
  ]);
});

test('a list of roles, which leaves out boundaries and tags, is refused', () => {
  const role = { Arn: 'arn:aws:iam::111122223333:role/a', RoleName: 'a', AssumeRolePolicyDocument: { Statement: [] } };
  expect(readCloudAnswer({ Roles: [role] }, 'x')).toEqual({
    broken: expect.stringContaining('`aws iam get-role`'),
  });
  expect(readCloudAnswer({ Role: role }, 'x')).toHaveProperty('records.aws.roles.0.arn', role.Arn);
});
