import { EnvHttpProxyAgent, RetryAgent, request } from 'undici';
import { errorCode } from './error-code.ts';

export interface RestRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What became of a request after every retry that is due. Nothing in it holds a header. */
export type RestReply =
  /** `body`: the parsed JSON, undefined where there is none; `size`: how long it was as text. */
  | { readonly state: 'answered'; readonly status: number; readonly body: unknown; readonly size: number }
  /** `unreachable`: no answer came at all, and none would come of another request to that host. */
  | { readonly state: 'failed'; readonly why: string; readonly unreachable: boolean }
  /** The signal was aborted. */
  | { readonly state: 'cut' };

export interface RestClient {
  send(request: RestRequest): Promise<RestReply>;
  close(): Promise<void>;
}

export interface RestLimits {
  /** A larger body is not read. */
  readonly maxBytes: number;
  /** Characters of all pages of a list; a longer one breaks off. */
  readonly maxListSize: number;
  readonly maxRetries: number;
  /** The first pause; each further one is twice as long. */
  readonly minPauseMs: number;
  /** No pause is longer, whatever Retry-After asks for. */
  readonly maxPauseMs: number;
  /** Of silence: until the headers, and between two pieces of the body. */
  readonly timeoutMs: number;
}

export const REST_LIMITS: RestLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxListSize: 256 * 1024 * 1024,
  maxRetries: 5,
  minPauseMs: 500,
  maxPauseMs: 30_000,
  timeoutMs: 60_000,
};

/** Requests under way to one host. */
export const MAX_CONNECTIONS = 6;

/** What may be asked again: too many requests, and servers that fail. All requests here only read, POST too. */
const RETRIED = [408, 429, 500, 502, 503, 504];

/**
 * JSON over HTTPS with undici's RetryAgent, which backs off exponentially and heeds Retry-After. No redirect is followed: it would carry the
 * token to another host. Proxies are those of HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
 */
export function openRestClient(env: Readonly<Record<string, string | undefined>>, limits: Partial<RestLimits> = {}): RestClient {
  const bounds = { ...REST_LIMITS, ...limits };
  const agent = new EnvHttpProxyAgent({
    httpProxy: env.http_proxy ?? env.HTTP_PROXY ?? '',
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY ?? '',
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
    connections: MAX_CONNECTIONS,
    allowH2: false,
  });
  const dispatcher = new RetryAgent(agent, {
    throwOnError: false,
    methods: ['GET', 'POST'],
    statusCodes: RETRIED,
    maxRetries: bounds.maxRetries,
    minTimeout: bounds.minPauseMs,
    maxTimeout: bounds.maxPauseMs,
  });
  const sendOnce = async ({ url, headers, ...wanted }: RestRequest): Promise<RestReply | 'broke off'> => {
    let begun = false;
    try {
      const answer = await request(url, {
        ...wanted,
        dispatcher,
        headersTimeout: bounds.timeoutMs,
        bodyTimeout: bounds.timeoutMs,
        headers: { accept: 'application/json', 'user-agent': 'podreach', ...headers },
      });
      begun = true;
      const text = await readText(answer.body, bounds.maxBytes);
      if (text === undefined) return { state: 'failed', why: `the answer is larger than ${bounds.maxBytes} bytes`, unreachable: false };
      return answered(answer.statusCode, text);
    } catch (error) {
      if (wanted.signal.aborted) return { state: 'cut' };
      const failure = transportFailure(error, url.host);
      return begun ? 'broke off' : failure;
    }
  };
  // RetryAgent asks for the rest of a body that broke off, which these servers do not give; the whole they do.
  const send = async (wanted: RestRequest): Promise<RestReply> => {
    for (let tried = 0; tried <= bounds.maxRetries; tried += 1) {
      const reply = await sendOnce(wanted);
      if (reply !== 'broke off') return reply;
    }
    return { state: 'failed', why: `answers of ${wanted.url.host} break off`, unreachable: false };
  };
  return { send, close: () => agent.destroy() };
}

async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}

/** JSON.parse quotes the text in its message, so the message goes nowhere. */
function answered(status: number, text: string): RestReply {
  try {
    return { state: 'answered', status, body: JSON.parse(text), size: text.length };
  } catch {
    if (status !== 200) return { state: 'answered', status, body: undefined, size: text.length };
    return { state: 'failed', why: 'the answer is not JSON', unreachable: false };
  }
}

/** From the error's code alone: messages of the layers below may quote headers. */
function transportFailure(error: unknown, host: string): RestReply {
  const code = errorCode(error);
  if (code === undefined) throw error;
  const unreachable = !BROKE_OFF.has(code);
  return {
    state: 'failed',
    why: unreachable ? `cannot reach ${host} (${code})` : `the connection to ${host} broke (${code})`,
    unreachable,
  };
}

const BROKE_OFF = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_REQ_RETRY',
  'UND_ERR_ABORTED',
]);
