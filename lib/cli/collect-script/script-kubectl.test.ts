import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SECRETS_COMMAND, SECRETS_TEMPLATE } from './kubernetes.ts';

const run = promisify(execFile);
const installed = spawnSync('kubectl', ['version', '--client']).status === 0;

const secret = (name: string, more: object): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'Opaque',
  metadata: { namespace: 'shop', name, uid: `uid-${name}` },
  ...more,
});
const SECRETS = [
  secret('empty', {}),
  secret('keys', { data: { aws_access_key_id: 'Q0FOQVJZ', 'tls.key': 'Q0FOQVJZ' } }),
  {
    ...secret('token', { type: 'kubernetes.io/service-account-token', data: { token: 'Q0FOQVJZ' } }),
    metadata: {
      namespace: 'shop',
      name: 'token',
      uid: 'uid-token',
      labels: { app: 'shop', tier: 'web' },
      annotations: { 'kubernetes.io/service-account.name': 'api', 'kubernetes.io/service-account.uid': 'u1', note: '"CANARY"' },
    },
  },
];

describe.skipIf(!installed)('what the real kubectl prints of Secrets', () => {
  let server: Server;
  let folder: string;
  beforeAll(async () => {
    server = createServer(({ url = '' }, answer) => {
      const path = new URL(url, 'http://api').pathname;
      answer
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(ANSWERS.get(path) ?? { kind: 'Status', status: 'Failure', code: 404 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    folder = mkdtempSync(join(tmpdir(), 'podreach-kubectl-'));
    const cluster = { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    };
    writeFileSync(join(folder, 'config'), JSON.stringify(config));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('JSON with names of keys and whose token it is, and no value', async () => {
    const { stdout } = await run('kubectl', ['get', 'secrets', '--all-namespaces', '-o', `go-template=${SECRETS_TEMPLATE}`], {
      env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: folder, KUBECONFIG: join(folder, 'config') },
    });
    expect(stdout).not.toMatch(/CANARY|Q0FOQVJZ/);
    const own = (name: string, type: string, more: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      type,
      metadata: { namespace: 'shop', name, uid: `uid-${name}`, labels: {}, annotations: {}, ...more },
    });
    expect(JSON.parse(stdout)).toEqual({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { ...own('empty', 'Opaque', {}), data: {} },
        { ...own('keys', 'Opaque', {}), data: { aws_access_key_id: '', 'tls.key': '' } },
        {
          ...own('token', 'kubernetes.io/service-account-token', {
            labels: { app: 'shop', tier: 'web' },
            annotations: { 'kubernetes.io/service-account.name': 'api', 'kubernetes.io/service-account.uid': 'u1' },
          }),
          data: { token: '' },
        },
      ],
    });
  });

  test('an annotation that somebody chose to do harm leaves the list JSON', async () => {
    const harm = 'a\u0007\u0001\u007f\u000b"\\a\\x41\\\\U0010ffff\u{10ffff}🙂\u200b\n';
    const annotations = { 'kubernetes.io/service-account.name': harm };
    const hostile = secret('hostile', {});
    SECRETS.push({ ...hostile, metadata: { namespace: 'shop', name: 'hostile', uid: 'u', annotations } } as typeof hostile);
    const { stdout } = await run('bash', ['--norc', '-c', SECRETS_COMMAND], {
      env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: folder, KUBECONFIG: join(folder, 'config') },
    });
    SECRETS.pop();
    const items = JSON.parse(stdout).items as { metadata: { name: string; annotations: typeof annotations } }[];
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['empty', 'keys', 'token', 'hostile']);
    expect(items[3]?.metadata.annotations['kubernetes.io/service-account.name']).toBe(harm.replace('\u{10ffff}', '\ufffd'));
  });

  test('what kubectl cannot list is not taken for an empty list', async () => {
    const failed = run('bash', ['--norc', '-c', SECRETS_COMMAND], {
      env: { NODE_ENV: 'test', PATH: process.env.PATH, HOME: folder, KUBECONFIG: join(folder, 'nowhere') },
    });
    await expect(failed).rejects.toMatchObject({ code: 1 });
  });
});

const RESOURCE = { name: 'secrets', singularName: 'secret', namespaced: true, kind: 'Secret', verbs: ['get', 'list'] };
const ANSWERS = new Map<string, object>([
  ['/api', { kind: 'APIVersions', versions: ['v1'] }],
  ['/apis', { kind: 'APIGroupList', apiVersion: 'v1', groups: [] }],
  ['/api/v1', { kind: 'APIResourceList', groupVersion: 'v1', resources: [RESOURCE] }],
  ['/api/v1/secrets', { kind: 'SecretList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: SECRETS }],
]);
