import { describe, expect, test } from 'vitest';
import { sessionValue } from './access-token.ts';
import { createAttemptLimiter } from './attempt-limiter.ts';
import { guardSettingsOf, isAllowedHost, isLoopbackHost, isOwnWrite, refusalOf, refusalResponse } from './request-guard.ts';

const TOKEN = 'correct-horse-battery-staple';
const loopback = guardSettingsOf({ PODREACH_PORT: '3000' });
const everywhere = guardSettingsOf({ PODREACH_HOST: '0.0.0.0', PODREACH_PORT: '3000', PODREACH_TOKEN: TOKEN });
const clock = (nowSeconds = 1000) => ({ limiter: createAttemptLimiter({ attempts: 3, windowSeconds: 60 }), nowSeconds });
const request = (method: string, headers: Record<string, string>) => ({ method, headers: new Headers(headers) });

describe('isAllowedHost', () => {
  const named = guardSettingsOf({ PODREACH_PORT: '3000', PODREACH_ALLOWED_HOSTS: 'Podreach.example.com, other.example:8443' });
  test.each([
    ['the address', '127.0.0.1:3000', loopback],
    ['the name', 'localhost:3000', loopback],
    ['the name in capitals', 'LOCALHOST:3000', loopback],
    ['IPv6', '[::1]:3000', loopback],
    ['another loopback address', '127.1.2.3:3000', loopback],
    ['port 80 left out', 'localhost', guardSettingsOf({ PODREACH_PORT: '80' })],
    ['any port where none was said', 'localhost:8080', guardSettingsOf({})],
    ["Next's PORT", 'localhost:3101', guardSettingsOf({ PORT: '3101' })],
    ['an allowed name, any port', 'podreach.example.com', named],
    ['an allowed name with its port', 'other.example:8443', named],
    ['an address where it listens everywhere', '10.1.2.3:3000', everywhere],
    ['an IPv6 address where it listens everywhere', '[fd00::1]:3000', everywhere],
    [
      'the name that it listens on',
      'box.lan:3000',
      guardSettingsOf({ PODREACH_HOST: 'box.lan', PODREACH_PORT: '3000', PODREACH_TOKEN: TOKEN }),
    ],
    [
      'the IPv6 address that it listens on',
      '[fd00::1]:3000',
      guardSettingsOf({ PODREACH_HOST: 'fd00::1', PODREACH_PORT: '3000', PODREACH_TOKEN: TOKEN }),
    ],
  ])('answers to %s', (_name, host, settings) => expect(isAllowedHost(host, settings)).toBe(true));

  test.each([
    ['a rebound name', 'evil.example:3000', loopback],
    ['no header', null, loopback],
    ['an empty header', '', loopback],
    ['another port', 'localhost:3001', loopback],
    ['no port', 'localhost', loopback],
    ['a name that begins like ours', '127.0.0.1.evil.example:3000', loopback],
    ['a name that begins with 127.', '127.evil:3000', loopback],
    ['a name that ends like ours', 'evil-localhost:3000', loopback],
    ['a subdomain', 'evil.localhost:3000', loopback],
    ['a trailing dot', 'localhost.:3000', loopback],
    ['user info', 'localhost@evil.example:3000', loopback],
    ['a list', 'localhost:3000, evil.example', loopback],
    ['a port that is none', 'localhost:30000000', loopback],
    ['an address where only this machine can connect', '10.1.2.3:3000', loopback],
    ['a name where it listens everywhere', 'evil.example:3000', everywhere],
    ['an allowed name on another port', 'other.example:3000', named],
    ['a subdomain of an allowed name', 'x.podreach.example.com', named],
  ])('does not answer to %s', (_name, host, settings) => expect(isAllowedHost(host, settings)).toBe(false));
});

describe('isLoopbackHost', () => {
  test.each(['127.0.0.1', 'localhost', '::1', '[::1]', '127.9.9.9', 'LocalHost'])('%s is', (host) =>
    expect(isLoopbackHost(host)).toBe(true),
  );
  test.each(['0.0.0.0', '::', '10.0.0.1', '127.evil.example', '', 'localhost.evil.example'])('`%s` is not', (host) =>
    expect(isLoopbackHost(host)).toBe(false),
  );
});

describe('isOwnWrite', () => {
  const host = { host: 'localhost:3000' };
  test.each<[string, string, Record<string, string>, boolean]>([
    ['a read from anywhere', 'GET', { ...host, origin: 'http://evil.example' }, false],
    ['our own origin', 'POST', { ...host, origin: 'http://localhost:3000' }, false],
    ['our own origin behind TLS', 'POST', { host: 'podreach.example', origin: 'https://podreach.example' }, false],
    ['fetch metadata without an origin', 'DELETE', { ...host, 'sec-fetch-site': 'same-origin' }, false],
    ['a bearer token without an origin', 'POST', host, true],
  ])('takes %s', (_name, method, headers, bearer) => expect(isOwnWrite(method, new Headers(headers), bearer)).toBe(true));

  test.each<[string, string, Record<string, string>, boolean]>([
    ['another site', 'POST', { ...host, origin: 'http://evil.example' }, false],
    ['another site with a bearer token', 'POST', { ...host, origin: 'http://evil.example' }, true],
    ['another port', 'POST', { ...host, origin: 'http://localhost:3001' }, false],
    ['the null origin', 'POST', { ...host, origin: 'null' }, false],
    ['an origin that is none', 'POST', { ...host, origin: 'localhost:3000' }, false],
    ['no origin at all', 'PUT', host, false],
    ['a sibling site', 'POST', { ...host, 'sec-fetch-site': 'same-site' }, false],
    ['an origin that contradicts the metadata', 'POST', { ...host, origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }, false],
    ['an origin without a host', 'POST', { origin: 'http://localhost:3000' }, false],
    ['an unknown method', 'BREW', host, false],
  ])('refuses %s', (_name, method, headers, bearer) => expect(isOwnWrite(method, new Headers(headers), bearer)).toBe(false));
});

describe('refusalOf', () => {
  const host = { host: '10.0.0.1:3000' };
  const session = sessionValue(TOKEN, 1000);
  test.each<[string, Record<string, string>]>([
    ['the bearer token', { authorization: `Bearer ${TOKEN}` }],
    ['the scheme in lower case', { authorization: `bearer ${TOKEN}` }],
    ['the session', { cookie: `a=b; podreach_session=${session}` }],
  ])('lets through %s', (_name, headers) =>
    expect(refusalOf(request('GET', { ...host, ...headers }), everywhere, clock())).toBeUndefined(),
  );

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['another token', { authorization: 'Bearer correct-horse-battery-stapl' }],
    ['a longer token', { authorization: `Bearer ${TOKEN}x` }],
    ['the token as another scheme', { authorization: `Basic ${TOKEN}` }],
    ['the token as the session', { cookie: `podreach_session=${TOKEN}` }],
    ['a session of another token', { cookie: `podreach_session=${sessionValue('another-token-altogether', 1000)}` }],
    ['a session whose end was moved', { cookie: `podreach_session=9${session}` }],
    ['a session that ran out', { cookie: `podreach_session=${sessionValue(TOKEN, -100_000)}` }],
    ['a cookie whose name ends like ours', { cookie: `x_podreach_session=${session}` }],
  ])('asks for the token given %s', (_name, headers) =>
    expect(refusalOf(request('GET', { ...host, ...headers }), everywhere, clock())?.status).toBe(401),
  );

  test('a session does not stand in for the origin of a write', () => {
    const cookie = `podreach_session=${session}`;
    expect(refusalOf(request('POST', { ...host, cookie }), everywhere, clock())?.status).toBe(403);
    expect(refusalOf(request('POST', { ...host, cookie, origin: 'http://10.0.0.1:3000' }), everywhere, clock())).toBeUndefined();
  });

  test('an authorization header means nothing where no token is set', () => {
    const headers = { host: 'localhost:3000', authorization: 'Bearer anything-at-all' };
    expect(refusalOf(request('GET', headers), loopback, clock())).toBeUndefined();
    expect(refusalOf(request('POST', headers), loopback, clock())?.status).toBe(403);
  });

  test('wrong tokens are slowed down, sessions are not, and the window ends', () => {
    const { limiter } = clock();
    const ask = (headers: Record<string, string>, nowSeconds: number) =>
      refusalOf(request('GET', { ...host, ...headers }), everywhere, { limiter, nowSeconds })?.status;
    const wrong = { authorization: 'Bearer wrong' };
    expect([ask(wrong, 1000), ask(wrong, 1001), ask(wrong, 1002), ask(wrong, 1003)]).toEqual([401, 401, 401, 429]);
    expect(ask({ authorization: `Bearer ${TOKEN}` }, 1004)).toBe(429);
    expect(ask({ cookie: `podreach_session=${session}` }, 1004)).toBeUndefined();
    expect(ask({}, 1004)).toBe(401);
    expect(ask({ authorization: `Bearer ${TOKEN}` }, 1060)).toBeUndefined();
  });

  test('the host comes first, and hostile text is cut and cleaned', async () => {
    const refusal = refusalOf(request('GET', { host: `${'é'.repeat(50)}${'<script>'.repeat(50)}` }), everywhere, clock());
    expect(refusal?.status).toBe(421);
    expect(refusal?.detail).toMatch(/^[\x20-\x7e]{1,250}$/);
    const response = refusalResponse({ status: 429, title: 'too many attempts', detail: 'wait', retryAfterSeconds: 7 });
    expect([response.headers.get('content-type'), response.headers.get('retry-after')]).toEqual(['application/problem+json', '7']);
    expect(await response.json()).toEqual({ type: 'about:blank', title: 'too many attempts', status: 429, detail: 'wait' });
  });
});

describe('guardSettingsOf', () => {
  test.each([
    ['listening everywhere', { PODREACH_HOST: '0.0.0.0' }],
    ['listening on an address', { PODREACH_HOST: '10.0.0.1' }],
    ['listening everywhere with an empty token', { PODREACH_HOST: '::', PODREACH_TOKEN: '' }],
    ['a token that is too short', { PODREACH_TOKEN: 'fifteen-letters' }],
  ])('refuses %s without a good token', (_name, env) => expect(() => guardSettingsOf(env)).toThrow('PODREACH_TOKEN'));

  test('never repeats the token', () => {
    expect(() => guardSettingsOf({ PODREACH_TOKEN: 'short-secret' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('short-secret') }),
    );
  });
});
