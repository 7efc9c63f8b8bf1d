import { SourceError } from '../source-error.ts';
import type { ApiAnswer } from './client.ts';
import type { PackedBody } from './packed-body.ts';
import type { Run } from './run.ts';

/** What became of one request, after every retry that is due. */
export type Answer =
  | { readonly state: 'ok'; readonly packed: PackedBody }
  /** An answer that another try would not change: 403, 404, 410, 400, a redirect. */
  | { readonly state: 'refused'; readonly status: number; readonly packed: PackedBody }
  /** `error` is there when no answer came at all. */
  | { readonly state: 'failed'; readonly why: string; readonly error?: SourceError }
  /** The deadline passed or the caller aborted. */
  | { readonly state: 'cut' };

export interface Wanted {
  readonly path: string;
  readonly accept?: string;
}

/** Tries for a server that fails, and for one that asks to wait. */
export const TRIES = 5;
const BUSY_TRIES = 20;
const BACKOFF_BASE_MS = 250;
const BACKOFF_CAP_MS = 10_000;
const RETRY_AFTER_CAP_MS = 60_000;

/**
 * One GET with retries: 429 waits as Retry-After says (capped), 5xx and broken connections back off exponentially with full
 * jitter and give up after five tries. 401 ends the
 * whole run. The body of a 200 is not looked at.
 */
export async function fetchAnswer(run: Run, wanted: Wanted): Promise<Answer> {
  let failures = 0;
  for (let waits = 0; ; waits += 1) {
    const tried = await tryOnce(run, wanted);
    if (tried.state !== 'again') return tried;
    if (!tried.busy) failures += 1;
    if (failures >= TRIES || waits >= BUSY_TRIES) return { ...tried, state: 'failed', why: `${tried.why}, ${waits + 1} tries` };
    if (!(await rest(run, tried.afterMs ?? backoffMs(run, waits)))) return { state: 'cut' };
  }
}

/** Exponential with full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/. `tried` counts from 0. */
export function backoffMs(run: Run, tried: number): number {
  return run.random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** tried);
}

type Tried =
  | Answer
  | { readonly state: 'again'; readonly why: string; readonly busy: boolean; readonly afterMs?: number; readonly error?: SourceError };

async function tryOnce(run: Run, wanted: Wanted): Promise<Tried> {
  if (run.signal.aborted) return { state: 'cut' };
  let answer: ApiAnswer;
  try {
    answer = await run.slots(() => run.client.get({ ...wanted, signal: run.signal, maxBytes: run.maxBytes }));
  } catch (error) {
    if (run.signal.aborted) return { state: 'cut' };
    if (!(error instanceof SourceError)) throw error;
    const said = { why: error.message, error };
    return error.retryable ? { state: 'again', busy: false, ...said } : { state: 'failed', ...said };
  }
  if (run.signal.aborted) return { state: 'cut' };
  return judge(run, answer);
}

function judge(run: Run, answer: ApiAnswer): Tried {
  const { status, packed } = answer;
  if (status === 200) return { state: 'ok', packed };
  if (status === 401) {
    run.refuse();
    return { state: 'cut' };
  }
  if (status !== 429 && status < 500) return { state: 'refused', status, packed };
  const afterMs = retryAfterMs(answer.retryAfter, run.now());
  const why = status === 429 ? 'the server is too busy (429)' : `the server failed (${status})`;
  return { state: 'again', why, busy: status === 429, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** Seconds or an HTTP date, RFC 9110 section 10.2.3; never longer than a minute, so that no server can hold a collection. */
function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), RETRY_AFTER_CAP_MS);
}

/** Whether the pause went by without the run being stopped. */
export async function rest(run: Run, ms: number): Promise<boolean> {
  try {
    await run.sleep(ms, run.signal);
  } catch (error) {
    if (!run.signal.aborted) throw error;
  }
  return !run.signal.aborted;
}
