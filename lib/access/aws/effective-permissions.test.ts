import { describe, expect, it } from 'vitest';
import type { ActionCatalog } from './action-catalog.ts';
import { effectivePermissions } from './effective-permissions.ts';
import { asking, EVERYTHING, type Scene, type Statement } from './testing/asking.ts';

/** Keeps placeholders of formats and policies apart from those of template texts. */
const D = '$';
const any = (format: string): string => format.replaceAll('#', D);

const CATALOG: ActionCatalog = {
  services: [
    {
      service: 'iam',
      name: 'IAM',
      actions: [
        { name: 'ListRoles', level: 'list', on: [] },
        { name: 'AttachRolePolicy', level: 'permissions', on: ['role'] },
      ],
      resourceTypes: [{ name: 'role', arn: any('arn:#{Partition}:iam::#{Account}:role/#{RoleNameWithPath}') }],
    },
    {
      service: 's3',
      name: 'Amazon S3',
      category: 'storage',
      actions: [
        { name: 'DeleteObject', level: 'write', on: ['object'] },
        { name: 'GetObject', level: 'read', on: ['object'] },
        { name: 'GetObjectAcl', level: 'read', on: ['object'] },
        { name: 'ListAllMyBuckets', level: 'list', on: [] },
        { name: 'ListBucket', level: 'list', on: ['bucket'] },
      ],
      resourceTypes: [
        { name: 'bucket', arn: any('arn:#{Partition}:s3:::#{BucketName}') },
        { name: 'object', arn: any('arn:#{Partition}:s3:::#{BucketName}/#{ObjectName}') },
      ],
    },
    {
      service: 'sqs',
      name: 'Amazon SQS',
      actions: [{ name: 'SendMessage', level: 'write', on: ['queue'] }],
      resourceTypes: [{ name: 'queue', arn: any('arn:#{Partition}:sqs:#{Region}:#{Account}:#{QueueName}') }],
    },
  ],
};

/** `s3 list: ListBucket; read: GetObject (1 conditional)`, one line a service. */
function permissions(scene: Scene): string[] {
  const { index, question } = asking(scene);
  return effectivePermissions(index, question.principal, CATALOG).map(
    ({ service, accessLevels }) =>
      `${service} ${accessLevels.map(({ level, actions, count, conditional }) => `${level}: ${actions.join(',')}${count === actions.length ? '' : '…'}${conditional === 0 ? '' : ` (${conditional} conditional)`}`).join('; ')}`,
  );
}

const S3: Statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const ALL_S3 = 's3 list: ListAllMyBuckets,ListBucket; read: GetObject,GetObjectAcl; write: DeleteObject';
const OBJECTS = 'arn:aws:s3:::assets/*';

describe('effectivePermissions', () => {
  it.each<readonly [string, Scene, readonly string[]]>([
    ['nothing', {}, []],
    ['a Deny alone', { inline: [{ ...S3, Effect: 'Deny' }] }, []],
    ['everything', { inline: [EVERYTHING] }, ['iam list: ListRoles; permissions: AttachRolePolicy', ALL_S3, 'sqs write: SendMessage']],
    ['one service', { inline: [S3] }, [ALL_S3]],
    ['by a wildcard', { inline: [{ ...S3, Action: 's3:get*' }] }, ['s3 read: GetObject,GetObjectAcl']],
    ['an action that is not in the catalogue', { inline: [{ ...S3, Action: 's3:Fly' }] }, []],
    ['all but a service', { inline: [{ Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], Resource: '*' }] }, ['sqs write: SendMessage']],
    [
      'all but an action',
      { inline: [{ Effect: 'Allow', NotAction: ['s3:Get*', 'iam:*', 'sqs:*'], Resource: '*' }] },
      ['s3 list: ListAllMyBuckets,ListBucket; write: DeleteObject'],
    ],
    [
      'objects alone: what works on buckets or on nothing falls away',
      { inline: [{ ...S3, Resource: OBJECTS }] },
      ['s3 read: GetObject,GetObjectAcl; write: DeleteObject'],
    ],
    [
      'everything on resources of one service',
      { inline: [{ ...EVERYTHING, Resource: 'arn:aws:sqs:*:*:orders' }] },
      ['sqs write: SendMessage'],
    ],
    [
      'a Deny of a level',
      { inline: [S3, { ...S3, Effect: 'Deny', Action: 's3:Delete*' }] },
      ['s3 list: ListAllMyBuckets,ListBucket; read: GetObject,GetObjectAcl'],
    ],
    [
      'a Deny of some resources',
      { inline: [S3, { ...S3, Effect: 'Deny', Action: 's3:Delete*', Resource: OBJECTS }] },
      [`${ALL_S3} (1 conditional)`],
    ],
    [
      'a Deny under a condition',
      { inline: [S3, { ...S3, Effect: 'Deny', Action: 's3:Delete*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }] },
      [`${ALL_S3} (1 conditional)`],
    ],
    [
      'a Deny that never applies',
      { inline: [S3, { ...S3, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
      [ALL_S3],
    ],
    [
      'a condition of its own',
      { inline: [{ ...S3, Action: 's3:GetObject', Condition: { StringEquals: { 's3:ExistingObjectTag/x': 'y' } } }] },
      ['s3 read: GetObject (1 conditional)'],
    ],
    ['a condition that is never met', { inline: [{ ...S3, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] }, []],
    ['a boundary', { inline: [EVERYTHING], boundary: [{ ...S3, Action: 's3:Get*' }] }, ['s3 read: GetObject,GetObjectAcl']],
    [
      'a boundary of objects',
      { inline: [{ ...S3, Action: 's3:GetObject' }], boundary: [{ ...S3, Resource: OBJECTS }] },
      ['s3 read: GetObject (1 conditional)'],
    ],
    [
      'a boundary that was not read',
      { inline: [{ ...S3, Action: 's3:GetObject' }], boundary: 'unread' },
      ['s3 read: GetObject (1 conditional)'],
    ],
    [
      'an organisation',
      { inline: [EVERYTHING], levels: [[EVERYTHING], [{ ...S3, Action: ['s3:Get*', 'sqs:*'] }]] },
      ['s3 read: GetObject,GetObjectAcl', 'sqs write: SendMessage'],
    ],
    [
      'an organisation that keeps to regions, and a queue elsewhere',
      {
        inline: [{ ...EVERYTHING, Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:*:x' }],
        levels: [
          [EVERYTHING],
          [EVERYTHING, { ...EVERYTHING, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } } }],
        ],
      },
      [],
    ],
    [
      'two statements for one action, one of them sure',
      {
        inline: [
          { ...S3, Action: 's3:GetObject', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
          { ...S3, Action: 's3:GetObject' },
        ],
      },
      ['s3 read: GetObject'],
    ],
    [
      'a resource with a variable',
      { inline: [{ ...S3, Action: 's3:GetObject', Resource: any('arn:aws:s3:::#{aws:PrincipalTag/team}/*') }] },
      ['s3 read: GetObject (1 conditional)'],
    ],
  ])('%s', (_name, scene, expected) => {
    expect(permissions(scene)).toEqual(expected);
  });

  it('names the statements behind a level, and works them out once', () => {
    const { index, question } = asking({
      inline: [S3, { ...S3, Action: 's3:GetObject' }],
      attached: [{ ...S3, Action: 's3:DeleteObject' }],
    });
    const found = effectivePermissions(index, question.principal, CATALOG);
    const behind = (level: string) =>
      found[0]?.accessLevels.find((one) => one.level === level)?.statements.map(({ policy, pointer }) => `${policy} ${pointer}`);
    expect(behind('read')).toEqual([
      'own /RolePolicyList/0/PolicyDocument/Statement/0',
      'own /RolePolicyList/0/PolicyDocument/Statement/1',
    ]);
    expect(behind('write')).toHaveLength(2);
    expect(effectivePermissions(index, question.principal, CATALOG)).toBe(found);
  });
});
