import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ReplayRequest, type ReplayServer, type Reply, startReplayServer } from '../../testing/replay-server.ts';

export const TESTDATA = path.join(import.meta.dirname, '../testdata/acme');
export const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
/** A token for each host, as Azure gives them. */
export const TOKENS = { management: 'CANARY-azure-token', graph: 'CANARY-graph-token' };

interface Route {
  readonly pattern: RegExp;
  readonly api: string;
  /** `api-version`; Graph has none. */
  readonly version?: string;
}

const provider = (name: string, type: string): RegExp =>
  new RegExp(`^/management/subscriptions/[0-9a-f-]{36}/providers/${name.replace('.', '[.]')}/${type}$`);

/** Written down from the REST reference, apart from the collector's own table. */
const ROUTES: readonly Route[] = [
  { pattern: /^\/management\/subscriptions\/[0-9a-f-]{36}$/, api: 'resources.2022-12-01.subscriptions.get', version: '2022-12-01' },
  {
    pattern: provider('Microsoft.ManagedIdentity', 'userAssignedIdentities'),
    api: 'managedidentity.2026-05-31.userAssignedIdentities.listBySubscription',
    version: '2026-05-31',
  },
  {
    pattern:
      /^\/management\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft[.]ManagedIdentity\/userAssignedIdentities\/([^/]+)\/federatedIdentityCredentials$/,
    api: 'managedidentity.2026-05-31.federatedIdentityCredentials.list',
    version: '2026-05-31',
  },
  {
    pattern: provider('Microsoft.Authorization', 'roleAssignments'),
    api: 'authorization.2022-04-01.roleAssignments.listForSubscription',
    version: '2022-04-01',
  },
  {
    pattern: provider('Microsoft.Authorization', 'roleDefinitions'),
    api: 'authorization.2022-04-01.roleDefinitions.list',
    version: '2022-04-01',
  },
  {
    pattern: provider('Microsoft.Authorization', 'denyAssignments'),
    api: 'authorization.2022-04-01.denyAssignments.listForSubscription',
    version: '2022-04-01',
  },
  {
    pattern: provider('Microsoft.ContainerService', 'managedClusters'),
    api: 'containerservice.2025-05-01.managedClusters.list',
    version: '2025-05-01',
  },
  { pattern: /^\/graph\/v1[.]0\/applications$/, api: 'graph.v1.0.applications' },
  {
    pattern: /^\/graph\/v1[.]0\/applications\/([^/]+)\/federatedIdentityCredentials$/,
    api: 'graph.v1.0.applications.federatedIdentityCredentials',
  },
  { pattern: /^\/graph\/v1[.]0\/servicePrincipals$/, api: 'graph.v1.0.servicePrincipals' },
  { pattern: /^\/graph\/v1[.]0\/groups\/([^/]+)\/transitiveMembers$/, api: 'graph.v1.0.groups.transitiveMembers' },
];

export interface AzureServerOptions {
  /** An answer in place of the recorded one; undefined: the recorded one. */
  readonly instead?: (asked: { readonly api: string; readonly resource: string; readonly request: ReplayRequest }) => Reply | undefined;
}

/** Azure Resource Manager below `/management` and Microsoft Graph below `/graph`, as far as they were recorded. */
export function startAzureServer({ instead }: AzureServerOptions = {}): Promise<ReplayServer> {
  return startReplayServer((request) => {
    const { pathname, searchParams } = request.url;
    const token = pathname.startsWith('/graph/') ? TOKENS.graph : TOKENS.management;
    if (request.headers.authorization !== `Bearer ${token}`) return refusal(401, 'InvalidAuthenticationToken');
    for (const { pattern, api, version } of ROUTES) {
      const match = pattern.exec(pathname);
      if (match === null) continue;
      if (request.method !== 'GET' || searchParams.get('api-version') !== (version ?? null))
        return refusal(400, 'InvalidApiVersionParameter');
      const resource = decodeURIComponent(match[1] ?? '');
      return instead?.({ api, resource, request }) ?? recorded(api, resource);
    }
    return refusal(404, 'ResourceNotFound');
  });
}

export function refusal(status: number, code: string): Reply {
  return { status, body: { error: { code, message: `CANARY-message ${code}` } } };
}

function recorded(api: string, resource: string): Reply {
  if (api === 'resources.2022-12-01.subscriptions.get') return { body: { subscriptionId: SUBSCRIPTION, state: 'Enabled' } };
  const file = path.join(TESTDATA, 'azure', resource === '' ? `${api}.json` : `${api}/${resource}.json`);
  return existsSync(file) ? { body: readFileSync(file, 'utf8') } : refusal(404, 'ResourceNotFound');
}
