import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSlots } from '../slots.ts';
import { createPageQueue } from './page-queue.ts';
import type { Run } from './run.ts';

/** A server of `pages` pages, whose tokens are numbers; `asked` is what it was asked for. */
function pagesOf(pages: number): { readonly run: Run; readonly asked: string[] } {
  const asked: string[] = [];
  const signal = new AbortController().signal;
  const get: Run['client']['get'] = async ({ path }) => {
    asked.push(path);
    const next = Number(path) + 1;
    const metadata = next < pages ? { continue: String(next) } : {};
    const body = Buffer.from(`{"kind":"PodList","apiVersion":"v1","metadata":${JSON.stringify(metadata)},"items":[]}`);
    return { status: 200, packed: { head: body, whole: Promise.resolve(body) } };
  };
  const client = { server: 'https://api', get, close: async () => undefined };
  const rest = {
    maxBytes: 1000,
    random: () => 0,
    now: () => 0,
    sleep: async () => undefined,
    refuse: () => undefined,
    progress: () => undefined,
  };
  return { run: { client, signal, slots: createSlots(6), ...rest }, asked };
}

const queueOf = (run: Run): ReturnType<typeof createPageQueue> => createPageQueue(run, (token) => ({ path: token ?? '0' }));

test('the next pages are asked for before anyone takes them, but never more than two', async () => {
  const { run, asked } = pagesOf(100);
  const queue = queueOf(run);
  await queue.take(undefined);
  await nextTurn();
  expect(asked).toEqual(['0', '1', '2']);
  await queue.take('1');
  await nextTurn();
  expect(asked).toEqual(['0', '1', '2', '3']);
});

test('the last page asks for nothing more, and every page is asked for once', async () => {
  const { run, asked } = pagesOf(4);
  const queue = queueOf(run);
  for (const token of [undefined, '1', '2', '3']) await queue.take(token);
  await nextTurn();
  expect(asked).toEqual(['0', '1', '2', '3']);
});

test('a page that is taken again is fetched again', async () => {
  const { run, asked } = pagesOf(3);
  const queue = queueOf(run);
  await queue.take(undefined);
  await nextTurn();
  await queue.take('1');
  await queue.take('1');
  expect(asked.filter((path) => path === '1').length).toBe(2);
});
