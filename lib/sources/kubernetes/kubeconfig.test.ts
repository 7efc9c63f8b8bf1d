import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SourceError } from '../source-error.ts';
import { type KubeconfigChoice, loadKubeconfig } from './kubeconfig.ts';

const root = mkdtempSync(join(tmpdir(), 'podreach-kubeconfig-'));
afterAll(() => rmSync(root, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(root, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function config(name: string, more = ''): string {
  return `apiVersion: v1
kind: Config
clusters: [{name: ${name}-cluster, cluster: {server: 'https://${name}.example.com', certificate-authority: pki/ca.crt}}]
users: [{name: ${name}-user, user: {token: CANARY-${name}, client-key: /abs/key, exec: {command: ./plugin}}}]
contexts: [{name: ${name}, context: {cluster: ${name}-cluster, user: ${name}-user, namespace: ${name}-ns}}]
${more}`;
}

const one = file('one', config('one', 'current-context: one'));
const two = file('dir/two', config('two', 'current-context: two'));

async function failure(choice: KubeconfigChoice): Promise<string> {
  const error = await loadKubeconfig(choice).catch((caught: unknown) => caught);
  if (!(error instanceof SourceError)) throw new Error('expected a SourceError');
  return error.message;
}

describe('which kubeconfig', () => {
  const home = join(root, 'home');
  file('home/.kube/config', config('home', 'current-context: home'));
  const rows: { name: string; choice: KubeconfigChoice; context: string }[] = [
    { name: 'the file that is given wins over KUBECONFIG', choice: { kubeconfig: one, env: { KUBECONFIG: two } }, context: 'one' },
    { name: 'KUBECONFIG wins over the home directory', choice: { env: { KUBECONFIG: two, HOME: home } }, context: 'two' },
    { name: 'the home directory', choice: { env: { HOME: home } }, context: 'home' },
    { name: 'several files: the first current context wins', choice: { env: { KUBECONFIG: [one, two].join(delimiter) } }, context: 'one' },
    {
      name: 'several files: a context of the second',
      choice: { context: 'two', env: { KUBECONFIG: [one, two].join(delimiter) } },
      context: 'two',
    },
    {
      name: 'a missing file among several is passed over',
      choice: { env: { KUBECONFIG: ['/no/such', two, ''].join(delimiter) } },
      context: 'two',
    },
  ];
  test.each(rows)('$name', async ({ choice, context }) => {
    const chosen = await loadKubeconfig(choice);
    expect(chosen.contextName).toBe(context);
    expect(chosen.clusterName).toBe(`${context}-cluster`);
    expect(chosen.namespace).toBe(`${context}-ns`);
  });

  test('paths are relative to their own file', async () => {
    const { cluster, user } = await loadKubeconfig({ context: 'two', env: { KUBECONFIG: [one, two].join(delimiter) } });
    expect(cluster['certificate-authority']).toBe(join(root, 'dir', 'pki', 'ca.crt'));
    expect(user['client-key']).toBe('/abs/key');
    expect(user.exec).toEqual({ command: join(root, 'dir', 'plugin') });
  });

  test('of two entries with one name the first counts', async () => {
    const other = file('other', config('one').replace('one.example.com', 'other.example.com'));
    const { cluster } = await loadKubeconfig({ context: 'one', env: { KUBECONFIG: [one, other].join(delimiter) } });
    expect(cluster.server).toBe('https://one.example.com');
  });

  test('in a pod: the service account', async () => {
    const serviceAccountRoot = join(root, 'serviceaccount');
    file('serviceaccount/token', 'CANARY');
    file('serviceaccount/namespace', 'monitoring\n');
    const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' };
    expect(await loadKubeconfig({ env, serviceAccountRoot })).toEqual({
      contextName: 'in-cluster',
      clusterName: 'in-cluster',
      namespace: 'monitoring',
      cluster: { server: 'https://[fd00::1]:6443', 'certificate-authority': join(serviceAccountRoot, 'ca.crt') },
      user: { tokenFile: join(serviceAccountRoot, 'token') },
    });
  });
});

describe('what is wrong with it', () => {
  const rows: { name: string; choice: () => KubeconfigChoice; says: RegExp }[] = [
    {
      name: 'none at all',
      choice: () => ({ env: {}, serviceAccountRoot: '/no/such' }),
      says: /^found no kubeconfig: give one with --kubeconfig/,
    },
    {
      name: 'the file is not there',
      choice: () => ({ kubeconfig: '/no/such', env: {} }),
      says: /^kubeconfig `\/no\/such` cannot be read \(ENOENT\)/,
    },
    {
      name: 'no file of KUBECONFIG is there',
      choice: () => ({ env: { KUBECONFIG: '/no/such' } }),
      says: /^no file of KUBECONFIG=`\/no\/such` can be read/,
    },
    {
      name: 'no such context',
      choice: () => ({ kubeconfig: one, context: 'prod', env: {} }),
      says: /^there is no context `prod` in `.*one`; there are: `one`$/,
    },
    {
      name: 'no current context',
      choice: () => ({ kubeconfig: file('a', config('x')), env: {} }),
      says: /has no current context; choose one with --context: `x`$/,
    },
    { name: 'empty', choice: () => ({ kubeconfig: file('b', ''), env: {} }), says: /is empty or no kubeconfig/ },
    {
      name: 'not YAML',
      choice: () => ({ kubeconfig: file('c', 'users:\n- token: "CANARY\n'), env: {} }),
      says: /is no valid YAML at line \d+, column \d+$/,
    },
    { name: 'tabs', choice: () => ({ kubeconfig: file('d', 'a:\n\tCANARY: 1'), env: {} }), says: /is no valid YAML at line 2/ },
    {
      name: 'the user is missing',
      choice: () => ({ kubeconfig: file('e', config('x', 'current-context: x').replace('name: x-user,', 'name: y,')), env: {} }),
      says: /names the user `x-user`, which is missing$/,
    },
    {
      name: 'the cluster has no server',
      choice: () => ({ kubeconfig: file('f', config('x', 'current-context: x').replace('server', 'srv')), env: {} }),
      says: /names the cluster `x-cluster`, which is missing or has no server$/,
    },
    {
      name: 'a context is asked for in a pod',
      choice: () => ({ context: 'x', env: { KUBERNETES_SERVICE_HOST: 'h' }, serviceAccountRoot: join(root, 'serviceaccount') }),
      says: /there is no context `x`/,
    },
  ];
  test.each(rows)('$name', async ({ choice, says }) => {
    const message = await failure(choice());
    expect(message).toMatch(says);
    expect(message).not.toContain('CANARY');
  });
});
