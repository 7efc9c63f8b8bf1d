import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { collectScript, SCRIPT_PARTS, type ScriptPart } from './script.ts';
import { answerAs } from './testing/aws-answers.ts';
import { FakeTools } from './testing/fake-tools.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = new FakeTools();
});
afterEach(() => tools.close());

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** What an account prints of one role that may do everything with these. */
const details = (Resource: readonly string[]) => ({
  command: 'iam-get-account-authorization-details',
  resource: '',
  json: {
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
    RoleDetailList: [
      {
        Arn: 'arn:aws:iam::111122223333:role/r',
        RoleName: 'r',
        Path: '/',
        AssumeRolePolicyDocument: { Statement: [] },
        RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource }] } }],
        AttachedManagedPolicies: [],
      },
    ],
    IsTruncated: false,
  },
});

describe('the text', () => {
  const choices: ScriptPart[][] = [[...SCRIPT_PARTS], ...SCRIPT_PARTS.map((part) => [part])];
  test.each(choices.map((parts) => [parts.join(' '), parts] as const))('bash understands it: %s', (_name, parts) => {
    const result = spawnSync('bash', ['-n'], { input: collectScript(new Set(parts)), encoding: 'utf8' });
    expect([result.status, result.stderr]).toEqual([0, '']);
  });

  test('holds the parts that were asked for, and no other', () => {
    const aws = collectScript(new Set(['aws']));
    expect(aws).toContain('aws_account\n');
    expect(aws).not.toMatch(/\bkubectl get\b|\bgcloud --quiet\b|\baz identity\b/);
  });

  test('asks for no secret, changes nothing, and evaluates no name', () => {
    const text = collectScript(new Set(SCRIPT_PARTS));
    expect(text).not.toMatch(
      /get-secret-value|secrets versions|keyvault|get-parameter|list-access-keys|get-credentials|print-access-token/,
    );
    expect(text).not.toMatch(/\b(create|delete|put|update|attach|apply|patch|set)-[a-z]|kubectl (apply|delete|create|edit|patch|exec)\b/);
    expect(text).not.toMatch(/\beval\b|\bsource\b|bash -c|sh -c|xargs/);
  });

  test.skipIf(spawnSync('shellcheck', ['--version']).status !== 0)('shellcheck finds nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'podreach-shellcheck-'));
    const file = join(folder, 'collect.sh');
    writeFileSync(file, collectScript(new Set(SCRIPT_PARTS)));
    const result = spawnSync('shellcheck', ['--severity=warning', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    expect(result.stdout).toBe('');
  });
});

describe('what cannot be collected', () => {
  test('a tool that is not installed is a gap, and the others run', async () => {
    tools.close();
    tools = new FakeTools(['kubectl']);
    tools.answer('kubectl', ['get', 'pods', '--all-namespaces', '-o', 'json'], { apiVersion: 'v1', kind: 'List', items: [] });
    expect(tools.run(SCRIPT_PARTS)).toMatchObject({ code: 0, noted: expect.stringContaining('gcloud is not installed: skipped') });
    const { gaps } = await readSnapshot(tools.folder);
    for (const tool of ['aws', 'gcp', 'azure']) expect(gaps.map(({ file }) => file)).toContain(`${tool}/not-collected.json`);
  });

  test('what kubectl may not list', async () => {
    const said =
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" at the cluster scope';
    tools.refuse('kubectl', ['get', 'pods', '--all-namespaces', '-o', 'json'], said);
    tools.answer('kubectl', ['get', 'namespaces', '--all-namespaces', '-o', 'json'], { apiVersion: 'v1', kind: 'List', items: [] });
    tools.run(['kubernetes']);
    const { gaps } = await readSnapshot(tools.folder);
    expect(gaps.find(({ file }) => file === 'kubernetes/pods.json')?.permission).toBe('list pods');
  });

  test('a cluster without aws-auth maps nobody', async () => {
    tools.refuse(
      'kubectl',
      ['get', 'configmap', 'aws-auth', '--namespace', 'kube-system', '-o', 'json'],
      'Error from server (NotFound): configmaps "aws-auth" not found',
    );
    tools.answer('kubectl', ['get', 'namespaces', '--all-namespaces', '-o', 'json'], { apiVersion: 'v1', kind: 'List', items: [] });
    tools.run(['kubernetes']);
    const { kubernetes, gaps } = await readSnapshot(tools.folder);
    expect(kubernetes.awsAuth).toEqual([]);
    expect(gaps.filter(({ file }) => file === 'kubernetes/aws-auth.json')).toEqual([]);
  });

  test('what aws may not call, with the exact action', async () => {
    answerAs(tools, '111122223333', []);
    const said =
      '\nAn error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation: "no" \\ \u001b[31m$(touch x)`touch y`';
    tools.refuse('aws', ['--output', 'json', 'iam', 'get-account-authorization-details'], said);
    tools.run(['aws'], { AWS_REGION: 'eu-west-1' });
    const { gaps } = await readSnapshot(tools.folder);
    expect(gaps.find(({ file }) => file === 'aws/111122223333/iam-get-account-authorization-details.json')).toMatchObject({
      permission: 'iam:GetAccountAuthorizationDetails',
      where: '111122223333',
    });
  });

  test('the address of a queue that aws may not ask for', async () => {
    answerAs(tools, '111122223333', [details(['arn:aws:sqs:eu-west-1:111122223333:orders', 'arn:aws:sqs:eu-west-1:111122223333:gone'])]);
    const asked = (name: string): string[] => ['--output', 'json', 'sqs', 'get-queue-url', '--region', 'eu-west-1', `--queue-name=${name}`];
    tools.refuse('aws', asked('orders'), 'An error occurred (AccessDenied) when calling the GetQueueUrl operation: no');
    const gone = 'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: none';
    tools.refuse('aws', asked('gone'), gone);
    tools.run(['aws'], { AWS_REGION: 'eu-west-1' });
    const { gaps } = await readSnapshot(tools.folder);
    const about = gaps.filter(({ file }) => file?.includes('/sqs-'));
    expect(about.map(({ permission }) => permission)).toEqual(['sqs:GetQueueUrl']);
  });

  test('a cluster that knows aws-auth alone is not asked for access entries', () => {
    const cluster = { name: 'old', accessConfig: { authenticationMode: 'CONFIG_MAP' } };
    answerAs(tools, '111122223333', [{ command: 'eks-describe-cluster', resource: 'old', json: { cluster } }]);
    tools.run(['aws'], { AWS_REGION: 'eu-west-1' });
    const files = filesIn(tools.folder);
    expect(files.filter((file) => file.includes('/eks-list-access-entries/'))).toEqual([]);
    expect(files.filter((file) => file.includes('/eks-list-addons/'))).toHaveLength(1);
  });

  test('credentials that aws does not accept', async () => {
    tools.answer('kubectl', ['get', 'pods', '--all-namespaces', '-o', 'json'], { apiVersion: 'v1', kind: 'List', items: [] });
    expect(tools.run(['kubernetes', 'aws']).noted).toContain('aws: no valid credentials, skipped');
    expect(filesIn(join(tools.folder, 'aws'))).toEqual(['not-collected.json']);
  });

  test('what gcloud and az may not read', async () => {
    tools.refuse(
      'gcloud',
      ['--quiet', '--format', 'json', 'projects', 'get-iam-policy', 'acme'],
      "ERROR: (gcloud.projects.get-iam-policy) PERMISSION_DENIED: Permission 'resourcemanager.projects.getIamPolicy' denied on resource",
    );
    const subscription = '11111111-2222-4333-8444-555555555555';
    tools.refuse(
      'az',
      ['role', 'assignment', 'list', '--all', '--include-inherited', '--subscription', subscription, '--output', 'json'],
      "ERROR: (AuthorizationFailed) The client 'x' does not have authorization",
    );
    tools.answer('az', ['aks', 'list', '--subscription', subscription, '--output', 'json'], []);
    tools.run(['gcp', 'azure'], { GCP_PROJECTS: 'acme', AZURE_SUBSCRIPTIONS: subscription });
    const { gaps } = await readSnapshot(tools.folder);
    const permissions = gaps.map(({ permission }) => permission);
    expect(permissions).toContain('resourcemanager.projects.getIamPolicy');
    expect(permissions).toContain('Microsoft.Authorization/roleAssignments/read');
  });
});

describe('names that somebody chose to do harm', () => {
  const hostile = [
    '$(touch pwned)',
    '`touch pwned`',
    '; touch pwned;',
    '../../../pwned',
    '-rf',
    'it\'s "quoted" *',
    '$HOME',
    '.hidden',
    'a%2Fb',
    '中文',
  ];

  test.each(hostile)('a cluster %s', (name) => {
    const cluster = { name, arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${name}` };
    answerAs(tools, '111122223333', [{ command: 'eks-describe-cluster', resource: name, json: { cluster } }]);
    expect(tools.run(['aws'], { AWS_REGION: 'eu-west-1' }).code).toBe(0);
    const described = filesIn(tools.folder).filter((file) => file.includes('/eks-describe-cluster/'));
    expect(described).toHaveLength(1);
    expect(described[0]).toMatch(/^aws\/eu-west-1\/111122223333\/eks-describe-cluster\/[^/]+\.json$/);
    expect(described[0]).not.toContain('/.');
    expect(readFileSync(join(tools.folder, described[0] ?? ''), 'utf8')).toContain(JSON.stringify(name).slice(1, -1));
    // Only what has no answer at all was unexpected: nothing was split into other words.
    expect(tools.unexpected().filter((line) => line.includes('describe-cluster'))).toEqual([]);
    expect(existsSync(join(tools.folder, '..', 'pwned'))).toBe(false);
  });

  const files = [
    'arn:aws:sqs:eu-west-1:111122223333:file:///etc/passwd',
    'arn:aws:sqs:eu-west-1:111122223333:fileb://x',
    'arn:aws:ecr:eu-west-1:111122223333:repository/file:///etc/passwd',
    'arn:aws:ecr:eu-west-1:111122223333:repository/http://169.254.169.254/latest',
    'arn:aws:sqs:--endpoint-url:111122223333:orders',
  ];
  test.each(files)('aws reads no file and takes no option for a policy that names %s', (arn) => {
    answerAs(tools, '111122223333', [details([arn, 'arn:aws:sqs:eu-west-1:111122223333:orders'])]);
    tools.run(['aws'], { AWS_REGION: 'eu-west-1' });
    const asked = tools.unexpected().filter((line) => /[|](sqs|ecr)[|]/.test(line));
    expect(asked).toEqual(['aws|--output|json|sqs|get-queue-url|--region|eu-west-1|--queue-name=orders|']);
  });

  test('a queue that looks like an option', () => {
    answerAs(tools, '111122223333', [details(['arn:aws:sqs:eu-west-1:111122223333:--debug'])]);
    tools.run(['aws'], { AWS_REGION: 'eu-west-1' });
    expect(tools.unexpected()).toContain('aws|--output|json|sqs|get-queue-url|--region|eu-west-1|--queue-name=--debug|');
  });

  test('a folder that looks like an option', () => {
    const script = collectScript(new Set([]));
    const root = mkdtempSync(join(tmpdir(), 'podreach-option-'));
    const result = spawnSync('bash', ['-s', '--', '-rf'], { cwd: root, input: script, encoding: 'utf8' });
    expect(result.status).toBe(0);
    expect(readdirSync(root)).toEqual(['-rf']);
    rmSync(root, { recursive: true, force: true });
  });
});
