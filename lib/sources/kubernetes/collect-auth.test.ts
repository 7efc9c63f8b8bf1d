import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../../e2e/api-server/fault.ts';
import { namespace, pods } from './testing/objects.ts';
import { collected, tryCollect } from './testing/try-collect.ts';

const CLUSTER = [namespace('a'), ...pods('a', 1200)];
const TOKEN = 'CANARY-bearer';
const folder = mkdtempSync(join(tmpdir(), 'podreach-auth-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A credential plugin that counts its runs, prints `credential`, and keeps what it was told. */
function plugin(name: string, credential: unknown, exitCode = 0): { command: string; args: string[]; log: string } {
  const log = join(folder, `${name}.log`);
  const script = join(folder, `${name}.mjs`);
  const lines = [
    `import { appendFileSync } from 'node:fs';`,
    `appendFileSync(${JSON.stringify(log)}, (process.env.KUBERNETES_EXEC_INFO ?? 'none') + '\\n');`,
    `process.stderr.write('${TOKEN} on stderr');`,
    `process.stdout.write(${JSON.stringify(JSON.stringify(credential))});`,
    `process.exitCode = ${exitCode};`,
  ];
  writeFileSync(script, lines.join('\n'));
  return { command: process.execPath, args: [script], log };
}

describe('credentials', () => {
  test('a token over TLS; few connections, and the lists side by side', async () => {
    const { inventory, server, everything } = await collected({ objects: CLUSTER, tls: true, token: TOKEN, pageDelayMs: 5 });
    expect(inventory.kubernetes.pods.length).toBe(1200);
    expect(inventory.gaps).toEqual([]);
    expect(server.requests.length).toBeGreaterThan(18);
    expect(server.connections).toBeLessThanOrEqual(6);
    expect(server.mostAtOnce).toBeGreaterThan(2);
    expect(server.mostAtOnce).toBeLessThanOrEqual(6);
    expect(everything).not.toContain('CANARY');
    expect(inventory.cluster).toEqual({
      server: server.url,
      name: 'test-cluster',
      issuer: 'https://issuer.example.com',
      version: 'v1.36.2',
    });
  });

  test('credentials that are taken anew every minute open no new connections, and a token file is read again', async () => {
    const tokenFile = join(folder, 'rotating');
    writeFileSync(tokenFile, 'first');
    let minutes = 0;
    vi.useFakeTimers({ toFake: ['Date'] });
    const later = (): void => {
      minutes += 1;
      writeFileSync(tokenFile, `later-${minutes}`);
      vi.setSystemTime(Date.now() + 61_000);
    };
    const faults: Fault[] = [{ does: { kind: 'slow', delayMs: 1 }, when: { plural: 'pods' }, onStrike: later }];
    const { server } = await collected({ objects: CLUSTER, tls: true, faults }, { kubeconfigWanted: { user: { tokenFile } } });
    vi.useRealTimers();
    expect(minutes).toBe(3);
    expect(new Set(server.requests.map(({ headers }) => headers.authorization)).size).toBeGreaterThan(1);
    expect(server.connections).toBeLessThanOrEqual(6);
  });

  test('a client certificate', async () => {
    const { inventory, server } = await collected({ objects: CLUSTER, clientCertificates: true });
    expect(inventory.kubernetes.pods.length).toBe(1200);
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test('no client certificate where the server wants one: an error, no credential in it', async () => {
    const { error } = await tryCollect({ objects: CLUSTER, clientCertificates: true }, { kubeconfigWanted: { user: {} } });
    expect(error?.message).toMatch(/127\.0\.0\.1/);
  });

  test('a token that the server does not know ends everything at once', async () => {
    const { error, server, everything } = await tryCollect(
      { objects: CLUSTER, token: 'other' },
      { kubeconfigWanted: { user: { token: TOKEN } } },
    );
    expect(error?.message).toMatch(/does not accept the credentials of context `test` \(401\); sign in again/);
    expect(server.requests.length).toBe(1);
    expect(everything).not.toContain('CANARY');
  });

  test('a token that expires on the way ends everything as well', async () => {
    const { error } = await tryCollect({
      objects: CLUSTER,
      faults: [{ does: { kind: 'status', status: 401 }, when: { plural: 'pods', page: 3 } }],
    });
    expect(error?.message).toMatch(/\(401\)/);
  });

  test('a token file that ends with a line feed', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, `${TOKEN}\n`);
    const { inventory } = await collected(
      { objects: CLUSTER, token: TOKEN },
      { kubeconfigWanted: { user: { tokenFile, token: 'stale' } } },
    );
    expect(inventory.kubernetes.pods.length).toBe(1200);
  });

  test('a cluster name beyond ASCII, and characters that YAML does not print', async () => {
    const { inventory } = await collected(
      { objects: CLUSTER, token: TOKEN },
      { kubeconfigWanted: { name: 'pr\u00fcfung\u0080\u{1f600}' } },
    );
    expect(inventory.cluster.name).toBe('pr\u00fcfung\u0080\u{1f600}-cluster');
  });

  test('a token that no header can hold: an error without it', async () => {
    const { error, everything } = await tryCollect({ objects: CLUSTER }, { kubeconfigWanted: { user: { token: `${TOKEN}\u0007\u4e2d` } } });
    expect(error?.message).toMatch(/^the credentials hold characters that no HTTP header may hold; correct the token/);
    expect(everything).not.toContain('CANARY');
  });

  test('basic authentication', async () => {
    const { server } = await collected({ objects: CLUSTER }, { kubeconfigWanted: { user: { username: 'me', password: 'secret' } } });
    expect(server.requests.every(({ headers }) => headers.authorization === `Basic ${btoa('me:secret')}`)).toBe(true);
  });

  test('a credential plugin runs once, and is told what client-go tells it', async () => {
    const { command, args, log } = plugin('good', {
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      status: { token: TOKEN },
    });
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command,
      args,
      env: [{ name: 'X', value: 'y' }],
      provideClusterInfo: true,
    };
    const { inventory, server, everything } = await collected({ objects: CLUSTER, token: TOKEN }, { kubeconfigWanted: { user: { exec } } });
    expect(inventory.kubernetes.pods.length).toBe(1200);
    const runs = readFileSync(log, 'utf8').trim().split('\n');
    expect(runs.length).toBe(1);
    expect(JSON.parse(runs[0] ?? '')).toMatchObject({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: server.url } },
    });
    expect(everything).not.toContain('CANARY');
  });

  test('a plugin whose credential has expired by its own clock still runs once', async () => {
    const { command, args, log } = plugin('late', {
      kind: 'ExecCredential',
      status: { token: TOKEN, expirationTimestamp: '2001-01-01T00:00:00Z' },
    });
    await collected({ objects: CLUSTER, token: TOKEN }, { kubeconfigWanted: { user: { exec: { command, args } } } });
    expect(readFileSync(log, 'utf8').trim().split('\n').length).toBe(1);
  });

  const broken: { name: string; exec: () => object; says: RegExp }[] = [
    {
      name: 'that is not there',
      exec: () => ({ command: 'podreach-no-such-plugin' }),
      says: /`podreach-no-such-plugin` cannot be started \(ENOENT\); install it/,
    },
    {
      name: 'that fails',
      exec: () => plugin('fails', {}, 1),
      says: /the credential plugin `.*node` of context `test` gave nothing usable; run `kubectl --context test version`/,
    },
    { name: 'that prints no JSON', exec: () => plugin('odd', TOKEN), says: /gave nothing usable/ },
    { name: 'that prints no status', exec: () => plugin('empty', { kind: 'ExecCredential' }), says: /gave nothing usable/ },
  ];
  test.each(broken)('a plugin $name', async ({ exec, says }) => {
    const { error, everything, server } = await tryCollect({ objects: CLUSTER }, { kubeconfigWanted: { user: { exec: exec() } } });
    expect(error?.message).toMatch(says);
    expect(server.requests.length).toBe(0);
    expect(everything).not.toContain('CANARY');
  });

  test('the proxy of the kubeconfig: everything goes through it, TLS end to end', async () => {
    const tunnels: string[] = [];
    const proxy = createServer().on('connect', (request, client: Socket) => {
      tunnels.push(request.url ?? '');
      const [host, port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      upstream.pipe(client).pipe(upstream);
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const { inventory, server } = await collected(
      { objects: CLUSTER, tls: true, token: TOKEN },
      { kubeconfigWanted: { cluster: { 'proxy-url': url } } },
    );
    await new Promise((resolve) => proxy.close(resolve));
    expect(inventory.kubernetes.pods.length).toBe(1200);
    expect(new Set(tunnels)).toEqual(new Set([new URL(server.url).host]));
    expect(tunnels.length).toBe(server.connections);
    expect(server.connections).toBeLessThanOrEqual(6);
  });

  test('impersonation with groups, each a header of its own', async () => {
    const user = { as: 'jane', 'as-groups': ['one', 'two'], 'as-uid': '7', 'as-user-extra': { 'example.com/Scope': ['s'] } };
    const { server } = await collected({ objects: CLUSTER }, { kubeconfigWanted: { user } });
    const { headers, rawHeaders } = server.requests.at(-1) ?? { headers: {}, rawHeaders: [] };
    expect(headers).toMatchObject({ 'impersonate-user': 'jane', 'impersonate-uid': '7', 'impersonate-extra-example.com%2fscope': 's' });
    expect(rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === 'impersonate-group')).toEqual(['one', 'two']);
  });

  test('a redirect takes no token elsewhere', async () => {
    const { server } = await collected({
      objects: CLUSTER,
      token: TOKEN,
      faults: [{ does: { kind: 'redirect', location: '/api/v1/stolen' }, when: { plural: 'nodes' } }],
    });
    expect(server.requests.some(({ path }) => path.includes('stolen'))).toBe(false);
  });

  test('the server lies below a path, as behind Rancher', async () => {
    const { server } = await tryCollect(
      { objects: CLUSTER },
      { kubeconfigWanted: ({ url }) => ({ cluster: { server: `${url}/k8s/clusters/c-1/` } }) },
    );
    expect(server.requests[0]?.path).toBe('/k8s/clusters/c-1/version');
    expect(server.requests.every(({ path }) => path.startsWith('/k8s/clusters/c-1/'))).toBe(true);
  });
});
