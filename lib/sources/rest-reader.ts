import { setMaxListeners } from 'node:events';
import type { Gap } from '../inventory/gap.ts';
import { GapTally } from './gap-tally.ts';
import type { ProgressListener } from './progress-listener.ts';
import type { RestClient, RestReply } from './rest-client.ts';
import { createSlots, type Slots } from './slots.ts';
import { SourceError } from './source-error.ts';

/** One thing to read, and what a gap says of it when it cannot be read. */
export interface RestCall {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  /** In the field's words, for gaps: `allow policies of service accounts`. */
  readonly what: string;
  /** The project or subscription. */
  readonly place: string;
  /** Which one of many, where there are many. */
  readonly name?: string;
  /** What an answer that is not 200 means. */
  readonly explain: (status: number, body: unknown) => Refusal;
}

/** Why an answer is none, and what to do about it. `permission`: the right is missing. */
export interface Refusal {
  readonly why: string;
  readonly remedy: string;
  readonly permission?: string;
}

export interface RestReaderOptions {
  readonly source: Gap['source'];
  readonly client: RestClient;
  /** The headers that a host wants; throws SourceError. */
  readonly authenticate: (url: URL, signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;
  readonly signal: AbortSignal;
  readonly concurrency: number;
  /** Characters of all pages of a list; a longer one breaks off. */
  readonly maxListSize: number;
  /** What the count of answers is called. */
  readonly label: string;
  readonly onProgress?: ProgressListener;
}

export type ReadState = 'read' | 'refused' | 'failed' | 'unreachable' | 'cut';

/** `body` where it was read, `size` its length as text; `status` where the server answered. */
export interface Read {
  readonly state: ReadState;
  readonly status?: number;
  readonly size?: number;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface PagedList {
  readonly state: ReadState;
  readonly status?: number;
  /** The items of all pages that were read, and the fields of the last page; `complete` where it was really the last. */
  readonly items: readonly unknown[];
  readonly rest: Readonly<Record<string, unknown>>;
  readonly complete: boolean;
}

export interface Paging {
  /** The field of a page that holds its items. */
  readonly items: string;
  /** Where the next page is; undefined: there is none. `refused`: it is somewhere that must not be asked. */
  readonly next: (page: Readonly<Record<string, unknown>>, at: URL) => URL | undefined | { readonly refused: string };
}

/** A list of so many pages does not come to an end. */
export const MAX_PAGES = 2_000;

/** Reads JSON answers of one cloud: bounded in number, abortable, and with a gap for everything that was not read. */
export class RestReader {
  readonly #options: RestReaderOptions;
  readonly #slots: Slots;
  readonly #gaps = new GapTally();
  #answers = 0;

  constructor(options: RestReaderOptions) {
    this.#options = options;
    this.#slots = createSlots(options.concurrency);
    // Every request listens to it; Node takes more than ten for a leak.
    setMaxListeners(0, options.signal);
  }

  /** One answer that is a JSON object. */
  async read(call: RestCall): Promise<Read> {
    const reply = await this.#slots(() => this.#send(call));
    if (reply.state === 'cut') return { state: 'cut' };
    this.#answers += 1;
    this.#options.onProgress?.({ what: this.#options.label, count: this.#answers, done: false });
    if (reply.state === 'failed') {
      this.addGap(call, { why: reply.why, remedy: 'check the network and collect again' });
      return { state: reply.unreachable ? 'unreachable' : 'failed' };
    }
    const { status, body, size } = reply;
    if (status !== 200) {
      this.addGap(call, call.explain(status, body));
      return { state: 'refused', status };
    }
    if (isRecord(body)) return { state: 'read', status, body, size };
    this.addGap(call, {
      why: 'the answer is no JSON object',
      remedy: 'look for a proxy that answers in place of the cloud, and collect again',
    });
    return { state: 'failed', status };
  }

  /** A list, page by page, bounded; where it breaks off, what came before is kept. */
  async list(call: RestCall, { items: field, next }: Paging): Promise<PagedList> {
    const items: unknown[] = [];
    const seen = new Set<string>();
    let rest: Readonly<Record<string, unknown>> = {};
    let url = call.url;
    let total = 0;
    for (let pages = 1; ; pages += 1) {
      const { state, status, body, size = 0 } = await this.read({ ...call, url });
      total += size;
      const so = { items, rest, ...(status === undefined ? {} : { status }) };
      if (body === undefined) return { ...so, state, complete: false };
      const { [field]: page, ...others } = body;
      rest = others;
      for (const item of Array.isArray(page) ? page : []) items.push(item);
      const following = next(body, url);
      if (following === undefined) return { ...so, rest, state, complete: true };
      const broken = brokenPaging(following, { seen, pages, tooLong: total > this.#options.maxListSize });
      if (broken !== undefined) {
        this.addGap(call, { why: `the list breaks off: ${broken}`, remedy: 'collect again; look for a proxy that changes answers' });
        return { ...so, rest, state, complete: false };
      }
      url = following as URL;
    }
  }

  /** Notes that `call` was not answered. */
  addGap(call: Pick<RestCall, 'what' | 'place' | 'name'>, refusal: Refusal): void {
    const { what, place, name } = call;
    this.#gaps.add({ source: this.#options.source, what, place, ...(name === undefined ? {} : { name }), ...refusal });
  }

  /** Everything that was not read. */
  gaps(): Omit<Gap, 'id'>[] {
    return this.#gaps.gaps();
  }

  done(): void {
    this.#options.onProgress?.({ what: this.#options.label, count: this.#answers, done: true });
  }

  async #send({ url, method = 'GET', body }: RestCall): Promise<RestReply> {
    const { signal, authenticate, client } = this.#options;
    if (signal.aborted) return { state: 'cut' };
    let headers: Readonly<Record<string, string>>;
    try {
      headers = await authenticate(url, signal);
    } catch (error) {
      if (signal.aborted) return { state: 'cut' };
      if (!(error instanceof SourceError)) throw error;
      return { state: 'failed', why: error.message, unreachable: true };
    }
    const typed = body === undefined ? headers : { ...headers, 'content-type': 'application/json' };
    return client.send({ url, method, signal, headers: typed, ...(body === undefined ? {} : { body }) });
  }
}

function brokenPaging(
  following: URL | { readonly refused: string },
  { seen, pages, tooLong }: { readonly seen: Set<string>; readonly pages: number; readonly tooLong: boolean },
): string | undefined {
  if (!(following instanceof URL)) return following.refused;
  if (seen.has(following.href)) return 'the server sends one page again and again';
  seen.add(following.href);
  if (tooLong) return 'it is longer than any list that is read';
  return pages >= MAX_PAGES ? `it has more than ${MAX_PAGES} pages` : undefined;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field of a JSON value; undefined where it is none or empty. */
export function textOf(value: unknown, field: string): string | undefined {
  const text = isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** A name as one segment of a URL's path; undefined for what no encoding keeps from walking up or what is no name. */
export function segment(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..' || name.length > 1000 || !name.isWellFormed()) return undefined;
  return encodeURIComponent(name);
}
