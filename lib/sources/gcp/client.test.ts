import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SourceError } from '../source-error.ts';
import type { Reply } from '../testing/replay-server.ts';
import { googleCredentials } from './client.ts';
import { type Federation, startFederation, tokenReply } from './testing/federation.ts';

const IAM = new URL('https://iam.googleapis.com/');
const { signal } = new AbortController();
let federation: Federation | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await federation?.close();
  federation = undefined;
});

async function useFederation(reply: Reply, more: Record<string, unknown> = {}): Promise<Federation> {
  federation = await startFederation(() => reply, more);
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', federation.file);
  return federation;
}

describe('application default credentials', () => {
  test('give a token, asked for once for several requests, and look up nothing else', async () => {
    const { sts } = await useFederation(tokenReply('one'));
    const authenticate = googleCredentials('acme');
    expect((await authenticate(IAM, signal)).authorization).toBe('Bearer one');
    expect((await authenticate(IAM, signal)).authorization).toBe('Bearer one');
    expect(sts.requests).toHaveLength(1);
    expect(new URLSearchParams(sts.requests[0]?.body).get('scope')).toBe('https://www.googleapis.com/auth/cloud-platform');
  });

  test('name the project that is billed, where the file does', async () => {
    await useFederation(tokenReply('one'), { quota_project_id: 'billed' });
    expect((await googleCredentials('acme')(IAM, signal))['x-goog-user-project']).toBe('billed');
  });
});

describe('are an error that says what to do and quotes nothing', () => {
  const failed = async (until = signal): Promise<Error> => {
    const error: unknown = await googleCredentials('acme')(IAM, until).catch((caught: unknown) => caught);
    if (!(error instanceof Error)) throw new Error('there were credentials');
    return error;
  };
  const everything = (error: Error): string => JSON.stringify([error, error.message, error.stack, String(error.cause)]);

  test('where the file is not there', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path.join(import.meta.dirname, 'CANARY'));
    const error = await failed();
    expect(error).toBeInstanceOf(SourceError);
    expect(error.message).toMatch(/^no Google Cloud credentials were found; run `gcloud auth application-default login`/);
    expect(everything(error)).not.toContain('CANARY');
  });

  test('where the token is refused', async () => {
    await useFederation({ status: 400, body: { error: 'invalid_grant', error_description: 'CANARY-subject-token is not valid' } });
    const error = await failed();
    expect(error).toBeInstanceOf(SourceError);
    expect(error.message).toMatch(/^the Google Cloud credentials gave no token; run/);
    expect(everything(error)).not.toContain('CANARY');
  });

  test('and an abort is an abort', async () => {
    await useFederation({ silent: true });
    const stop = new AbortController();
    const error = failed(stop.signal);
    stop.abort(new Error('enough'));
    expect(await error).toEqual(new Error('enough'));
  });
});
