import { describe, expect, test } from 'vitest';
import { createAttemptLimiter } from './attempt-limiter.ts';
import { answerLogin, loginPage, safeNextPath } from './login.ts';

const TOKEN = 'correct-horse-battery-staple';
const clock = () => ({ limiter: createAttemptLimiter({ attempts: 2, windowSeconds: 60 }), nowSeconds: 1000 });

function post(body: string, next = '/graph', headers: Record<string, string> = {}): Request {
  const all = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length), ...headers };
  return new Request(`http://localhost:3000/login?next=${encodeURIComponent(next)}`, { method: 'POST', body, headers: all });
}

describe('safeNextPath', () => {
  test.each(['/', '/graph?select=pod:a/b&to=x', '/respond?from=sa%3Aa'])('goes to %s', (path) => expect(safeNextPath(path)).toBe(path));
  test.each([
    ['another site', 'https://evil.example/'],
    ['another site without a scheme', '//evil.example'],
    ['a backslash', '/\\evil.example'],
    ['a backslash later', '/a\\b'],
    ['a line break', '/a\r\nSet-Cookie: x'],
    ['a tab that browsers drop', '/\t/evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['nothing', null],
    ['the login itself', '/login?next=/login'],
    ['a path without end', `/${'a'.repeat(3000)}`],
  ])('does not go to %s', (_name, path) => expect(safeNextPath(path)).toBe('/'));
});

describe('answerLogin', () => {
  test('the right token gives a session that does not hold the token', async () => {
    const response = await answerLogin(post(`token=${TOKEN}`), TOKEN, clock());
    const cookie = response.headers.get('set-cookie') ?? '';
    expect([response.status, response.headers.get('location')]).toEqual([303, 'http://localhost:3000/graph']);
    expect(cookie).toMatch(/^podreach_session=\d+\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    expect(cookie).not.toContain(TOKEN);
  });

  test('behind TLS the cookie is for TLS alone', async () => {
    const response = await answerLogin(post(`token=${TOKEN}`, '/', { 'x-forwarded-proto': 'https' }), TOKEN, clock());
    expect(response.headers.get('set-cookie')).toContain('; Secure');
  });

  test.each([
    ['another token', post('token=wrong')],
    ['no token', post('')],
    ['the token in the URL', new Request(`http://localhost:3000/login?token=${TOKEN}`, { method: 'POST' })],
    ['another type of body', post(JSON.stringify({ token: TOKEN }), '/', { 'content-type': 'application/json' })],
    ['a body that is too large', post(`token=${TOKEN}&x=${'a'.repeat(20_000)}`)],
  ])('%s gives no session', async (_name, request) => {
    const response = await answerLogin(request, TOKEN, clock());
    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await response.text()).not.toContain(TOKEN);
  });

  test('guessing is slowed down, and the right token waits as well', async () => {
    const time = clock();
    const statuses = [];
    for (const body of ['token=a', 'token=b', `token=${TOKEN}`]) statuses.push((await answerLogin(post(body), TOKEN, time)).status);
    expect(statuses).toEqual([401, 401, 429]);
  });

  test('other methods are named', async () => {
    const response = await answerLogin(new Request('http://localhost:3000/login', { method: 'PUT' }), TOKEN, clock());
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  test('the page escapes what came from the URL', () => {
    expect(loginPage('/"><script>alert(1)</script>', '<img src=x onerror=alert(1)>')).not.toMatch(/<script|<img/);
  });
});
