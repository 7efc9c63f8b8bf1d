import { setImmediate as nextTurn } from 'node:timers/promises';
import { createInventoryBuilder, type InventoryBuilder } from '../../inventory/builder.ts';
import type { ListedResource } from '../listed-resources.ts';
import { isRecord, METADATA_LIST, type Page, parseOrUndefined, parsePage } from './page.ts';
import { createPageQueue, type PageQueue } from './page-queue.ts';
import { type Answer, backoffMs, rest, TRIES, type Wanted } from './request.ts';
import { apiVersionOf, listName, listPath } from './resources.ts';
import type { Run } from './run.ts';

/** How a list ended. `pages` counts what was read in its last pass. */
export type ListEnd =
  | { readonly state: 'complete' }
  /** `user` is the name the server knows the caller by, where it says so. */
  | { readonly state: 'forbidden'; readonly user?: string }
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'cut' };

export interface ListResult {
  readonly end: ListEnd;
  readonly pages: number;
  readonly builder: InventoryBuilder;
  /** The server sent whole objects where only metadata was asked for. */
  readonly ignoredMetadataOnly: boolean;
}

export interface ListWanted {
  readonly resource: ListedResource;
  readonly namespace?: string;
  readonly fieldSelector?: string;
  /** Asks for PartialObjectMetadata instead of whole objects. */
  readonly metadataOnly?: boolean;
  /** Called before the first page and again when a list starts over: whatever was gathered of it is void. */
  readonly onStart?: () => void;
  /** The object to keep in place of `item`; undefined keeps nothing. */
  readonly adapt?: (item: unknown) => unknown;
}

const PAGE_SIZE = 500;
/** A continue token lives for about five minutes in etcd; a list that outlives it three times will not come to an end. */
const PASSES = 3;
const METADATA_ACCEPT = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/**
 * Reads one list page by page. A pass has a builder of its own, so that a list which starts over after 410 leaves
 * nothing of the older state behind: an object that is gone by then must not stay.
 */
export async function readList(run: Run, wanted: ListWanted): Promise<ListResult> {
  for (let pass = 1; ; pass += 1) {
    const result = await readPass(run, wanted);
    if (result.end !== 'expired') return { ...result, end: result.end };
    run.progress(listName(wanted.resource), { added: -result.read });
    if (pass === PASSES) {
      return { ...result, end: { state: 'failed', why: `the server's snapshot of the list expired in each of ${PASSES} passes (410)` } };
    }
  }
}

interface PassResult extends Omit<ListResult, 'end'> {
  readonly end: ListEnd | 'expired';
  readonly read: number;
}

async function readPass(run: Run, wanted: ListWanted): Promise<PassResult> {
  const { resource, adapt } = wanted;
  const hints = { source: 'kubernetes', kindHint: resource.kind, apiVersionHint: apiVersionOf(resource) } as const;
  const builder = createInventoryBuilder();
  const so = { builder, pages: 0, read: 0, ignoredMetadataOnly: false };
  wanted.onStart?.();
  const queue = createPageQueue(run, (token) => pageRequest(wanted, token));
  let token: string | undefined;
  for (;;) {
    const got = await readPage(run, { queue, resource, token });
    if ('end' in got) return { ...so, end: got.end };
    const { page } = got;
    // Between parsing and projecting, let the next pages come in from the sockets.
    await nextTurn();
    for (const item of page.items) builder.addObject(adapt === undefined ? item : adapt(item), hints);
    so.pages += 1;
    so.read += page.items.length;
    so.ignoredMetadataOnly ||= wanted.metadataOnly === true && page.kind !== METADATA_LIST;
    report(run, wanted, page);
    if (page.continueToken === undefined) return { ...so, end: { state: 'complete' } };
    if (page.continueToken === token) return { ...so, end: { state: 'failed', why: 'the server sends one page again and again' } };
    token = page.continueToken;
  }
}

interface PageWanted {
  readonly queue: PageQueue;
  readonly resource: ListedResource;
  readonly token: string | undefined;
}

type PageRead = { readonly page: Page } | { readonly end: ListEnd | 'expired' };

/** One page, parsed. A damaged one is asked for again. */
async function readPage(run: Run, { queue, resource, token }: PageWanted): Promise<PageRead> {
  for (let damaged = 0; ; damaged += 1) {
    const got = await queue.take(token);
    if (got.state !== 'ok') return { end: await endOf(got, token) };
    const body = await got.packed.whole;
    if (body === 'too-large') return { end: { state: 'failed', why: `a page is larger than ${run.maxBytes} bytes` } };
    await nextTurn();
    const page = body === 'damaged' ? undefined : parsePage(body, resource);
    if (page !== undefined) return { page };
    if (damaged === TRIES - 1) return { end: { state: 'failed', why: `the server sent a damaged page, ${TRIES} tries` } };
    if (!(await rest(run, backoffMs(run, damaged)))) return { end: { state: 'cut' } };
  }
}

function pageRequest({ resource, namespace, fieldSelector, metadataOnly }: ListWanted, token: string | undefined): Wanted {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
  if (fieldSelector !== undefined) query.set('fieldSelector', fieldSelector);
  if (token !== undefined) query.set('continue', token);
  return { path: `${listPath(resource, namespace)}?${query}`, ...(metadataOnly === true ? { accept: METADATA_ACCEPT } : {}) };
}

async function endOf(answer: Exclude<Answer, { state: 'ok' }>, token: string | undefined): Promise<ListEnd | 'expired'> {
  if (answer.state !== 'refused') return answer;
  const { status, packed } = answer;
  if (status === 403) {
    const body = await packed.whole;
    const user = typeof body === 'string' ? undefined : forbiddenUser(body);
    return { state: 'forbidden', ...(user === undefined ? {} : { user }) };
  }
  // A server that was restored from a backup calls its own old token invalid (400).
  if (token !== undefined && (status === 410 || status === 400)) return 'expired';
  if (status === 404) return { state: 'absent' };
  if (status >= 300 && status < 400) return { state: 'failed', why: `the server redirects elsewhere (${status}), which is not followed` };
  return { state: 'failed', why: `the server answered ${status}` };
}

/** The name in `User "…" cannot list`, if it is one that may stand in a message and in a command to copy. */
export function forbiddenUser(body: Buffer): string | undefined {
  const status = parseOrUndefined(body.subarray(0, 16_384).toString('utf8'));
  const message = isRecord(status) && typeof status.message === 'string' ? status.message : '';
  return /User "([A-Za-z0-9][\w:@./+-]{0,250})" cannot /.exec(message)?.[1];
}

function report(run: Run, { resource, namespace }: ListWanted, { items, remaining, continueToken }: Page): void {
  const left = namespace === undefined ? (continueToken === undefined ? 0 : remaining) : undefined;
  run.progress(listName(resource), { added: items.length, ...(left === undefined ? {} : { remaining: left }) });
}
