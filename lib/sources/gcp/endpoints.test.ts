import { describe, expect, test } from 'vitest';
import { googleEndpoint } from './endpoints.ts';

const endpoint = (override: string | undefined): string => googleEndpoint('iam', { CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM: override });

test.each<[string, string | undefined, string]>([
  ['nothing said', undefined, 'https://iam.googleapis.com'],
  ['an empty variable', ' ', 'https://iam.googleapis.com'],
  ['another host', 'https://iam-private.p.googleapis.com/', 'https://iam-private.p.googleapis.com'],
  ['a path is left out', 'https://storage.example/storage/v1/', 'https://storage.example'],
  ['user info is left out', 'https://user:password@iam.example/', 'https://iam.example'],
  ['this machine may do without TLS', 'http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
])('%s', (_name, override, expected) => expect(endpoint(override)).toBe(expected));

describe('where the token would go unprotected', () => {
  test.each([['http://iam.example/'], ['http://127.0.0.1.evil.example/'], ['ftp://iam.example'], ['file:///etc/passwd'], ['iam.example']])(
    '%s',
    (override) => expect(() => endpoint(override)).toThrow('CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM is no https URL'),
  );
});
