import { afterEach, describe, expect, test, vi } from 'vitest';
import { SourceError } from '../source-error.ts';
import { azureCredentials, keepTokens } from './client.ts';

const MANAGEMENT = new URL('https://management.azure.com/subscriptions/x?y=z');
const GRAPH = new URL('https://graph.microsoft.com/v1.0/applications');
const { signal } = new AbortController();
const HOUR = 3_600_000;

afterEach(() => vi.unstubAllEnvs());

describe('keepTokens', () => {
  /** Tokens that are numbered and last an hour from the `now` of their making. */
  function numbered() {
    const world = { now: 0, asked: [] as string[], fail: false };
    const authenticate = keepTokens(
      async (scope) => {
        world.asked.push(scope);
        if (world.fail) throw new Error('no');
        return { token: `t${world.asked.length}`, expiresOnTimestamp: world.now + HOUR };
      },
      () => world.now,
    );
    return { world, authenticate };
  }

  test('asks once for each host, whoever comes at once', async () => {
    const { world, authenticate } = numbered();
    const headers = await Promise.all([MANAGEMENT, MANAGEMENT, GRAPH, MANAGEMENT].map((url) => authenticate(url, signal)));
    expect(headers.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2', 'Bearer t1']);
    expect(world.asked).toEqual(['https://management.azure.com/.default', 'https://graph.microsoft.com/.default']);
  });

  test('asks again when the token is about to end, once for all', async () => {
    const { world, authenticate } = numbered();
    await authenticate(MANAGEMENT, signal);
    world.now = HOUR - 6 * 60_000;
    expect((await authenticate(MANAGEMENT, signal)).authorization).toBe('Bearer t1');
    world.now = HOUR - 60_000;
    const headers = await Promise.all([MANAGEMENT, MANAGEMENT, MANAGEMENT].map((url) => authenticate(url, signal)));
    expect(headers.map(({ authorization }) => authorization)).toEqual(['Bearer t2', 'Bearer t2', 'Bearer t2']);
  });

  test('does not keep a failure', async () => {
    const { world, authenticate } = numbered();
    world.fail = true;
    await expect(authenticate(MANAGEMENT, signal)).rejects.toThrow('no');
    world.fail = false;
    expect((await authenticate(MANAGEMENT, signal)).authorization).toBe('Bearer t2');
  });
});

test('without credentials the error says what to do, and whose token was wanted', async () => {
  vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'EnvironmentCredential');
  for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_USERNAME'])
    vi.stubEnv(name, '');
  const error = await azureCredentials()(GRAPH, signal).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SourceError);
  expect((error as Error).message).toMatch(/^no Azure credentials gave a token for graph[.]microsoft[.]com; run `az login`/);
});

test('a variable that narrows the credentials to none that exists is told as an error of the source', async () => {
  vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'NoSuchCredential');
  const error = await Promise.resolve()
    .then(() => azureCredentials()(GRAPH, signal))
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SourceError);
});
