import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import type { SnapshotOptions } from './read.ts';
import { readFilesAlone } from './testing/files-alone.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'podreach-clouds-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Reads the folder that the test has filled; `below` is the part of it that is asked for. */
async function read(
  files: Record<string, string>,
  { below = '.', ...options }: SnapshotOptions & { below?: string } = {},
): Promise<Inventory> {
  for (const [path, data] of Object.entries(files)) {
    const full = join(root, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, data);
  }
  return readFilesAlone(join(root, below), options);
}

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/ops`;
const GOOD = { 'good.json': JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'api', namespace: 'shop' } }) };

describe('the ConfigMap aws-auth', () => {
  const metadata = { namespace: 'kube-system', name: 'aws-auth' };
  const data = { mapRoles: `- rolearn: ${ROLE}\n  groups: [ops]\n` };
  const other = { metadata: { namespace: 'shop', name: 'aws-auth' }, data: { mapRoles: 'CANARY' } };
  const whole = { apiVersion: 'v1', kind: 'ConfigMap' };
  const expected = [{ list: 'mapRoles', index: 0, identity: ROLE, groups: ['ops'] }];

  test.each([
    ['alone', { 'x.json': JSON.stringify({ ...whole, metadata, data }) }],
    [
      'in a list of all ConfigMaps',
      {
        'x.json': JSON.stringify({
          kind: 'List',
          apiVersion: 'v1',
          items: [
            { ...whole, ...other },
            { ...whole, metadata, data },
          ],
        }),
      },
    ],
    [
      'in a list of the raw API',
      { 'x.json': JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', items: [other, { metadata, data }] }) },
    ],
    [
      'such a list with its kind at the end',
      { 'x.json': JSON.stringify({ items: [other, { metadata, data }], apiVersion: 'v1', kind: 'ConfigMapList' }) },
    ],
    [
      'in YAML',
      {
        'x.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: kube-system, name: aws-auth}\ndata:\n  mapRoles: |\n    - rolearn: ${ROLE}\n      groups: [ops]\n`,
      },
    ],
  ] as [string, Record<string, string>][])('is read %s, and nothing of another is kept', async (_name, files) => {
    const inventory = await read({ ...GOOD, ...files });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.awsAuth).toEqual(expected);
    expect(inspect(inventory, { depth: null })).not.toContain('CANARY');
  });

  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', message: 'x', code: 404 };
  test.each([
    ['the API server\u2019s status', { 'x.json': JSON.stringify({ ...status, details: { kind: 'configmaps', name: 'aws-auth' } }) }],
    ['the message of kubectl', { 'x.json': 'Error from server (NotFound): configmaps "aws-auth" not found\n' }],
  ] as [string, Record<string, string>][])('is not there, as %s says: nobody, and no gap', async (_name, files) => {
    const inventory = await read({ ...GOOD, ...files });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.awsAuth).toEqual([]);
  });

  test('was not read where no file speaks of it, or one that another thing is not there', async () => {
    expect((await read(GOOD)).kubernetes).not.toHaveProperty('awsAuth');
    const inventory = await read({ 'x.json': JSON.stringify({ ...status, details: { kind: 'configmaps', name: 'x' } }) });
    expect(inventory.kubernetes).not.toHaveProperty('awsAuth');
    expect(inventory.gaps).toHaveLength(1);
  });

  test('is a gap with its place where it is malformed', async () => {
    const list = { kind: 'List', apiVersion: 'v1', items: [{ ...whole, metadata, data: { mapUsers: '[CANARY' } }] };
    expect((await read({ ...GOOD, 'x.json': JSON.stringify(list) })).gaps).toMatchObject([
      { file: 'x.json', pointer: '/items/0/data/mapUsers', what: 'mapUsers of the ConfigMap kube-system/aws-auth' },
    ]);
  });
});

describe('what the aws command says in the place of an answer', () => {
  const message = (code: string, operation: string): string =>
    `\nAn error occurred (${code}) when calling the ${operation} operation: CANARY\n`;

  test('that it was refused: the missing action', async () => {
    const inventory = await read({ ...GOOD, [`${ACCOUNT}/iam-list-roles.json`]: message('AccessDenied', 'ListRoles') });
    expect(inventory.gaps).toMatchObject([{ source: 'aws', permission: 'iam:ListRoles', file: `${ACCOUNT}/iam-list-roles.json` }]);
    expect(inspect(inventory, { depth: null })).not.toContain('CANARY');
  });

  test('that a bucket has no policy: the bucket without one', async () => {
    const files = { [`${ACCOUNT}/s3api-get-bucket-policy/b.json`]: message('NoSuchBucketPolicy', 'GetBucketPolicy') };
    const inventory = await read({ ...GOOD, ...files });
    expect(inventory).toMatchObject({ gaps: [], aws: { resourcePolicies: [{ arn: 'arn:aws:s3:::b', account: ACCOUNT }] } });
  });

  test('is a file that holds no data, where no path says which command it was', async () => {
    expect((await read({ ...GOOD, 'x.json': message('AccessDenied', 'ListRoles') })).gaps).toMatchObject([
      { source: 'snapshot', why: 'the file is neither JSON nor YAML' },
    ]);
  });
});

describe('which cluster it is', () => {
  const eks = (name: string): string => JSON.stringify({ cluster: { name, arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/${name}` } });
  const files = { ...GOOD, 'shop-prod-eks/a.json': eks('shop'), 'shop-prod-eks/b.json': eks('shop-prod') };

  test('is guessed from the folder that was asked for, and said', async () => {
    const inventory = await read(files, { below: 'shop-prod-eks' });
    expect(inventory.cluster.name).toBe('shop-prod');
    expect(inventory.gaps).toMatchObject([{ what: 'which cluster this is' }]);
  });

  test('is not guessed from folders within it', async () => {
    const inventory = await read(files);
    expect(inventory.cluster).toEqual({});
    expect(inventory.gaps).toMatchObject([{ what: 'OIDC issuer of the cluster' }]);
  });

  test('is what --cluster says, and no guess', async () => {
    const inventory = await read(files, { below: 'shop-prod-eks', cluster: 'shop' });
    expect(inventory.cluster.name).toBe('shop');
    expect(inventory.gaps.map(({ what }) => what)).not.toContain('which cluster this is');
  });
});

test('key names of a metadata-only list of Secrets stand in managedFields', async () => {
  const item = (name: string, fields: object) => ({
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { name, namespace: 'shop', managedFields: [{ manager: 'kubectl', fieldsType: 'FieldsV1', fieldsV1: fields }] },
  });
  const items = [
    item('keys', { 'f:data': { '.': {}, 'f:aws_access_key_id': {}, 'f:aws_secret_access_key': {} }, 'f:type': {} }),
    item('none', { 'f:type': {} }),
  ];
  const list = { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: {}, items };
  for (const text of [JSON.stringify(list), JSON.stringify(list, null, 4)]) {
    const { kubernetes } = await read({ 'secrets.json': text });
    expect(kubernetes.secrets.map(({ name, keys }) => [name, keys])).toEqual([
      ['keys', ['aws_access_key_id', 'aws_secret_access_key']],
      ['none', undefined],
    ]);
  }
});
