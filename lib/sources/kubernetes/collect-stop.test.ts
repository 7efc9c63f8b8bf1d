import { describe, expect, test } from 'vitest';
import { namespace, pods } from './testing/objects.ts';
import { collected, tryCollect } from './testing/try-collect.ts';

const CLUSTER = [namespace('a'), ...pods('a', 1200)];
const STALL = { does: { kind: 'silence' }, when: { plural: 'pods', page: 3 } } as const;

describe('a collection that is stopped', () => {
  test('the deadline passes: pages so far stay, one gap names the lists', async () => {
    const { inventory, progress } = await collected({ objects: CLUSTER, faults: [STALL] }, { deadlineMs: 5000 });
    expect(inventory.kubernetes.pods.length).toBe(1000);
    expect(inventory.kubernetes.namespaces.length).toBe(1);
    expect(inventory.gaps.map(({ what, why }) => [what, why])).toEqual([
      ['pods', 'the deadline of 5 s passed before this list was read to the end; what came before it is kept'],
    ]);
    expect(progress.some(({ what, done }) => what === 'pods' && done)).toBe(false);
  });

  test('the caller aborts', async () => {
    const abort = new AbortController();
    const { inventory } = await collected(
      { objects: CLUSTER, faults: [{ ...STALL, onStrike: () => abort.abort() }] },
      { signal: abort.signal },
    );
    expect(inventory.gaps.find(({ what }) => what.includes('pods'))?.why).toMatch(/^the collection was aborted before/);
  });

  test('an abort ends a pause that a server asked for', async () => {
    const abort = new AbortController();
    const fault = {
      does: { kind: 'status', status: 429, retryAfter: '60' },
      when: { plural: 'pods' },
      onStrike: () => abort.abort(),
    } as const;
    const { inventory } = await collected({ objects: CLUSTER, faults: [fault] }, { signal: abort.signal, waits: true });
    expect(inventory.gaps.length).toBe(1);
  });

  test('nothing was read by then: an error that can be tried again', async () => {
    const { error } = await tryCollect({ objects: CLUSTER, faults: [{ does: { kind: 'silence' }, when: {} }] }, { deadlineMs: 200 });
    expect(error?.message).toBe('the deadline of 0.2 s passed before anything was read; check the connection or allow more time');
    expect(error?.retryable).toBe(true);
  });

  test('a signal that is aborted before the start: no request', async () => {
    const { error, server } = await tryCollect({ objects: CLUSTER }, { signal: AbortSignal.abort() });
    expect(error?.message).toMatch(/^the collection was aborted before anything was read/);
    expect(server.requests).toEqual([]);
  });
});

test('progress counts up to the total that the server says', async () => {
  const { progress } = await collected({ objects: CLUSTER });
  expect(progress.filter(({ what }) => what === 'pods')).toEqual([
    { what: 'pods', count: 500, total: 1200, done: false },
    { what: 'pods', count: 1000, total: 1200, done: false },
    { what: 'pods', count: 1200, total: 1200, done: false },
    { what: 'pods', count: 1200, total: 1200, done: true },
  ]);
});
