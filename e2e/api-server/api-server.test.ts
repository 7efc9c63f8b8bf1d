import { existsSync, readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ApiServer, type ApiServerOptions, startApiServer } from './api-server.ts';

const corpus = process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../shared/corpus');
const wire = join(corpus, 'wire/kubernetes');
const there = existsSync(join(wire, 'index.json'));

let server: ApiServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: ApiServerOptions): Promise<ApiServer> {
  server = await startApiServer(options);
  return server;
}

interface Recorded {
  readonly file: string;
  readonly path: string;
  readonly status: number;
  readonly headers?: Record<string, string | string[]>;
}

describe.skipIf(!there)('the answers are the recorded ones', () => {
  const read = (name: string): string => readFileSync(join(wire, name), 'utf8');
  const user = 'system:serviceaccount:production:config-watcher';

  test.each(['forbidden.secrets.json', 'forbidden.clusterroles-but-view-pods.json', 'not-found.group.json', 'invalid-continue.json'])(
    '%s',
    async (file) => {
      const index: Recorded[] = JSON.parse(read('index.json'));
      const recorded = index.find((one) => one.file === file);
      const { url } = await start({ user, forbid: () => file.startsWith('forbidden') });
      const answer = await fetch(`${url}${recorded?.path}`);
      expect(answer.status).toBe(recorded?.status);
      expect(await answer.text()).toBe(read(file));
    },
  );

  test('pages of 100, their tokens and what remains', async () => {
    const { url } = await start({ snapshotDir: join(corpus, 'prod-eu') });
    let token: string | undefined;
    for (const file of ['pods.page-1.json', 'pods.page-2.json', 'pods.page-3.json']) {
      const recorded = JSON.parse(read(file));
      const page = await (await fetch(`${url}/api/v1/pods?limit=100${token === undefined ? '' : `&continue=${token}`}`)).json();
      expect([page.kind, page.apiVersion, page.metadata.remainingItemCount]).toEqual([
        recorded.kind,
        recorded.apiVersion,
        recorded.metadata.remainingItemCount,
      ]);
      const names = (list: { items: { metadata: { namespace: string; name: string } }[] }): string[] =>
        list.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
      expect(names(page)).toEqual(names(recorded));
      expect(Object.keys(page.items[0])).toEqual(Object.keys(recorded.items[0]));
      token = page.metadata.continue;
    }
    expect(token).toBeUndefined();
  });

  test('metadata only: no value, key names in managedFields', async () => {
    const { url } = await start({ snapshotDir: join(corpus, 'prod-eu') });
    const headers = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' };
    const path = '/api/v1/secrets?fieldSelector=type%3Dkubernetes.io%2Fservice-account-token';
    const text = await (await fetch(`${url}${path}`, { headers })).text();
    const recorded = JSON.parse(read('secrets.tokens.metadata-only.json'));
    const list = JSON.parse(text);
    expect([list.kind, list.apiVersion, list.items.length]).toEqual([recorded.kind, recorded.apiVersion, recorded.items.length]);
    expect(text).toContain('"f:token"');
    expect(text).not.toContain('"data"');
  });
});

test('an unknown token is 401, the right one is not', async () => {
  const { url } = await start({ token: 't' });
  expect((await fetch(`${url}/version`)).status).toBe(401);
  expect((await fetch(`${url}/version`, { headers: { authorization: 'Bearer t' } })).status).toBe(200);
});

test('HTTPS with a certificate that its own authority vouches for', async () => {
  const { url, kubeconfig } = await start({ tls: true });
  const ca = Buffer.from(JSON.parse(kubeconfig()).clusters[0].cluster['certificate-authority-data'], 'base64');
  const status = await new Promise((resolve, reject) => {
    httpsRequest(`${url}/version`, { ca }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
  await expect(fetch(`${url}/version`)).rejects.toThrow();
});

test('large answers are compressed when asked for, small ones never', async () => {
  const objects = Array.from({ length: 900 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'a', name: `p-${index}`, annotations: { text: 'x'.repeat(200) } },
  }));
  const { url } = await start({ objects });
  const encoding = async (path: string, accept: string): Promise<string | null> =>
    (await fetch(`${url}${path}`, { headers: { 'accept-encoding': accept } })).headers.get('content-encoding');
  expect(await encoding('/api/v1/pods', 'gzip')).toBe('gzip');
  expect(await encoding('/api/v1/pods', 'identity')).toBeNull();
  expect(await encoding('/api/v1/pods?limit=1', 'gzip')).toBeNull();
});

test('discovery names what it serves, and nothing else is served', async () => {
  const { url } = await start({});
  const group = await (await fetch(`${url}/apis/apps/v1`)).json();
  expect(group.resources.map(({ name }: { name: string }) => name)).toEqual(['daemonsets', 'deployments', 'replicasets', 'statefulsets']);
  expect((await fetch(`${url}/apis/example.com/v1`)).status).toBe(404);
});

test('an API that not every server has is served where there are objects of it, the riper version first', async () => {
  const objects = [
    { apiVersion: 'kyverno.io/v1', kind: 'Policy', metadata: { namespace: 'a', name: 'p' } },
    { apiVersion: 'kyverno.io/v2beta1', kind: 'PolicyException', metadata: { namespace: 'a', name: 'e' } },
  ];
  const { url } = await start({ objects });
  const { groups } = await (await fetch(`${url}/apis`)).json();
  const kyverno = groups.find(({ name }: { name: string }) => name === 'kyverno.io');
  expect([kyverno.preferredVersion.version, kyverno.versions.length]).toEqual(['v1', 2]);
  const list = await (await fetch(`${url}/apis/kyverno.io/v1/policies`)).json();
  expect([list.kind, list.items.length]).toEqual(['PolicyList', 1]);
  expect((await fetch(`${url}/apis/kyverno.io/v1/clusterpolicies`)).status).toBe(404);
});

describe('an object that is asked for by its name', () => {
  const path = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
  const objects = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'kube-system', name: 'aws-auth' }, data: { a: 'b' } }];

  test('comes whole', async () => {
    const { url } = await start({ objects });
    expect(await (await fetch(`${url}${path}`)).json()).toEqual(objects[0]);
  });

  test('is 404 where it is not there, and 403 where it may not be read', async () => {
    const { url } = await start({ objects, user: 'u', forbid: (request) => request.path === path });
    const [forbidden, absent] = [await fetch(`${url}${path}`), await fetch(`${url}${path}-2`)];
    expect([forbidden.status, absent.status]).toEqual([403, 404]);
    expect((await forbidden.json()).message).toBe(
      'configmaps "aws-auth" is forbidden: User "u" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
    );
    expect(await absent.json()).toMatchObject({ reason: 'NotFound', details: { kind: 'configmaps', name: 'aws-auth-2' } });
  });
});
