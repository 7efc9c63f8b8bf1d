import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ReplayRequest, type ReplayServer, type Reply, startReplayServer } from '../../testing/replay-server.ts';

export const TESTDATA = path.join(import.meta.dirname, '../testdata/acme');
export const TOKEN = 'CANARY-google-token';

/** `METHOD RESOURCE` of a request, and what it needs beyond its address. */
interface Route {
  readonly pattern: RegExp;
  readonly api: string;
  /** Whether policies of version 3 are asked for, as conditions need it. */
  readonly version3?: (request: ReplayRequest) => boolean;
}

const inBody = ({ method, body }: ReplayRequest): boolean => method === 'POST' && JSON.parse(body).options.requestedPolicyVersion === 3;
const inQuery =
  (name: string, wanted: string) =>
  ({ method, url }: ReplayRequest): boolean =>
    method === wanted && url.searchParams.get(name) === '3';
const VERSION = 'options.requestedPolicyVersion';

/** Written down from the REST reference, apart from the collector's own table. */
const ROUTES: readonly Route[] = [
  { pattern: /^\/v3\/projects\/([^/:]+)$/, api: 'cloudresourcemanager.v3.projects.get' },
  {
    pattern: /^\/v3\/projects\/([^/:]+):getIamPolicy$/,
    api: 'cloudresourcemanager.v3.projects.getIamPolicy',
    version3: inBody,
  },
  { pattern: /^\/v3\/folders\/([^/:]+)$/, api: 'cloudresourcemanager.v3.folders.get' },
  {
    pattern: /^\/v3\/folders\/([^/:]+):getIamPolicy$/,
    api: 'cloudresourcemanager.v3.folders.getIamPolicy',
    version3: inBody,
  },
  {
    pattern: /^\/v3\/organizations\/([^/:]+):getIamPolicy$/,
    api: 'cloudresourcemanager.v3.organizations.getIamPolicy',
    version3: inBody,
  },
  { pattern: /^\/v1\/projects\/([^/]+)\/serviceAccounts$/, api: 'iam.v1.projects.serviceAccounts.list' },
  {
    pattern: /^\/v1\/projects\/[^/]+\/serviceAccounts\/([^/:]+):getIamPolicy$/,
    api: 'iam.v1.projects.serviceAccounts.getIamPolicy',
    version3: inQuery(VERSION, 'POST'),
  },
  { pattern: /^\/v1\/projects\/([^/]+)\/roles$/, api: 'iam.v1.projects.roles.list' },
  { pattern: /^\/v1\/projects\/[^/]+\/roles\/([^/]+)$/, api: 'iam.v1.projects.roles.get' },
  { pattern: /^\/v1\/organizations\/[^/]+\/roles\/([^/]+)$/, api: 'iam.v1.organizations.roles.get' },
  { pattern: /^\/v1\/(roles\/[^/]+)$/, api: 'iam.v1.roles.get' },
  {
    pattern: /^\/v1\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools$/,
    api: 'iam.v1.projects.locations.workloadIdentityPools.list',
  },
  {
    pattern: /^\/v1\/(projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+)\/providers$/,
    api: 'iam.v1.projects.locations.workloadIdentityPools.providers.list',
  },
  {
    pattern: /^\/v2\/policies\/cloudresourcemanager[.]googleapis[.]com%2F(?:projects%2F)?([^/]+)\/denypolicies$/,
    api: 'iam.v2.policies.denypolicies.list',
  },
  { pattern: /^\/v2\/policies\/[^/]+\/denypolicies\/([^/]+)$/, api: 'iam.v2.policies.denypolicies.get' },
  { pattern: /^\/v1\/projects\/([^/]+)\/locations\/-\/clusters$/, api: 'container.v1.projects.locations.clusters.list' },
  { pattern: /^\/storage\/v1\/b$/, api: 'storage.v1.buckets.list' },
  {
    pattern: /^\/storage\/v1\/b\/([^/]+)\/iam$/,
    api: 'storage.v1.buckets.getIamPolicy',
    version3: inQuery('optionsRequestedPolicyVersion', 'GET'),
  },
  { pattern: /^\/v1\/projects\/([^/]+)\/secrets$/, api: 'secretmanager.v1.projects.secrets.list' },
  {
    pattern: /^\/v1\/projects\/[^/]+\/secrets\/([^/:]+):getIamPolicy$/,
    api: 'secretmanager.v1.projects.secrets.getIamPolicy',
    version3: inQuery(VERSION, 'GET'),
  },
];

/** The variables that lead every service to a server of ours. */
export function endpointsAt(base: string): Record<string, string> {
  const services = new Set(ROUTES.map(({ api }) => (api.split('.', 1)[0] as string).toUpperCase()));
  return Object.fromEntries([...services].map((service) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${service}`, base]));
}

export interface GoogleServerOptions {
  /** An answer in place of the recorded one; undefined: the recorded one. */
  readonly instead?: (asked: { readonly api: string; readonly resource: string; readonly request: ReplayRequest }) => Reply | undefined;
}

/** Google Cloud as far as it was recorded. Whoever comes without the token, or asks for policies without conditions, is refused. */
export function startGoogleServer({ instead }: GoogleServerOptions = {}): Promise<ReplayServer> {
  return startReplayServer((request) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return refusal(401, 'UNAUTHENTICATED');
    for (const { pattern, api, version3 } of ROUTES) {
      const match = pattern.exec(request.url.pathname);
      if (match === null) continue;
      if (version3 === undefined ? request.method !== 'GET' : !version3(request)) return refusal(400, 'INVALID_ARGUMENT');
      const resource = decodeURIComponent(match[1] ?? request.url.searchParams.get('project') ?? '');
      return instead?.({ api, resource, request }) ?? recorded(path.join(TESTDATA, 'gcp', api), resource, request);
    }
    return refusal(404, 'NOT_FOUND');
  });
}

export function refusal(code: number, status: string, reason?: string): Reply {
  const details = reason === undefined ? [] : [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }];
  return { status: code, body: { error: { code, message: `CANARY-message ${status}`, status, details } } };
}

function recorded(folder: string, resource: string, { url }: ReplayRequest): Reply {
  const names = [resource, encodeURIComponent(resource), resource.replaceAll('/', '_')].map((name) => path.join(folder, `${name}.json`));
  const whole = names.find((name) => existsSync(name));
  if (whole !== undefined) return { body: readFileSync(whole, 'utf8') };
  const first = path.join(folder, `${resource}.page-1.json`);
  if (!existsSync(first)) return refusal(404, 'NOT_FOUND');
  const token = url.searchParams.get('pageToken');
  if (token === null) return { body: readFileSync(first, 'utf8') };
  const isNext = JSON.parse(readFileSync(first, 'utf8')).nextPageToken === token;
  return isNext ? { body: readFileSync(first.replace('page-1', 'page-2'), 'utf8') } : refusal(400, 'INVALID_ARGUMENT');
}
