import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { expect, test } from '@playwright/test';

/** Node's own client: a browser would not let a test write Host and Origin. */
interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function send(baseURL: string | undefined, { method = 'GET', path, headers = {} }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(new URL(path, baseURL), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

const PAGES = ['/', '/graph', '/respond', '/sources', '/workloads', '/no-such-page'];
const nonceOf = (answer: Answer): string | undefined => /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1];

test.describe('headers', () => {
  for (const path of PAGES) {
    test(`${path} has a strict policy, and every script its nonce`, async ({ baseURL }) => {
      const answer = await send(baseURL, { path });
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toMatch(/script-src 'self' 'nonce-[^']{24}' 'strict-dynamic'(;|$)/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-powered-by']).toBeUndefined();
      const scripts = [...answer.body.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonceOf(answer)}"`))).toEqual([]);
    });
  }

  test('two answers have two nonces', async ({ baseURL }) => {
    const [one, two] = [await send(baseURL, { path: '/' }), await send(baseURL, { path: '/' })];
    expect(nonceOf(one)).not.toBe(nonceOf(two));
  });

  test('answers of the API are never stored, and are no pages', async ({ baseURL }) => {
    const answer = await send(baseURL, { path: '/api/v1/status' });
    expect([answer.status, answer.headers['cache-control'], answer.headers['x-content-type-options']]).toEqual([
      200,
      'no-store',
      'nosniff',
    ]);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

test.describe('who may ask', () => {
  const paths = ['/', '/graph', '/api/v1/status', '/api/v1/snapshot', '/_next/static/chunks/main.js'];
  for (const path of paths) {
    test(`${path} is not for a rebound name`, async ({ baseURL }) => {
      const method = path === '/api/v1/snapshot' ? 'POST' : 'GET';
      const answer = await send(baseURL, { method, path, headers: { host: 'evil.example:3199', origin: 'http://evil.example:3199' } });
      expect([answer.status, answer.headers['content-type']]).toEqual([421, 'application/problem+json']);
    });
  }

  for (const path of ['/api/v1/snapshot', '/api/v1/reload']) {
    test(`${path} takes nothing from another site`, async ({ baseURL }) => {
      const origins: Record<string, string>[] = [
        { origin: 'http://evil.example' },
        { origin: 'null' },
        { origin: 'http://127.0.0.1:3198' },
        {},
        { 'sec-fetch-site': 'cross-site' },
      ];
      for (const headers of origins) {
        expect((await send(baseURL, { method: 'POST', path, headers })).status, JSON.stringify(headers)).toBe(403);
      }
    });
  }
});

test('no page breaks its own policy', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|violates/i.test(message.text())) broken.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:3199/') && !/^(data|blob):/.test(request.url())) broken.push(request.url());
  });
  for (const path of PAGES.slice(0, 5)) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(broken).toEqual([]);
});
