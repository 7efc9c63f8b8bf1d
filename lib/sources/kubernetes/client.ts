import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { HttpMethod, KubeConfig, RequestContext } from '@kubernetes/client-node';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { SourceError } from '../source-error.ts';
import type { ChosenContext } from './kubeconfig.ts';
import { type PackedBody, unpack } from './packed-body.ts';
import { isRecord } from './page.ts';
import { proxyFromEnv } from './proxy-from-env.ts';
import { transportFailure } from './transport-failure.ts';

/** One answer of the API server. */
export interface ApiAnswer {
  readonly status: number;
  readonly packed: PackedBody;
  readonly retryAfter?: string;
}

export interface ApiRequest {
  /** Path and query below the server's URL. */
  readonly path: string;
  readonly accept?: string;
  readonly signal: AbortSignal;
  /** Larger answers, compressed or not, are refused. */
  readonly maxBytes: number;
}

/** The connection to one cluster. Errors are SourceErrors without credentials; `retryable` says whether to try again. */
export interface ApiClient {
  /** URL of the server without user info, for people. */
  readonly server: string;
  get(wanted: ApiRequest): Promise<ApiAnswer>;
  close(): Promise<void>;
}

interface Credentials {
  readonly headers: Record<string, string | string[]>;
  readonly dispatcher: Dispatcher;
}

/** How long one answer of the credential plugin or token file serves; client-go rereads token files as often. */
const CREDENTIALS_FOR_MS = 60_000;
const PLUGIN_TIMEOUT_MS = 60_000;
const SILENCE_TIMEOUT_MS = 60_000;
/** As many as requests that may be under way; without it undici opens one more whenever none is free at the moment. */
export const MAX_CONNECTIONS = 6;

/**
 * Opens a cluster through @kubernetes/client-node's configuration: certificates, tokens, token files, exec plugins, OIDC, proxy.
 * The requests themselves go through undici's `request`: it follows no redirect (a token would leak) and reads bytes.
 */
export function openClient(chosen: ChosenContext, env: Record<string, string | undefined>, signal: AbortSignal): ApiClient {
  const base = serverUrl(chosen);
  const config = configOf(chosen, base, env);
  const dispatchers = keepDispatchers(config);
  boundPlugins(config, signal);
  const extra = impersonation(chosen.user);
  let held: { readonly taken: Promise<Credentials>; readonly at: number } | undefined;
  // One answer for everybody who asks meanwhile: five requests at once must not start five plugins.
  const credentials = (): Promise<Credentials> => {
    if (held !== undefined && Date.now() - held.at < CREDENTIALS_FOR_MS) return held.taken;
    const taken = authenticate(config, base, chosen);
    held = { taken, at: Date.now() };
    taken.catch(() => {
      held = undefined;
    });
    return taken;
  };
  return {
    server: base,
    get: async (wanted) => {
      const { headers, dispatcher } = await credentials();
      return send(wanted, base, { headers: { ...headers, ...extra }, dispatcher });
    },
    close: async () => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
      dispatchers.clear();
    },
  };
}

function serverUrl({ cluster, clusterName }: ChosenContext): string {
  const url = URL.parse(String(cluster.server));
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new SourceError(`the server of cluster \`${clusterName}\` is no http or https URL; correct it in the kubeconfig`, {
      source: 'kubernetes',
      operation: 'read kubeconfig',
    });
  }
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}

/** The one context as client-node reads it. JSON is YAML, so nothing has to be quoted by hand. */
function configOf(chosen: ChosenContext, server: string, env: Record<string, string | undefined>): KubeConfig {
  const { contextName, clusterName, namespace } = chosen;
  const cluster: Record<string, unknown> = { ...chosen.cluster, server };
  // client-node refuses http without this; kubectl does not, and there is no TLS to verify.
  if (server.startsWith('http:')) cluster['insecure-skip-tls-verify'] = true;
  const proxy = cluster['proxy-url'] ?? proxyFromEnv(server, env);
  if (proxy !== undefined) cluster['proxy-url'] = proxy;
  const config = new KubeConfig();
  config.loadFromString(
    asciiJson({
      clusters: [{ name: clusterName, cluster }],
      users: [{ name: 'user', user: userOf(chosen, cluster) }],
      contexts: [{ name: contextName, context: { cluster: clusterName, user: 'user', namespace } }],
      'current-context': contextName,
    }),
  );
  return config;
}

/** js-yaml refuses some characters that JSON allows, with a message that quotes what stands around them. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Says in client-node's words what it does not know in kubectl's: token files that rotate, and what a plugin is told. */
function userOf({ user }: ChosenContext, cluster: Record<string, unknown>): Record<string, unknown> {
  const { token, tokenFile, exec, ...rest } = user;
  if (typeof tokenFile === 'string' && tokenFile !== '') return { ...rest, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } };
  if (!isRecord(exec)) return { ...rest, token };
  const told = exec.provideClusterInfo === true ? { cluster: clusterInfo(cluster) } : {};
  const info = { kind: 'ExecCredential', apiVersion: exec.apiVersion, spec: { interactive: false, ...told } };
  const variables = Array.isArray(exec.env) ? exec.env : [];
  const env = [...variables, { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }];
  return { ...rest, token, exec: { ...exec, args: exec.args ?? [], env } };
}

/** Source: https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
function clusterInfo(cluster: Record<string, unknown>): Record<string, unknown> {
  const keys = ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url'];
  return Object.fromEntries(keys.filter((key) => cluster[key] !== undefined).map((key) => [key, cluster[key]]));
}

/** client-node sends `as` only; a view without the groups would be another user's view. */
function impersonation(user: Record<string, unknown>): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  const groups = strings(user['as-groups']);
  if (groups.length > 0) headers['Impersonate-Group'] = groups;
  if (typeof user['as-uid'] === 'string') headers['Impersonate-Uid'] = user['as-uid'];
  const extra = isRecord(user['as-user-extra']) ? user['as-user-extra'] : {};
  for (const [key, values] of Object.entries(extra))
    headers[`Impersonate-Extra-${encodeURIComponent(key.toLowerCase())}`] = strings(values);
  return headers;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/**
 * client-node 2.0.1 makes a new undici Agent, so a new TLS connection, for every request. One for each set of
 * certificates is kept instead, under a hash, since the key would otherwise be the private key in clear.
 */
function keepDispatchers(config: KubeConfig): Map<string, Dispatcher> {
  const kept = new Map<string, Dispatcher>();
  const open = config as unknown as { createDispatcher: (...wanted: DispatcherWanted) => Dispatcher | undefined };
  const create = open.createDispatcher.bind(config);
  open.createDispatcher = (cluster, options) => {
    const identity = [options.ca, options.cert, options.key, options.servername, options.rejectUnauthorized].map(String);
    const key = createHash('sha256').update(JSON.stringify(identity)).digest('base64');
    const known = kept.get(key);
    if (known !== undefined) return known;
    const plan = config.createDispatcherOptions(cluster, options);
    const made = ownDispatcher(plan) ?? create(cluster, options) ?? new Agent();
    kept.set(key, made);
    return made;
  };
  return kept;
}

/**
 * HTTP/1.1 on a bounded number of connections: the lists go side by side, and one slow body holds up nobody else.
 * Undefined for a SOCKS proxy, whose connector is client-node's own.
 */
function ownDispatcher(plan: ReturnType<KubeConfig['createDispatcherOptions']>): Dispatcher | undefined {
  const bounds = { allowH2: false, connections: MAX_CONNECTIONS };
  if (plan.type === 'socks') return undefined;
  if (plan.type !== 'proxy') return new Agent({ ...bounds, connect: plan.type === 'agent' ? (plan.connect as object) : {} });
  return new ProxyAgent({ ...bounds, uri: plan.uri, requestTls: plan.requestTls as object, connect: plan.connect as object });
}

type DispatcherWanted = Parameters<KubeConfig['createDispatcherOptions']>;

/** client-node lets a plugin run for ever and keeps its stdin open: bound it, and end it when the collection ends. */
function boundPlugins(config: KubeConfig, signal: AbortSignal): void {
  const { authenticators } = config as unknown as { authenticators: readonly object[] };
  for (const authenticator of authenticators) {
    if (!('execFn' in authenticator)) continue;
    authenticator.execFn = (command: string, args: readonly string[], options: object) =>
      spawn(command, args, { ...options, signal, timeout: PLUGIN_TIMEOUT_MS, stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

async function authenticate(config: KubeConfig, server: string, chosen: ChosenContext): Promise<Credentials> {
  const context = new RequestContext(server, HttpMethod.GET);
  try {
    await config.applySecurityAuthentication(context);
  } catch (error) {
    throw authenticationFailure(error, chosen);
  }
  const dispatcher = context.getDispatcher();
  if (dispatcher === undefined) throw new Error('a request without a dispatcher of our own');
  // A token file may end with a line feed, which no header may hold.
  const headers = Object.fromEntries(Object.entries(context.getHeaders()).map(([name, value]) => [name, value.trim()]));
  return { headers, dispatcher };
}

/** Says which step failed without what it printed: a plugin's stderr and a parser's message may hold the credential. */
function authenticationFailure(error: unknown, { contextName, user }: ChosenContext): SourceError {
  const { code, path, syscall } = error as { code?: unknown; path?: unknown; syscall?: unknown };
  const command = isRecord(user.exec) ? String(user.exec.command) : undefined;
  const details = { source: 'kubernetes', operation: `authenticate for context \`${contextName}\`` };
  if (command !== undefined && typeof syscall === 'string' && syscall.startsWith('spawn')) {
    return new SourceError(
      `the credential plugin \`${command}\` cannot be started (${String(code)}); install it or put it in PATH`,
      details,
    );
  }
  if (typeof code === 'string' && typeof path === 'string') {
    return new SourceError(`\`${path}\`, which context \`${contextName}\` names, cannot be read (${code})`, details);
  }
  const who = command === undefined ? 'the credentials' : `the credential plugin \`${command}\``;
  const advice = `run \`kubectl --context ${contextName} version\` to see why, and sign in again where it asks for it`;
  return new SourceError(`${who} of context \`${contextName}\` gave nothing usable; ${advice}`, details);
}

async function send(wanted: ApiRequest, server: string, { headers, dispatcher }: Credentials): Promise<ApiAnswer> {
  const operation = `GET ${wanted.path.replace(/[?].*/, '')}`;
  try {
    const answer = await request(`${server}${wanted.path}`, {
      method: 'GET',
      dispatcher,
      signal: wanted.signal,
      headersTimeout: SILENCE_TIMEOUT_MS,
      bodyTimeout: SILENCE_TIMEOUT_MS,
      headers: { ...headers, accept: wanted.accept ?? 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'podreach' },
    });
    const bytes = await readBody(answer.body, wanted.maxBytes);
    const retryAfter = answer.headers['retry-after'];
    return {
      status: answer.statusCode,
      packed: unpack(bytes, { gzipped: answer.headers['content-encoding'] === 'gzip', maxBytes: wanted.maxBytes }),
      ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
    };
  } catch (error) {
    throw transportFailure(error, server, operation);
  }
}

async function readBody(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes, 'read an answer');
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

function tooLarge(maxBytes: number, operation: string): SourceError {
  return new SourceError(`the server's answer is larger than ${maxBytes} bytes and was not read`, { source: 'kubernetes', operation });
}
