import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const ACCOUNT = '123456789012';
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const trust = (Principal: object, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }],
});
const role = (name: string, AssumeRolePolicyDocument: object, statements: readonly object[]) => ({
  Arn: roleArn(name),
  RoleName: name,
  Path: '/',
  RoleId: `AROA${name.toUpperCase()}`,
  CreateDate: '2026-01-01T00:00:00Z',
  AssumeRolePolicyDocument,
  InstanceProfileList: [],
  AttachedManagedPolicies: [],
  Tags: [],
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
});
const details = {
  UserDetailList: [],
  GroupDetailList: [],
  Policies: [],
  IsTruncated: false,
  RoleDetailList: [
    role('app', trust({ Service: 'ec2.amazonaws.com' }), [
      { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/env': 'dev' } } },
      { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
    ]),
    role('target', trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }), []),
  ],
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'podreach-cloud-questions-'));
  mkdirSync(path.join(folder, 'aws', ACCOUNT), { recursive: true });
  writeFileSync(path.join(folder, 'aws', ACCOUNT, 'iam-get-account-authorization-details.json'), JSON.stringify(details));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line as a person does, in a process of its own. */
function podreach(
  command: string,
  lines: readonly unknown[],
): { readonly status: number | null; readonly answers: unknown[]; readonly stderr: string } {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/podreach-main.ts', command, '--snapshot', folder], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  const answers = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
  return {
    status,
    answers,
    stderr: stderr
      .split('\n')
      .filter((line) => line.startsWith('podreach:'))
      .join('\n'),
  };
}

const read = (context?: object) => ({
  provider: 'aws',
  identity: roleArn('app'),
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::assets/x',
  ...(context === undefined ? {} : { context }),
});

describe('cloud-review', () => {
  test('one answer a line, in order, as the context says', () => {
    const { status, answers } = podreach('cloud-review', [
      read({ 'aws:ResourceTag/env': 'dev' }),
      '',
      read({ 'AWS:resourcetag/env': ['prod'] }),
      read(),
      { ...read({}), action: 'sqs:SendMessage' },
      { ...read({}), context: null },
    ]);
    const open = { decision: 'Conditional', by: 'inline own', dependsOn: ['aws:ResourceTag/env'] };
    expect(answers).toEqual([
      { decision: 'Allowed', by: 'inline own' },
      { decision: 'ImplicitlyDenied', by: 'condition' },
      open,
      { decision: 'ImplicitlyDenied', by: 'no allow' },
      open,
    ]);
    expect(status).toBe(0);
  }, 30_000);

  test('an identity that is not there does not keep the others from being answered', () => {
    const { status, answers, stderr } = podreach('cloud-review', [
      { ...read(), identity: roleArn('gone') },
      { ...read(), identity: 'arn:aws:iam::210987654321:role/elsewhere' },
      read({ 'aws:ResourceTag/env': 'dev' }),
    ]);
    expect(answers).toEqual([
      { error: `account ${ACCOUNT} has no role or user \`${roleArn('gone')}\`` },
      { error: 'the roles of account 210987654321 were not read; add its get-account-authorization-details to the snapshot' },
      { decision: 'Allowed', by: 'inline own' },
    ]);
    expect([status, stderr]).toEqual([2, 'podreach: 2 of the questions could not be answered; their lines say why']);
  }, 30_000);

  test.each<readonly [string, unknown, RegExp]>([
    ['no JSON', 'hello', /^podreach: line 2 of the input is no JSON; give one \{"provider", /],
    ['another cloud', { ...read(), provider: 'oracle' }, /^podreach: line 2 of the input: provider: .*; give one /],
    [
      'a context that is a list',
      { ...read(), context: ['a'] },
      /^podreach: line 2 of the input: context: expected an object of condition keys/,
    ],
    ['a context with an object in it', { ...read(), context: { a: {} } }, /^podreach: line 2 of the input: context/],
  ])(
    'refuses %s and says which line',
    (_name, line, message) => {
      const { status, answers, stderr } = podreach('cloud-review', [read({ 'aws:ResourceTag/env': 'dev' }), line, read()]);
      expect(answers).toEqual([{ decision: 'Allowed', by: 'inline own' }]);
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
    },
    30_000,
  );
});

describe('assume', () => {
  test('one answer a line, and what keeps it out by code', () => {
    const ask = { from: roleArn('app'), to: roleArn('target') };
    const { status, answers } = podreach('assume', [
      { ...ask, context: { 'sts:ExternalId': 'x' } },
      { ...ask, context: {} },
      ask,
      { ...ask, to: roleArn('gone') },
      { ...ask, to: 'arn:aws:iam::210987654321:role/elsewhere' },
      { from: roleArn('app'), to: 'sa@project.iam.gserviceaccount.com' },
    ]);
    expect(answers).toEqual([
      { allowed: true, code: 'ok', reason: 'Both policies allow it.' },
      { allowed: false, code: 'external-id', reason: "The target's condition StringEquals on `sts:ExternalId` is false." },
      { allowed: 'conditional', code: 'condition-unknown', reason: 'It hangs on sts:ExternalId.' },
      { allowed: false, code: 'role-missing', reason: `Account ${ACCOUNT} has no role \`${roleArn('gone')}\`.` },
      { allowed: 'conditional', code: 'role-not-read', reason: 'The roles of account 210987654321 were not read.' },
      { error: `\`${roleArn('app')}\` and \`sa@project.iam.gserviceaccount.com\` are of two clouds; ask for two identities of one` },
    ]);
    expect(status).toBe(2);
  }, 30_000);
});
