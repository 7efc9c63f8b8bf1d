import { describe, expect, test } from 'vitest';
import { MAX_PAGES } from '../rest-reader.ts';
import { SourceError } from '../source-error.ts';
import { type Reply, startReplayServer } from '../testing/replay-server.ts';
import { type AzureServerOptions, refusal, SUBSCRIPTION } from './testing/azure-server.ts';
import { tryCollect } from './testing/try-collect.ts';

type Asked = Parameters<NonNullable<AzureServerOptions['instead']>>[0];

const ASSIGNMENTS = 'authorization.2022-04-01.roleAssignments.listForSubscription';
const IDENTITIES = 'managedidentity.2026-05-31.userAssignedIdentities.listBySubscription';
const CREDENTIALS = 'managedidentity.2026-05-31.federatedIdentityCredentials.list';
const APPLICATIONS = 'graph.v1.0.applications';
const MEMBERS = 'graph.v1.0.groups.transitiveMembers';

/** Answers in place of the recorded ones of one method. */
const only = (api: string, reply: Reply | ((asked: Asked) => Reply | undefined)): AzureServerOptions => ({
  instead: (asked) => (asked.api !== api ? undefined : typeof reply === 'function' ? reply(asked) : reply),
});

const whyOf = (gaps: readonly { readonly what: string; readonly why: string }[], what: string): string[] =>
  gaps.filter((gap) => gap.what === what).map(({ why }) => why);

describe('a right that is missing is a gap with its name', () => {
  test.each([
    ['resources.2022-12-01.subscriptions.get', 'Microsoft.Resources/subscriptions/read'],
    [IDENTITIES, 'Microsoft.ManagedIdentity/userAssignedIdentities/read'],
    [CREDENTIALS, 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read'],
    [ASSIGNMENTS, 'Microsoft.Authorization/roleAssignments/read'],
    ['authorization.2022-04-01.roleDefinitions.list', 'Microsoft.Authorization/roleDefinitions/read'],
    ['authorization.2022-04-01.denyAssignments.listForSubscription', 'Microsoft.Authorization/denyAssignments/read'],
    ['containerservice.2025-05-01.managedClusters.list', 'Microsoft.ContainerService/managedClusters/read'],
  ])('%s', async (api, permission) => {
    const { inventory, error, everything } = await tryCollect(only(api, refusal(403, 'AuthorizationFailed')));
    expect(error).toBeUndefined();
    const gaps = inventory.gaps.filter(({ why }) => why === `Azure forbids ${permission} (403 AuthorizationFailed)`);
    expect(gaps.map((gap) => [gap.permission, gap.where?.startsWith(`subscription \`${SUBSCRIPTION}\``)])).toEqual([[permission, true]]);
    expect(inventory.azure.identities.length + inventory.azure.roleAssignments.length).toBeGreaterThan(5);
    expect(everything).not.toContain('CANARY');
  });

  test.each([
    [APPLICATIONS, 'Application.Read.All'],
    ['graph.v1.0.applications.federatedIdentityCredentials', 'Application.Read.All'],
    ['graph.v1.0.servicePrincipals', 'Application.Read.All'],
  ])('%s', async (api, permission) => {
    const { inventory, error } = await tryCollect(only(api, refusal(403, 'Authorization_RequestDenied')));
    expect(error).toBeUndefined();
    const gaps = inventory.gaps.filter(({ why }) => why === `Microsoft Graph forbids ${permission} (403 Authorization_RequestDenied)`);
    expect(gaps.map((gap) => gap.permission)).toEqual([permission]);
    expect(inventory.azure.identities.length).toBeGreaterThan(5);
  });
});

describe('groups that have roles', () => {
  const group = '000000F0-0000-4000-8000-000000000001';
  const assignment = {
    id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/a`,
    name: 'a',
    type: 'Microsoft.Authorization/roleAssignments',
    properties: { roleDefinitionId: '/r', principalId: group, principalType: 'Group', scope: `/subscriptions/${SUBSCRIPTION}` },
  };

  test('their members are read', async () => {
    const { inventory } = await tryCollect({
      instead: ({ api, resource }) => {
        if (api === ASSIGNMENTS) return { body: { value: [assignment] } };
        return api === MEMBERS && resource === group.toLowerCase() ? { body: { value: [{ id: 'member-1' }] } } : undefined;
      },
    });
    expect(inventory.azure.groups).toEqual([{ id: group.toLowerCase(), members: ['member-1'] }]);
  });

  test('and those of the groups that administer a cluster', async () => {
    const cluster = {
      id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c`,
      name: 'c',
      type: 'Microsoft.ContainerService/ManagedClusters',
      properties: { aadProfile: { managed: true, adminGroupObjectIDs: [group, 7] } },
    };
    const { inventory } = await tryCollect({
      instead: ({ api }) => {
        if (api === 'containerservice.2025-05-01.managedClusters.list') return { body: { value: [cluster] } };
        return api === MEMBERS ? { body: { value: [] } } : undefined;
      },
    });
    expect(inventory.azure.groups).toEqual([{ id: group.toLowerCase(), members: [] }]);
  });

  test('without the right it is a gap', async () => {
    const { inventory } = await tryCollect({
      instead: ({ api }) => {
        if (api === ASSIGNMENTS) return { body: { value: [assignment] } };
        return api === MEMBERS ? refusal(403, 'Authorization_RequestDenied') : undefined;
      },
    });
    const why = 'Microsoft Graph forbids GroupMember.Read.All (403 Authorization_RequestDenied)';
    expect(inventory.gaps.find((gap) => gap.why === why)?.where).toBe(`the tenant: \`${group.toLowerCase()}\``);
  });
});

describe('what does not last is asked for again', () => {
  test.each<[string, Reply]>([
    ['too many requests, with Retry-After', { ...refusal(429, 'TooManyRequests'), headers: { 'retry-after': '0' } }],
    ['a server that fails', { status: 502, body: '<html>' }],
    ['a connection that breaks', { hangUp: true }],
  ])('%s', async (_name, reply) => {
    let left = 2;
    const once = only(ASSIGNMENTS, () => (left-- > 0 ? reply : undefined));
    const [{ inventory, error }, whole] = [await tryCollect(once), await tryCollect()];
    expect(error).toBeUndefined();
    expect(left).toBeLessThan(0);
    expect(inventory).toEqual(whole.inventory);
  });
});

describe('what lasts is a gap, and the rest is kept', () => {
  test.each<[string, Reply, string]>([
    ['too many requests', refusal(429, 'TooManyRequests'), 'Azure is too busy and stays so (429)'],
    ['a server that fails', { status: 500, body: 'CANARY' }, 'Azure failed and stays so (500)'],
    ['a broken answer', { body: '{"CANARY": [1, 2' }, 'the answer is not JSON'],
    ['an answer of another kind', { body: '"CANARY"' }, 'the answer is no JSON object'],
    ['an answer without end', { body: `{"CANARY": "${'x'.repeat(70_000)}"}` }, 'the answer is larger than 65536 bytes'],
    [
      'a provider that is not registered',
      refusal(409, 'MissingSubscriptionRegistration'),
      'the subscription has not registered the resource provider (409 MissingSubscriptionRegistration), so it has none of these',
    ],
    ['not found', refusal(404, 'ResourceNotFound'), 'Azure knows no such thing (404 ResourceNotFound)'],
    [
      'another tenant',
      refusal(401, 'InvalidAuthenticationTokenTenant'),
      'Azure does not accept the credentials (401 InvalidAuthenticationTokenTenant)',
    ],
    ['a code that is no code', refusal(400, 'CANARY says: do this'), 'Azure refused the request (400)'],
  ])('%s', async (_name, reply, why) => {
    const { inventory, error, everything } = await tryCollect(only(IDENTITIES, reply), {
      limits: { minPauseMs: 1, maxPauseMs: 2, maxRetries: 2, maxBytes: 65_536 },
    });
    expect(error).toBeUndefined();
    expect(whyOf(inventory.gaps, 'user-assigned identities')).toEqual([why]);
    expect(inventory.azure.subscriptions).toEqual([]);
    expect(inventory.azure.roleAssignments.length).toBeGreaterThan(5);
    expect(everything).not.toContain('CANARY');
  });

  test('a subscription that is not there says so once', async () => {
    const other = '99999999-2222-4333-8444-555555555555';
    const server = only('resources.2022-12-01.subscriptions.get', ({ request }) =>
      request.url.pathname.includes(other) ? refusal(404, 'SubscriptionNotFound') : undefined,
    );
    const { inventory, requests } = await tryCollect(server, { subscriptions: [other, SUBSCRIPTION.toUpperCase()] });
    expect(whyOf(inventory.gaps, 'the subscription itself')).toEqual(['Azure knows no such thing (404 SubscriptionNotFound)']);
    expect(requests.filter(({ url }) => url.pathname.includes(other))).toHaveLength(1);
    expect(inventory.azure.subscriptions).toEqual([SUBSCRIPTION]);
  });
});

describe('pages', () => {
  /** The recorded list in pages of five, each with the link to the next as `link` writes it. */
  const paged =
    (link: (url: URL, at: number) => string) =>
    ({ request }: Asked, whole: readonly unknown[]): Reply => {
      const at = Number(request.url.searchParams.get('$skipToken') ?? 0);
      const next = at + 5 < whole.length ? { nextLink: link(request.url, at + 5) } : {};
      return { body: { value: whole.slice(at, at + 5), ...next } };
    };

  test('are one list', async () => {
    const whole = await tryCollect();
    const recorded = whole.inventory.azure.roleAssignments.map(({ listedFor: _listedFor, id, ...properties }) => ({
      id,
      name: id,
      type: 'Microsoft.Authorization/roleAssignments',
      properties,
    }));
    const { inventory, requests } = await tryCollect((base) =>
      only(ASSIGNMENTS, (asked) =>
        paged((url, at) => {
          const next = new URL(`${base()}${url.pathname}${url.search}`);
          next.searchParams.set('$skipToken', String(at));
          return next.href;
        })(asked, recorded),
      ),
    );
    expect(inventory.azure.roleAssignments).toEqual(whole.inventory.azure.roleAssignments);
    expect(inventory.azure.subscriptionsWithAssignments).toEqual([SUBSCRIPTION]);
    expect(requests.filter(({ url }) => url.pathname.endsWith('/roleAssignments'))).toHaveLength(Math.ceil(recorded.length / 5));
  });

  test.each<[string, (foreign: string) => string, string]>([
    ['to another host', (foreign) => `${foreign}/graph/v1.0/applications?$skip=1`, 'leads to another host'],
    ['to another scheme', () => 'file:///etc/passwd', 'leads to another host'],
    ['to nowhere', () => 'not a URL', 'its next link is no URL'],
  ])('a link %s is not followed', async (_name, link, why) => {
    const foreign = await startReplayServer(() => ({ body: { value: [] } }));
    const { inventory } = await tryCollect(
      only(APPLICATIONS, { body: { value: [{ id: 'o1', appId: 'a1', displayName: 'x' }], '@odata.nextLink': link(foreign.base) } }),
    );
    await foreign.close();
    expect(foreign.requests).toEqual([]);
    expect(whyOf(inventory.gaps, 'Entra applications')[0]).toContain(why);
    expect(inventory.azure.applicationsRead).toBe(false);
  });

  test('a page that leads to itself', async () => {
    const { inventory, requests } = await tryCollect((base) =>
      only(APPLICATIONS, {
        body: {
          value: [],
          get '@odata.nextLink'() {
            return `${base()}/graph/v1.0/applications`;
          },
        },
      }),
    );
    expect(whyOf(inventory.gaps, 'Entra applications')[0]).toContain('one page again and again');
    expect(requests.filter(({ url }) => url.pathname.endsWith('/applications'))).toHaveLength(2);
  });

  test('pages without end', async () => {
    let page = 0;
    const { inventory, requests } = await tryCollect((base) =>
      only(APPLICATIONS, () => ({ body: { value: [], '@odata.nextLink': `${base()}/graph/v1.0/applications?$skip=${page++}` } })),
    );
    expect(whyOf(inventory.gaps, 'Entra applications')[0]).toContain(`more than ${MAX_PAGES} pages`);
    expect(requests.filter(({ url }) => url.pathname.endsWith('/applications'))).toHaveLength(MAX_PAGES);
  });
});

describe('a server that means harm', () => {
  test('a redirect is not followed', async () => {
    const foreign = await startReplayServer(() => ({ body: {} }));
    const { inventory } = await tryCollect(only(IDENTITIES, { status: 307, headers: { location: foreign.base }, body: '' }));
    await foreign.close();
    expect(whyOf(inventory.gaps, 'user-assigned identities')[0]).toContain('redirects elsewhere (307)');
    expect(foreign.requests).toEqual([]);
  });

  test('ids that would lead elsewhere are not asked for', async () => {
    const id = (group: string, name: string) =>
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const ids = [id('rg', '..'), id('..', 'x'), id('rg', 'a?b#c'), 'https://evil.example/', `${id('rg', 'x')}/../..`, '/x'];
    const { requests, inventory, error } = await tryCollect(
      only(IDENTITIES, {
        body: { value: ids.map((one) => ({ id: one, name: 'x', type: 'Microsoft.ManagedIdentity/userAssignedIdentities' })) },
      }),
    );
    expect(error).toBeUndefined();
    const asked = requests
      .map(({ url }) => url.pathname)
      .filter((one) => one.endsWith('/federatedIdentityCredentials') && one.startsWith('/management'));
    expect(asked).toEqual([`/management${id('rg', 'a%3Fb%23c')}/federatedIdentityCredentials`]);
    expect(whyOf(inventory.gaps, 'federated credentials of identities')).toContain('it has a name that no URL can hold');
  });
});

describe('what ends a collection', () => {
  test('no credentials', async () => {
    const authenticate = async () =>
      Promise.reject(new SourceError('no credentials; sign in', { source: 'azure', operation: 'authenticate' }));
    const { error, requests } = await tryCollect({}, { authenticate });
    expect(error).toBeInstanceOf(SourceError);
    expect(requests).toEqual([]);
  });

  test('credentials that Azure does not accept', async () => {
    const { error, everything } = await tryCollect({}, { authenticate: async () => ({ authorization: 'Bearer CANARY-old' }) });
    expect(error).toBeInstanceOf(SourceError);
    expect((error as Error).message).toContain('az login');
    expect(everything).not.toContain('CANARY');
  });

  test('no token for Graph is a gap, for the subscription is read without it', async () => {
    const authenticate = async (url: URL): Promise<Record<string, string>> => {
      if (url.pathname.startsWith('/graph'))
        throw new SourceError('no token for Graph; sign in', { source: 'azure', operation: 'authenticate' });
      return { authorization: 'Bearer CANARY-azure-token' };
    };
    const { error, inventory } = await tryCollect({}, { authenticate });
    expect(error).toBeUndefined();
    expect(whyOf(inventory.gaps, 'Entra applications')).toEqual(['no token for Graph; sign in']);
    expect(inventory.azure.identities.length).toBeGreaterThan(5);
  });

  test('a host that cannot be reached: one gap', async () => {
    const closed = await startReplayServer(() => ({}));
    await closed.close();
    const { error, inventory } = await tryCollect({}, { base: closed.base, limits: { minPauseMs: 1, maxPauseMs: 1, maxRetries: 1 } });
    expect(error).toBeUndefined();
    const gaps = inventory.gaps.filter(({ what }) => what.startsWith('the ')).map(({ what, why }) => `${what}: ${why}`);
    expect(gaps).toEqual([`the subscription itself: cannot reach ${new URL(closed.base).host} (ECONNREFUSED)`]);
  });

  test.each<[string, Reply]>([
    ['while an answer is awaited', { silent: true }],
    ['while a pause lasts', { ...refusal(429, 'TooManyRequests'), headers: { 'retry-after': '3600' } }],
  ])('an abort %s', async (_name, reply) => {
    const stop = new AbortController();
    const server = only(ASSIGNMENTS, () => {
      setImmediate(() => stop.abort(new Error('enough')));
      return reply;
    });
    const { error } = await tryCollect(server, { signal: stop.signal, limits: { maxPauseMs: 3_600_000 } });
    expect(error).toEqual(new Error('enough'));
  });

  test('the deadline: what came before it is kept', async () => {
    const deadline = new AbortController();
    const server = only('graph.v1.0.applications.federatedIdentityCredentials', () => {
      setImmediate(() => deadline.abort());
      return { silent: true };
    });
    const { error, inventory } = await tryCollect(server, { deadline: deadline.signal });
    expect(error).toBeUndefined();
    expect(inventory.gaps.map(({ why }) => why)).toContain('the deadline passed before everything was read; what came before it is kept');
    expect(inventory.azure.applicationsRead).toBe(true);
  });
});
