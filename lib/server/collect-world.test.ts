import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startApiServer } from '../../e2e/api-server/api-server.ts';
import { type Federation, startFederation, tokenReply } from '../sources/gcp/testing/federation.ts';
import { endpointsAt, type GoogleServerOptions, startGoogleServer, TESTDATA, TOKEN } from '../sources/gcp/testing/google-server.ts';
import { pod, serviceAccount } from '../sources/kubernetes/testing/objects.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { SourceError } from '../sources/source-error.ts';
import { graphText } from '../sources/testing/graph-text.ts';
import type { ReplayServer } from '../sources/testing/replay-server.ts';
import { collectWorld } from './collect-world.ts';

const CLOUDS = { gcp: { projects: ['acme-prod-eu', 'acme-data-eu'] } };
const AS_OF = '2026-01-01T00:00:00Z';
const FILES = { type: 'snapshot', path: path.join(TESTDATA, 'kubernetes') } as const;

let federation: Federation;
let google: ReplayServer | undefined;

beforeEach(async () => {
  federation = await startFederation(() => tokenReply(TOKEN));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', federation.file);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await federation.close();
  await google?.close();
  google = undefined;
});

async function startGoogle(options: GoogleServerOptions = {}): Promise<Record<string, string>> {
  google = await startGoogleServer(options);
  return endpointsAt(google.base);
}

describe('a live cloud', () => {
  test('beside the files of a cluster gives what the files of both give', async () => {
    const progress: { what: string; done?: boolean }[] = [];
    const env = await startGoogle();
    const world = await collectWorld({ source: FILES, clouds: CLOUDS }, { env, asOf: AS_OF, onProgress: (step) => progress.push(step) });
    const files = await readSnapshot(TESTDATA, { asOf: AS_OF });
    expect({ ...world, gaps: [] }).toEqual({ ...files, gaps: [] });
    expect(graphText(world)).toEqual(graphText(files));
    expect(progress).toContainEqual(expect.objectContaining({ what: 'answers of Google Cloud', done: true }));
    expect(progress).toContainEqual(expect.objectContaining({ what: 'files', done: false }));
  });

  test('beside a live cluster', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'podreach-world-'));
    const server = await startApiServer({ objects: [pod('shop', 'api'), serviceAccount('shop', 'api')] });
    const kubeconfig = path.join(folder, 'config');
    writeFileSync(kubeconfig, server.kubeconfig());
    const env = await startGoogle();
    const world = await collectWorld({ source: { type: 'kubernetes', kubeconfig }, clouds: CLOUDS, cluster: 'prod-eu' }, { env });
    await server.close();
    rmSync(folder, { recursive: true });
    expect(world.kubernetes.pods.map(({ name }) => name)).toEqual(['api']);
    expect(world.gcp).toEqual((await readSnapshot(TESTDATA)).gcp);
  });

  test('alone', async () => {
    const world = await collectWorld({ clouds: CLOUDS }, { env: await startGoogle() });
    expect(world.gcp.serviceAccounts.length).toBeGreaterThan(20);
    expect(world.kubernetes.serviceAccounts).toEqual([]);
  });

  test('without credentials is a gap beside a cluster that was read', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path.join(TESTDATA, 'no-such-file'));
    const { kubernetes, gaps } = await collectWorld({ source: FILES, clouds: CLOUDS }, { env: await startGoogle() });
    expect(kubernetes.serviceAccounts.length).toBeGreaterThan(5);
    const gap = gaps.find(({ what }) => what === 'Google Cloud');
    expect(gap?.why).toBe('no Google Cloud credentials were found');
    expect(gap?.remedy).toMatch(/^run `gcloud auth application-default login`/);
    expect(google?.requests).toEqual([]);
  });

  test('alone and without credentials is an error', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path.join(TESTDATA, 'no-such-file'));
    await expect(collectWorld({ clouds: CLOUDS }, { env: {} })).rejects.toThrow('no Google Cloud credentials were found');
  });

  test('of two alone, one of which can be read, the other is a gap', async () => {
    vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'EnvironmentCredential');
    for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET']) vi.stubEnv(name, '');
    const azure = { subscriptions: ['11111111-2222-4333-8444-555555555555'] };
    const { gaps, gcp } = await collectWorld({ clouds: { ...CLOUDS, azure } }, { env: await startGoogle() });
    expect(gcp.projects).toHaveLength(2);
    expect(gaps.find(({ what }) => what === 'Azure')?.why).toContain('no Azure credentials gave a token');
  });
});

describe('what ends everything', () => {
  test('a cluster that cannot be read stops the clouds', async () => {
    const env = await startGoogle({ instead: () => ({ silent: true }) });
    const source = { type: 'snapshot', path: path.join(TESTDATA, 'no-such-folder') } as const;
    await expect(collectWorld({ source, clouds: CLOUDS }, { env })).rejects.toThrow(SourceError);
  });

  test('an abort', async () => {
    const stop = new AbortController();
    const env = await startGoogle({
      instead: () => {
        setImmediate(() => stop.abort(new Error('enough')));
        return { silent: true };
      },
    });
    await expect(collectWorld({ source: FILES, clouds: CLOUDS }, { env, signal: stop.signal })).rejects.toThrow('enough');
  });
});

test('without a time it is judged as of now', async () => {
  const before = new Date().toISOString();
  const { asOf = '' } = await collectWorld({ source: FILES });
  expect([before, asOf, new Date().toISOString()].toSorted()[1]).toBe(asOf);
});

test('a snapshot alone is what its source reads', async () =>
  expect(await collectWorld({ source: { type: 'snapshot', path: TESTDATA }, cluster: 'prod-eu' }, { asOf: AS_OF })).toEqual(
    await readSnapshot(TESTDATA, { cluster: 'prod-eu', asOf: AS_OF }),
  ));
