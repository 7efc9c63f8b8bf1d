import { type Access, accessOf, MINIMUM_TOKEN_LENGTH } from './access-token.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';

/** What the guard has to know of how the server was started. */
export interface GuardSettings {
  /** Whether only this machine can connect. */
  readonly loopbackOnly: boolean;
  /** The host that it listens on, where that is one name or address; undefined for all interfaces. */
  readonly host?: string;
  /** Undefined where nobody said: then any port is right. */
  readonly port?: number;
  /** Further `name` or `name:port`, in lower case. */
  readonly allowedHosts: readonly string[];
  readonly token?: string;
}

/** Why a request is turned away; becomes problem+json. */
export interface Refusal {
  readonly status: 401 | 403 | 421 | 429;
  readonly title: string;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

const HOST_HEADER = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::(\d{1,5}))?$/;
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const ALL_INTERFACES = new Set(['0.0.0.0', '::', '[::]']);

/** Whether only this machine can reach a listening address. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (bare.startsWith('127.') && IPV4.test(bare));
}

/**
 * Settings from the environment (PODREACH_HOST, PODREACH_PORT or the PORT that Next sets, PODREACH_ALLOWED_HOSTS, PODREACH_TOKEN).
 * Throws where the server could be reached from other machines without a token: it must not answer then.
 */
export function guardSettingsOf(env: Readonly<Record<string, string | undefined>>): GuardSettings {
  const host = (env.PODREACH_HOST || '127.0.0.1').toLowerCase();
  const token = env.PODREACH_TOKEN || undefined;
  const loopbackOnly = isLoopbackHost(host);
  if (token !== undefined && token.length < MINIMUM_TOKEN_LENGTH) {
    throw new Error(`PODREACH_TOKEN needs ${MINIMUM_TOKEN_LENGTH} or more characters`);
  }
  if (!loopbackOnly && token === undefined) {
    throw new Error(`PODREACH_HOST \`${host}\` can be reached from other machines, so PODREACH_TOKEN has to be set`);
  }
  const port = Number(env.PODREACH_PORT || env.PORT);
  const allowedHosts = (env.PODREACH_ALLOWED_HOSTS ?? '')
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  return {
    loopbackOnly,
    allowedHosts,
    ...(ALL_INTERFACES.has(host) ? {} : { host }),
    ...(Number.isInteger(port) && port > 0 ? { port } : {}),
    ...(token === undefined ? {} : { token }),
  };
}

/**
 * Whether the server answers to a Host header. This is what stops DNS rebinding: a page of `evil.example` whose name suddenly points to
 * 127.0.0.1 still sends `Host: evil.example`. An address cannot be rebound, so where the server listens beyond loopback any literal
 * address will do.
 */
export function isAllowedHost(header: string | null, settings: GuardSettings): boolean {
  const match = HOST_HEADER.exec((header ?? '').toLowerCase());
  if (!match) return false;
  const [whole, name = '', port] = match;
  if (settings.allowedHosts.includes(whole) || settings.allowedHosts.includes(name)) return true;
  if (settings.port !== undefined && Number(port ?? '80') !== settings.port) return false;
  if (isLoopbackHost(name)) return true;
  const listens = settings.host?.includes(':') && !settings.host.startsWith('[') ? `[${settings.host}]` : settings.host;
  return name === listens || (!settings.loopbackOnly && (IPV4.test(name) || name.startsWith('[')));
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change something: browsers say with `Origin` (or, older, `Sec-Fetch-Site`) which site made it send. A request with
 * a right bearer token needs neither, as no other site can make a browser add one; but an Origin that is there has to fit.
 */
export function isOwnWrite(method: string, headers: Headers, hasBearer: boolean): boolean {
  if (SAFE_METHODS.has(method)) return true;
  const origin = headers.get('origin');
  if (origin !== null) return isSameOrigin(origin, headers.get('host'));
  return hasBearer || headers.get('sec-fetch-site') === 'same-origin';
}

/** Whether an Origin is the host asked, on its port; the scheme is the browser's own (a proxy in front may speak TLS). */
function isSameOrigin(origin: string, host: string | null): boolean {
  if (host === null || !/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  const asked = `${from.protocol}//${host}`;
  return URL.canParse(asked) && new URL(asked).host === from.host;
}

const shown = (text: string | null): string => `\`${(text ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 100)}\``;

/** What a request's guard reads; a `Request` is one. */
export interface GuardedRequest {
  readonly method: string;
  readonly headers: Headers;
}

export interface Clock {
  readonly limiter: AttemptLimiter;
  readonly nowSeconds: number;
}

/**
 * The one decision over a request: undefined lets it through. In order: the Host, the access token where one is set, the origin of writes.
 * Nothing but the Host check stands before the token, so that strangers learn nothing.
 */
export function refusalOf(request: GuardedRequest, settings: GuardSettings, { limiter, nowSeconds }: Clock): Refusal | undefined {
  const host = request.headers.get('host');
  if (!isAllowedHost(host, settings)) {
    const detail = `this server does not answer to the host ${shown(host)}; if it should, add it to PODREACH_ALLOWED_HOSTS`;
    return { status: 421, title: 'misdirected request', detail };
  }
  const access: Access = settings.token === undefined ? 'granted' : accessOf(request.headers, settings.token, nowSeconds);
  const bearer = request.headers.has('authorization');
  const waitSeconds = bearer && settings.token !== undefined ? limiter.waitSeconds(nowSeconds) : 0;
  if (waitSeconds > 0) return tooManyAttempts(waitSeconds);
  if (access === 'wrong') limiter.failed(nowSeconds);
  if (access !== 'granted') {
    const detail = 'this server needs its access token: log in at /login, or send `Authorization: Bearer` with the value of PODREACH_TOKEN';
    return { status: 401, title: 'access token needed', detail };
  }
  if (!isOwnWrite(request.method, request.headers, bearer && settings.token !== undefined)) {
    const origin = shown(request.headers.get('origin') ?? 'none');
    return {
      status: 403,
      title: 'not from this site',
      detail: `${shown(request.method)} is taken from this site's own pages only; the origin was ${origin}`,
    };
  }
  return undefined;
}

/** The refusal after too many wrong tokens. */
export function tooManyAttempts(retryAfterSeconds: number): Refusal {
  const detail = `too many wrong access tokens; try again in ${retryAfterSeconds} seconds`;
  return { status: 429, title: 'too many attempts', detail, retryAfterSeconds };
}

/** A refusal as RFC 9457 problem+json. */
export function refusalResponse(refusal: Refusal): Response {
  const { status, title, detail, retryAfterSeconds } = refusal;
  const headers = new Headers({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' });
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer realm="podreach"');
  if (retryAfterSeconds !== undefined) headers.set('Retry-After', String(retryAfterSeconds));
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), { status, headers });
}
