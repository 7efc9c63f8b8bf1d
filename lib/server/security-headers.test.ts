import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, STATIC_SECURITY_HEADERS } from './security-headers.ts';

const directives = (policy: string) => new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));

describe('contentSecurityPolicy', () => {
  const served = directives(contentSecurityPolicy({ nonce: 'n0nce', development: false }));
  test.each([
    ['script-src', ["'self'", "'nonce-n0nce'", "'strict-dynamic'"]],
    ['style-src', ["'self'", "'unsafe-inline'"]],
    ['img-src', ["'self'", 'data:', 'blob:']],
    ['font-src', ["'self'"]],
    ['connect-src', ["'self'"]],
    ['object-src', ["'none'"]],
    ['base-uri', ["'none'"]],
    ['form-action', ["'self'"]],
    ['frame-ancestors', ["'none'"]],
  ])('%s', (directive, sources) => expect(served.get(directive)).toEqual(sources));

  test('code is evaluated in development alone', () => {
    expect(contentSecurityPolicy({ nonce: 'n', development: true })).toContain("'unsafe-eval'");
    expect(contentSecurityPolicy({ nonce: 'n', development: false })).not.toContain('unsafe-eval');
  });
});

test('the static headers name each header once', () => {
  const names = STATIC_SECURITY_HEADERS.map(([name]) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      'x-content-type-options',
      'referrer-policy',
      'permissions-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
    ]),
  );
});
