import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { discovery, type ServedResource } from './catalogue.ts';
import { type Identity, makeCertificate } from './certificate.ts';
import { createFaults, type Fault, type FaultKind, type ServedRequest } from './fault.ts';
import { type KubeconfigWanted, writeKubeconfig } from './kubeconfig-text.ts';
import { namedObject, namedReply } from './named-object.ts';
import { type KubernetesObject, readSnapshotFiles } from './objects.ts';
import { expiredBody, forbiddenBody, forbiddenPathBody, invalidContinueBody, statusBody, unauthorizedBody } from './status-body.ts';
import { createStore, RESOURCE_VERSION, type Store } from './store.ts';

export interface ApiServerOptions {
  readonly objects?: readonly KubernetesObject[];
  /** A folder of `kubectl get -o json` files, instead of objects. */
  readonly snapshotDir?: string;
  readonly faults?: readonly Fault[];
  /** Waits before every list answer. */
  readonly pageDelayMs?: number;
  /** HTTPS with a certificate made now. */
  readonly tls?: boolean;
  /** HTTPS that asks for the client certificate in the kubeconfig. */
  readonly clientCertificates?: boolean;
  /** The bearer token without which everything is 401. */
  readonly token?: string;
  /** The name in 403 messages. */
  readonly user?: string;
  /** Whether a request is answered with 403. */
  readonly forbid?: (request: ServedRequest) => boolean;
  /** Resources that are answered with 404. */
  readonly absent?: readonly string[];
  /** Another issuer than the snapshot's; `null`: 404. */
  readonly openid?: object | null;
  readonly port?: number;
}

export interface RecordedRequest extends ServedRequest {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  /** Values of headers that came several times, as they came. */
  readonly rawHeaders: readonly string[];
  status: number;
}

export interface ApiServer {
  readonly url: string;
  kubeconfig(wanted?: KubeconfigWanted): string;
  readonly requests: readonly RecordedRequest[];
  /** Connections that were opened so far. */
  readonly connections: number;
  /** The most requests that were being answered at one time. */
  readonly mostAtOnce: number;
  /** Puts the pages of 500 of every list together beforehand, so that they cost nothing when asked for. */
  warm(): void;
  /** Serves other objects from now on, as if the cluster had changed. */
  replaceObjects(objects: readonly KubernetesObject[]): void;
  close(): Promise<void>;
}

const VERSION = { major: '1', minor: '36', gitVersion: 'v1.36.2', platform: 'linux/amd64' };

interface Served {
  readonly options: ApiServerOptions;
  readonly version: object;
  readonly openid: object | null;
  store: Store;
}

/** A small API server on loopback: lists with paging, discovery, metadata-only answers, and the faults that are asked for. */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const files = options.snapshotDir === undefined ? { objects: options.objects ?? [] } : readSnapshotFiles(options.snapshotDir);
  const served: Served = {
    options,
    version: files.version ?? VERSION,
    openid: options.openid === undefined ? (files.openid ?? { issuer: 'https://issuer.example.com' }) : options.openid,
    store: createStore(files.objects),
  };
  const requests: RecordedRequest[] = [];
  const counts = { connections: 0, now: 0, most: 0 };
  const nextFault = createFaults(options.faults ?? []);
  const listener: RequestListener = (request, response) => {
    const described = servedRequest(request);
    const recorded = { ...described, method: request.method ?? '', headers: request.headers, rawHeaders: request.rawHeaders, status: 0 };
    requests.push(recorded);
    counts.now += 1;
    counts.most = Math.max(counts.most, counts.now);
    response.on('close', () => {
      counts.now -= 1;
      recorded.status = response.statusCode;
    });
    answer(served, { request, response, described, fault: nextFault(described) });
  };
  const authority = options.tls === true || options.clientCertificates === true ? makeCertificate({ commonName: AUTHORITY }) : undefined;
  const issuer = authority === undefined ? undefined : { ...authority, commonName: AUTHORITY };
  const serverNames = { dns: ['localhost'], ip: ['127.0.0.1'] };
  const own = issuer === undefined ? undefined : makeCertificate({ commonName: 'kube-apiserver', issuer, serverNames });
  const client = issuer === undefined ? undefined : makeCertificate({ commonName: 'reader', organization: 'readers', issuer });
  const server = own === undefined ? createHttpServer(listener) : createHttpsServer(tlsOptions(options, own, authority), listener);
  server.on(own === undefined ? 'connection' : 'secureConnection', () => {
    counts.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `${own === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    kubeconfig: (wanted = {}) =>
      writeKubeconfig(
        {
          url,
          ...(options.token === undefined ? {} : { token: options.token }),
          ...(authority === undefined ? {} : { authority: authority.cert }),
          ...(options.clientCertificates === true && client !== undefined ? { client } : {}),
        },
        wanted,
      ),
    requests,
    get connections() {
      return counts.connections;
    },
    get mostAtOnce() {
      return counts.most;
    },
    warm: () => warmPages(served.store),
    replaceObjects: (objects) => {
      served.store = createStore(objects);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const AUTHORITY = 'podreach test authority';

function tlsOptions({ clientCertificates }: ApiServerOptions, own: Identity, authority: Identity | undefined): object {
  const ask = clientCertificates === true ? { requestCert: true, rejectUnauthorized: true, ca: authority?.cert } : {};
  return { key: own.key, cert: own.cert, ...ask };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly described: ServedRequest;
  readonly fault: FaultKind | undefined;
}

function servedRequest(request: IncomingMessage): ServedRequest {
  const url = new URL(request.url ?? '/', 'http://server');
  const parts = /^\/(?:api|apis\/[^/]+)\/v\w+(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(url.pathname);
  const namespace = parts?.[1] === undefined ? undefined : decodeURIComponent(parts[1]);
  const token = url.searchParams.get('continue');
  const limit = Number(url.searchParams.get('limit') ?? 0);
  const page = token === null || limit === 0 ? 1 : Math.floor((readToken(token) ?? 0) / limit) + 1;
  return {
    path: url.pathname,
    query: url.searchParams,
    page,
    ...(parts?.[2] === undefined ? {} : { plural: parts[2] }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function answer(served: Served, exchange: Exchange): void {
  const { fault, response, request, described } = exchange;
  if (fault?.kind === 'silence') return;
  if (fault?.kind === 'reset') {
    request.socket.destroy();
    return;
  }
  const delayMs = fault?.kind === 'slow' ? fault.delayMs : described.plural === undefined ? 0 : (served.options.pageDelayMs ?? 0);
  const respond = (): void => send(exchange, replyTo(served, exchange));
  if (delayMs === 0) {
    respond();
    return;
  }
  const timer = setTimeout(respond, delayMs);
  response.on('close', () => clearTimeout(timer));
}

interface Reply {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Record<string, string>;
  /** The body compressed, where that is kept ready. */
  readonly gzipped?: () => Buffer;
}

function replyTo(served: Served, { described, fault, request }: Exchange): Reply {
  const { token, user = 'reader', forbid, absent = [] } = served.options;
  if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: unauthorizedBody() };
  const broken = fault === undefined ? undefined : replyOfFault(fault);
  if (broken !== undefined) return broken;
  const { path, namespace } = described;
  const named = namedObject(path, served.store.resources);
  if (named !== undefined) return namedReply(served.store, named, forbid?.(described) === true ? user : undefined);
  const resource = resourceOf(described, served.store.resources);
  if (forbid?.(described) === true) {
    return { status: 403, body: resource === undefined ? forbiddenPathBody(user, path) : forbiddenBody(user, resource, namespace) };
  }
  if (resource !== undefined && !absent.includes(resource.plural)) return listReply(served, { described, fault, request }, resource);
  const document =
    path === '/version'
      ? served.version
      : path === '/.well-known/openid-configuration'
        ? served.openid
        : discovery(path, served.store.resources);
  if (document === undefined || document === null) return NOT_FOUND;
  return { status: 200, body: `${JSON.stringify(document)}\n` };
}

const NOT_FOUND: Reply = { status: 404, body: '404 page not found\n', headers: { 'content-type': 'text/plain' } };

function replyOfFault(fault: FaultKind): Reply | undefined {
  if (fault.kind === 'redirect') return { status: 302, body: '', headers: { location: fault.location } };
  if (fault.kind === 'body') return { status: 200, ...fault };
  if (fault.kind !== 'status') return undefined;
  const body = fault.body ?? statusBody(fault.status, 'Fault', 'a fault of the test');
  return { status: fault.status, body, ...(fault.retryAfter === undefined ? {} : { headers: { 'retry-after': fault.retryAfter } }) };
}

function resourceOf({ path, plural }: ServedRequest, served: readonly ServedResource[]): ServedResource | undefined {
  const groupVersion = path.startsWith('/api/') ? path.split('/')[2] : path.split('/').slice(2, 4).join('/');
  return served.find((resource) => resource.plural === plural && resource.groupVersion === groupVersion);
}

function listReply(served: Served, { described, fault, request }: Omit<Exchange, 'response'>, resource: ServedResource): Reply {
  const token = described.query.get('continue');
  const start = token === null ? 0 : readToken(token);
  if (start === undefined) return { status: 400, body: invalidContinueBody() };
  if (fault?.kind === 'expired') return { status: 410, body: expiredBody(writeToken(start)) };
  const wanted = {
    resource,
    namespace: described.namespace,
    type: /^type=(.+)$/.exec(described.query.get('fieldSelector') ?? '')?.[1],
    metadataOnly: fault?.kind !== 'ignore-accept' && /as=PartialObjectMetadataList/.test(request.headers.accept ?? ''),
    start,
    limit: Number(described.query.get('limit') ?? 0),
  };
  const page = served.store.page(wanted, writeToken);
  return { status: 200, body: page.body, gzipped: page.gzipped };
}

function send({ request, response, fault }: Exchange, reply: Reply): void {
  let body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  if (fault?.kind === 'truncated-json') body = body.subarray(0, Math.floor(body.length / 2));
  // As the API server does: compressed when asked for and worth it.
  const compressed = body.length > 131_072 && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (compressed) body = fault === undefined && reply.gzipped !== undefined ? reply.gzipped() : gzipSync(body, { level: 1 });
  const encoding = compressed ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': body.length, ...encoding, ...reply.headers });
  if (fault?.kind === 'reset-mid-body') response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
  else response.end(body);
}

function warmPages(store: Store): void {
  for (const resource of store.resources) {
    const wanted = { resource, namespace: undefined, type: undefined, metadataOnly: resource.kind === 'Secret', limit: 500 };
    for (let start: number | undefined = 0; start !== undefined; ) {
      let next: number | undefined;
      const page = store.page({ ...wanted, start }, (after) => {
        next = after;
        return writeToken(after);
      });
      page.gzipped();
      start = next;
    }
  }
}

function writeToken(start: number): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: Number(RESOURCE_VERSION), start: String(start) })).toString('base64url');
}

function readToken(token: string): number | undefined {
  try {
    const { start } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Number(start);
  } catch {
    return undefined;
  }
}
