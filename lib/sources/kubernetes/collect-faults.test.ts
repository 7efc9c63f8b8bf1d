import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../e2e/api-server/fault.ts';
import { namespace, object, pod, pods, serviceAccount } from './testing/objects.ts';
import { collected, tryCollect } from './testing/try-collect.ts';

const CLUSTER = [namespace('a'), ...pods('a', 1200), serviceAccount('a', 'default')];
const podNames = (inventory: { kubernetes: { pods: readonly { name: string }[] } }): string[] =>
  inventory.kubernetes.pods.map(({ name }) => name);

describe('faults that pass', () => {
  const rows: { name: string; faults: Fault[]; pauses: number[] }[] = [
    { name: 'no fault', faults: [], pauses: [] },
    { name: '500 once', faults: [{ does: { kind: 'status', status: 500 }, when: { plural: 'pods', page: 2 }, times: 1 }], pauses: [125] },
    {
      name: '503 four times: exponential, with jitter',
      faults: [{ does: { kind: 'status', status: 503 }, when: { plural: 'pods', page: 1 }, times: 4 }],
      pauses: [125, 250, 500, 1000],
    },
    {
      name: '429 with Retry-After in seconds',
      faults: [{ does: { kind: 'status', status: 429, retryAfter: '7' }, when: { plural: 'pods' }, times: 1 }],
      pauses: [7000],
    },
    {
      name: '429 six times is no failure of the server',
      faults: [{ does: { kind: 'status', status: 429, retryAfter: '1' }, when: { plural: 'pods', page: 3 }, times: 6 }],
      pauses: [1000, 1000, 1000, 1000, 1000, 1000],
    },
    {
      name: '429 with a Retry-After of an hour is capped at a minute',
      faults: [{ does: { kind: 'status', status: 429, retryAfter: '3600' }, when: { plural: 'pods' }, times: 1 }],
      pauses: [60_000],
    },
    {
      name: '429 with a date that is past',
      faults: [{ does: { kind: 'status', status: 429, retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }, when: { plural: 'pods' }, times: 1 }],
      pauses: [0],
    },
    {
      name: '429 without Retry-After backs off',
      faults: [{ does: { kind: 'status', status: 429 }, when: { plural: 'pods' }, times: 1 }],
      pauses: [125],
    },
    {
      name: '500 with Retry-After waits as told',
      faults: [{ does: { kind: 'status', status: 500, retryAfter: '2' }, when: { plural: 'pods' }, times: 1 }],
      pauses: [2000],
    },
    {
      name: 'a reset before the answer',
      faults: [{ does: { kind: 'reset' }, when: { plural: 'pods', page: 2 }, times: 1 }],
      pauses: [125],
    },
    {
      name: 'a reset amid the body',
      faults: [{ does: { kind: 'reset-mid-body' }, when: { plural: 'pods', page: 2 }, times: 1 }],
      pauses: [125],
    },
    {
      name: 'JSON cut off',
      faults: [{ does: { kind: 'truncated-json' }, when: { plural: 'pods', page: 2 }, times: 2 }],
      pauses: [125, 250],
    },
    {
      name: 'JSON that is no list',
      faults: [{ does: { kind: 'body', body: '{"kind":"PodList","metadata":{}}' }, when: { plural: 'pods', page: 1 }, times: 1 }],
      pauses: [125],
    },
    {
      name: 'a body that is not the gzip it says',
      faults: [
        { does: { kind: 'body', body: 'nonsense', headers: { 'content-encoding': 'gzip' } }, when: { plural: 'pods', page: 2 }, times: 1 },
      ],
      pauses: [125],
    },
    { name: 'a slow page', faults: [{ does: { kind: 'slow', delayMs: 30 }, when: { plural: 'pods', page: 2 } }], pauses: [] },
    { name: '410 on page 3 restarts', faults: [{ does: { kind: 'expired' }, when: { plural: 'pods', page: 3 }, times: 1 }], pauses: [] },
    { name: '410 twice', faults: [{ does: { kind: 'expired' }, when: { plural: 'pods', page: 2 }, times: 2 }], pauses: [] },
    {
      name: '400 on a continue token restarts too',
      faults: [{ does: { kind: 'status', status: 400 }, when: { plural: 'pods', page: 2 }, times: 1 }],
      pauses: [],
    },
  ];
  test.each(rows)('$name', async ({ faults, pauses }) => {
    const tried = await collected({ objects: CLUSTER, faults });
    expect(tried.inventory.gaps).toEqual([]);
    expect(podNames(tried.inventory)).toEqual(podNames({ kubernetes: { pods: pods('a', 1200).map(({ metadata }) => metadata) } }));
    expect(tried.pauses).toEqual(pauses);
    expect(tried.progress.filter(({ what, done }) => what === 'pods' && done)).toEqual([
      { what: 'pods', count: 1200, total: 1200, done: true },
    ]);
  });
});

describe('faults that stay', () => {
  const rows: { name: string; faults: Fault[]; why: RegExp; pods: number; requests: number }[] = [
    {
      name: '500 for ever: five tries, the first page is kept',
      faults: [{ does: { kind: 'status', status: 500 }, when: { plural: 'pods', page: 2 } }],
      why: /^the list of pods was not read to its end: the server failed \(500\), 5 tries$/,
      pods: 500,
      requests: 6,
    },
    {
      name: 'resets for ever',
      faults: [{ does: { kind: 'reset' }, when: { plural: 'pods' } }],
      why: /the connection to http:\/\/127\.0\.0\.1:\d+ broke \(\w+\), 5 tries$/,
      pods: 0,
      requests: 5,
    },
    {
      name: '429 for ever ends as well',
      faults: [{ does: { kind: 'status', status: 429, retryAfter: '1' }, when: { plural: 'pods' } }],
      why: /too busy \(429\), 21 tries$/,
      pods: 0,
      requests: 21,
    },
    {
      name: 'damaged for ever',
      faults: [{ does: { kind: 'body', body: '{"kind":' }, when: { plural: 'pods' } }],
      why: /the server sent a damaged page, 5 tries$/,
      pods: 0,
      requests: 5,
    },
    {
      name: '410 for ever: three passes, the last one is kept',
      faults: [{ does: { kind: 'expired' }, when: { plural: 'pods', page: 3 } }],
      why: /expired in each of 3 passes \(410\)$/,
      pods: 1000,
      requests: 9,
    },
    {
      name: 'a redirect is not followed',
      faults: [{ does: { kind: 'redirect', location: 'http://127.0.0.1:1/api/v1/pods' }, when: { plural: 'pods' } }],
      why: /redirects elsewhere \(302\), which is not followed$/,
      pods: 0,
      requests: 1,
    },
    {
      name: 'one page again and again',
      faults: [{ does: { kind: 'body', body: page('same') }, when: { plural: 'pods' } }],
      why: /the server sends one page again and again$/,
      pods: 1,
      requests: 2,
    },
    {
      name: 'a status nobody expects',
      faults: [{ does: { kind: 'status', status: 418 }, when: { plural: 'pods' } }],
      why: /the server answered 418$/,
      pods: 0,
      requests: 1,
    },
  ];
  test.each(rows)('$name', async ({ faults, why, pods: count, requests }) => {
    const { inventory, server } = await collected({ objects: CLUSTER, faults });
    expect(inventory.gaps.map(({ what }) => what)).toEqual(['pods']);
    expect(inventory.gaps[0]?.why).toMatch(why);
    expect(inventory.gaps[0]?.remedy).toMatch(/collect again/);
    expect(inventory.kubernetes.pods.length).toBe(count);
    expect(inventory.kubernetes.serviceAccounts.length).toBe(1);
    expect(server.requests.filter(({ plural }) => plural === 'pods').length).toBe(requests);
  });
});

function page(token: string): string {
  const { apiVersion: _apiVersion, kind: _kind, ...item } = pod('a', 'x');
  return `${JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: { continue: token }, items: [item] })}\n`;
}

test('what is gone when a list starts over does not stay', async () => {
  const later = [namespace('a'), ...pods('a', 1200).slice(10), pod('a', 'z-new'), serviceAccount('a', 'default')];
  let change = (): void => undefined;
  const fault: Fault = { does: { kind: 'expired' }, when: { plural: 'pods', page: 2 }, times: 1, onStrike: () => change() };
  const { inventory } = await collected(
    { objects: CLUSTER, faults: [fault] },
    {
      before: (server) => {
        change = () => server.replaceObjects(later);
      },
    },
  );
  const names = podNames(inventory);
  expect(names.length).toBe(1191);
  expect(names).toContain('z-new');
  expect(names).not.toContain('pod-000009');
});

describe('no connection', () => {
  test('nobody listens: one error that says what to do, after five tries', async () => {
    const tried = await tryCollect(
      {},
      { before: (server) => void server.close(), kubeconfigWanted: { cluster: { server: 'http://user:CANARY@127.0.0.1:1' } } },
    );
    expect(tried.error?.message).toMatch(/^cannot reach http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\); check the address/);
    expect(tried.error?.retryable).toBe(true);
    expect(tried.pauses).toEqual([125, 250, 500, 1000]);
    expect(tried.everything).not.toContain('CANARY');
  });

  test('an untrusted certificate: no second try', async () => {
    const tried = await tryCollect({ tls: true }, { kubeconfigWanted: { cluster: { 'certificate-authority-data': undefined } } });
    expect(tried.error?.message).toMatch(/^no trusted TLS connection to https:\/\/127\.0\.0\.1:\d+ \(\w+\); correct certificate-authority/);
    expect(tried.pauses).toEqual([]);
  });

  test('a malformed object is a gap of its own and takes no other along', async () => {
    const { inventory } = await collected({
      objects: [...CLUSTER, object('v1', 'Pod', { namespace: 'a', name: 'odd' }, { spec: { containers: 'none' } })],
    });
    expect(inventory.gaps.map(({ what }) => what)).toEqual(['Pod `a/odd`']);
    expect(inventory.kubernetes.pods.length).toBe(1200);
  });
});
