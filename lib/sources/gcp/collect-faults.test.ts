import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import { MAX_PAGES } from '../rest-reader.ts';
import { SourceError } from '../source-error.ts';
import { type Reply, startReplayServer } from '../testing/replay-server.ts';
import { type GoogleServerOptions, refusal, TOKEN } from './testing/google-server.ts';
import { tryCollect } from './testing/try-collect.ts';

type Asked = Parameters<NonNullable<GoogleServerOptions['instead']>>[0];

/** Answers in place of the recorded ones of one method. */
const only = (api: string, reply: Reply | ((asked: Asked) => Reply | undefined)): GoogleServerOptions => ({
  instead: (asked) => (asked.api !== api ? undefined : typeof reply === 'function' ? reply(asked) : reply),
});

const whyOf = (gaps: readonly { readonly what: string; readonly why: string }[], what: string): string[] =>
  gaps.filter((gap) => gap.what === what).map(({ why }) => why);

describe('a right that is missing is a gap with its name', () => {
  test.each([
    ['cloudresourcemanager.v3.projects.get', 'resourcemanager.projects.get'],
    ['cloudresourcemanager.v3.projects.getIamPolicy', 'resourcemanager.projects.getIamPolicy'],
    ['cloudresourcemanager.v3.folders.get', 'resourcemanager.folders.get'],
    ['cloudresourcemanager.v3.folders.getIamPolicy', 'resourcemanager.folders.getIamPolicy'],
    ['cloudresourcemanager.v3.organizations.getIamPolicy', 'resourcemanager.organizations.getIamPolicy'],
    ['iam.v1.projects.serviceAccounts.list', 'iam.serviceAccounts.list'],
    ['iam.v1.projects.serviceAccounts.getIamPolicy', 'iam.serviceAccounts.getIamPolicy'],
    ['iam.v1.projects.roles.list', 'iam.roles.list'],
    ['iam.v1.projects.roles.get', 'iam.roles.get'],
    ['iam.v1.roles.get', 'iam.roles.get'],
    ['iam.v2.policies.denypolicies.list', 'iam.denypolicies.list'],
    ['iam.v2.policies.denypolicies.get', 'iam.denypolicies.get'],
    ['iam.v1.projects.locations.workloadIdentityPools.list', 'iam.workloadIdentityPools.list'],
    ['iam.v1.projects.locations.workloadIdentityPools.providers.list', 'iam.workloadIdentityPoolProviders.list'],
    ['container.v1.projects.locations.clusters.list', 'container.clusters.list'],
    ['storage.v1.buckets.list', 'storage.buckets.list'],
    ['storage.v1.buckets.getIamPolicy', 'storage.buckets.getIamPolicy'],
    ['secretmanager.v1.projects.secrets.list', 'secretmanager.secrets.list'],
    ['secretmanager.v1.projects.secrets.getIamPolicy', 'secretmanager.secrets.getIamPolicy'],
  ])('%s', async (api, permission) => {
    const { inventory, error, everything } = await tryCollect(only(api, refusal(403, 'PERMISSION_DENIED', 'IAM_PERMISSION_DENIED')));
    expect(error).toBeUndefined();
    const why = `Google Cloud forbids ${permission} (403 IAM_PERMISSION_DENIED)`;
    const gaps = inventory.gaps.filter((gap) => gap.permission === permission && gap.why === why);
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.length).toBeLessThanOrEqual(4);
    expect(inventory.gcp.policies.length + inventory.gcp.roles.length).toBeGreaterThan(5);
    expect(everything).not.toContain('CANARY');
  });

  test('of many accounts: one gap that names some and counts the rest', async () => {
    const { inventory } = await tryCollect(only('iam.v1.projects.serviceAccounts.getIamPolicy', refusal(403, 'PERMISSION_DENIED')));
    const gap = inventory.gaps.find(({ what, where }) => what === 'allow policies of service accounts' && where?.includes('acme-prod-eu'));
    expect(gap?.where).toMatch(/^project `acme-prod-eu`: `123456789012-compute@.*` and 13 more$/);
  });
});

describe('an API that is not enabled is a gap that says so', () => {
  test.each<[string, string, Reply, string]>([
    [
      'by google.rpc.ErrorInfo',
      'secretmanager.v1.projects.secrets.list',
      refusal(403, 'PERMISSION_DENIED', 'SERVICE_DISABLED'),
      'names of secrets',
    ],
    [
      'in the form of the storage API',
      'storage.v1.buckets.list',
      { status: 403, body: { error: { code: 403, message: 'x', errors: [{ reason: 'accessNotConfigured' }] } } },
      'buckets',
    ],
  ])('%s', async (_name, api, reply, what) => {
    const { inventory } = await tryCollect(only(api, reply));
    const gap = inventory.gaps.find((one) => one.what === what);
    expect(gap?.why).toContain(`${api.split('.')[0]}.googleapis.com is not enabled`);
    expect(gap?.permission).toBeUndefined();
  });
});

describe('what does not last is asked for again', () => {
  test.each<[string, Reply]>([
    ['too many requests, with Retry-After', { ...refusal(429, 'RESOURCE_EXHAUSTED'), headers: { 'retry-after': '0' } }],
    ['too many requests', refusal(429, 'RESOURCE_EXHAUSTED')],
    ['a server that fails', { status: 503, body: '<html>CANARY' }],
    ['a connection that breaks', { hangUp: true }],
    ['an answer that breaks off', { body: '{"accounts": [', cutAfter: 500 }],
  ])('%s', async (_name, reply) => {
    let left = 2;
    const once = only('iam.v1.projects.serviceAccounts.list', () => (left-- > 0 ? reply : undefined));
    const [{ inventory, error }, whole] = [await tryCollect(once), await tryCollect()];
    expect(error).toBeUndefined();
    expect(left).toBeLessThan(0);
    expect(inventory).toEqual(whole.inventory);
  });
});

describe('what lasts is a gap, and the rest is kept', () => {
  test.each<[string, Reply, RegExp]>([
    ['too many requests', refusal(429, 'RESOURCE_EXHAUSTED'), /too busy and stays so \(429\)/],
    ['a server that fails', { status: 503, body: 'CANARY' }, /failed and stays so \(503\)/],
    ['a connection that breaks', { hangUp: true }, /^the connection to 127[.]0[.]0[.]1:\d+ broke \([A-Z_]+\)$/],
    ['answers that break off', { body: '{"CANARY": [', cutAfter: 500 }, /^answers of 127[.]0[.]0[.]1:\d+ break off$/],
    ['a broken answer', { body: '{"CANARY": [1, 2' }, /^the answer is not JSON$/],
    ['an answer of another kind', { body: '["CANARY"]' }, /no JSON object/],
    ['an answer without end', { body: `{"CANARY": "${'x'.repeat(70_000)}"}` }, /larger than 65536 bytes/],
    ['not found', { status: 404, body: '' }, /knows no such thing \(404\)/],
    ['a bad request', refusal(400, 'INVALID_ARGUMENT'), /refused the request \(400 INVALID_ARGUMENT\)/],
  ])('%s', async (_name, reply, why) => {
    const { inventory, error, everything } = await tryCollect(only('iam.v1.projects.serviceAccounts.list', reply), {
      limits: { minPauseMs: 1, maxPauseMs: 2, maxRetries: 2, maxBytes: 65_536 },
    });
    expect(error).toBeUndefined();
    for (const one of whyOf(inventory.gaps, 'service accounts')) expect(one).toMatch(why);
    expect(whyOf(inventory.gaps, 'service accounts')).toHaveLength(2);
    expect(inventory.gcp.serviceAccounts).toEqual([]);
    expect(inventory.gcp.projectsWithServiceAccounts).toEqual([]);
    expect(inventory.gcp.policies.map(({ resource }) => resource)).toContain('projects/acme-prod-eu');
    expect(everything).not.toContain('CANARY');
  });

  test('a list that breaks off keeps its first page and is not taken for whole', async () => {
    const server = only('iam.v1.projects.serviceAccounts.list', ({ request }) =>
      request.url.searchParams.has('pageToken') ? refusal(403, 'PERMISSION_DENIED') : undefined,
    );
    const { inventory } = await tryCollect(server);
    expect(inventory.gcp.serviceAccounts.length).toBeGreaterThan(10);
    expect(inventory.gcp.projectsWithServiceAccounts).toEqual(['acme-data-eu']);
    expect(inventory.gaps.map(({ permission }) => permission)).toContain('iam.serviceAccounts.list');
  });

  test('a project that is not there says so once, and the other is read', async () => {
    const { inventory, requests } = await tryCollect({}, { projects: ['acme-data-eu', 'no-such-project'] });
    expect(inventory.gaps.filter(({ where }) => where?.includes('no-such-project')).map(({ what }) => what)).toEqual([
      'the project itself',
    ]);
    expect(requests.filter(({ url }) => url.pathname.includes('no-such-project'))).toHaveLength(1);
    expect(inventory.gcp.serviceAccounts).toHaveLength(1);
  });
});

describe('a server that means harm', () => {
  test('a redirect is not followed', async () => {
    const foreign = await startReplayServer(() => ({ body: {} }));
    const reply = { status: 302, headers: { location: `${foreign.base}/v1/x` }, body: '' };
    const { inventory } = await tryCollect(only('iam.v1.projects.roles.list', reply));
    await foreign.close();
    expect(whyOf(inventory.gaps, 'custom roles')[0]).toContain('redirects elsewhere (302)');
    expect(foreign.requests).toEqual([]);
  });

  test('one page for ever', async () => {
    const { inventory, requests } = await tryCollect(only('iam.v1.projects.roles.list', { body: { roles: [], nextPageToken: 'again' } }));
    expect(whyOf(inventory.gaps, 'custom roles')[0]).toContain('one page again and again');
    expect(requests.filter(({ url }) => url.pathname.endsWith('/roles')).length).toBeLessThan(10);
  });

  test('pages without end', async () => {
    let page = 0;
    const server = only('iam.v1.projects.roles.list', () => ({ body: { roles: [], nextPageToken: String(page++) } }));
    const { inventory, requests } = await tryCollect(server, { projects: ['acme-data-eu'] });
    expect(whyOf(inventory.gaps, 'custom roles')[0]).toContain(`more than ${MAX_PAGES} pages`);
    expect(requests.filter(({ url }) => url.pathname.endsWith('/roles'))).toHaveLength(MAX_PAGES);
  });

  test('pages that never fill', async () => {
    let page = 0;
    const server = only('iam.v1.projects.roles.list', () => ({ body: { roles: [], x: 'x'.repeat(1000), nextPageToken: String(page++) } }));
    const limits = { minPauseMs: 1, maxPauseMs: 2, maxListSize: 10_000 };
    const { inventory, requests } = await tryCollect(server, { projects: ['acme-data-eu'], limits });
    expect(whyOf(inventory.gaps, 'custom roles')[0]).toContain('longer than any list that is read');
    expect(requests.filter(({ url }) => url.pathname.endsWith('/roles'))).toHaveLength(10);
  });

  test('names that would lead elsewhere stay names', async () => {
    const names = ['..', '.', '../../v1/projects/x', 'a/b?c#d', '%2e%2e', 'CON:access', '\ud800', 'x'.repeat(2000)];
    const server: GoogleServerOptions = {
      instead: ({ api }) => {
        if (api === 'storage.v1.buckets.list') return { body: { items: names.map((name) => ({ kind: 'storage#bucket', name })) } };
        if (api === 'cloudresourcemanager.v3.projects.getIamPolicy') {
          return { body: { etag: 'x', bindings: names.map((name) => ({ role: `roles/${name}`, members: ['allUsers'] })) } };
        }
        return undefined;
      },
    };
    const { error, requests, inventory } = await tryCollect(server, { projects: ['acme-data-eu'] });
    expect(error).toBeUndefined();
    const buckets = requests.map(({ url }) => url).filter(({ pathname }) => pathname.startsWith('/storage/'));
    expect(buckets.map(({ pathname }) => pathname).sort()).toEqual(
      [
        '/storage/v1/b',
        `/storage/v1/b/${encodeURIComponent('%2e%2e')}/iam`,
        '/storage/v1/b/..%2F..%2Fv1%2Fprojects%2Fx/iam',
        '/storage/v1/b/CON%3Aaccess/iam',
        '/storage/v1/b/a%2Fb%3Fc%23d/iam',
      ].sort(),
    );
    const roles = requests.map(({ url }) => url.pathname).filter((one) => one.startsWith('/v1/roles/'));
    expect(roles.sort()).toEqual(['/v1/roles/browser', '/v1/roles/iam.workloadIdentityUser', '/v1/roles/resourcemanager.folderViewer']);
    expect(whyOf(inventory.gaps, 'allow policies of buckets')).toContain('it has a name that no URL can hold');
  });
});

describe('what ends a collection', () => {
  test('no credentials', async () => {
    const message = 'no Google Cloud credentials were found; sign in';
    const authenticate = async () => Promise.reject(new SourceError(message, { source: 'gcp', operation: 'authenticate' }));
    const { error, requests } = await tryCollect({}, { authenticate });
    expect(error).toBeInstanceOf(SourceError);
    expect((error as Error).message).toBe(message);
    expect(requests).toEqual([]);
  });

  test('credentials that Google does not accept', async () => {
    const { error, everything } = await tryCollect({}, { authenticate: async () => ({ authorization: 'Bearer CANARY-old' }) });
    expect(error).toBeInstanceOf(SourceError);
    expect((error as Error).message).toContain('gcloud auth application-default login');
    expect(everything).not.toContain('CANARY');
  });

  test('credentials that end midway are gaps', async () => {
    let asked = 0;
    const authenticate = async () => {
      asked += 1;
      if (asked > 10) throw new SourceError('the credentials gave no token; sign in again', { source: 'gcp', operation: 'authenticate' });
      return { authorization: `Bearer ${TOKEN}` };
    };
    const { error, inventory } = await tryCollect({}, { authenticate });
    expect(error).toBeUndefined();
    expect(inventory.gaps.map(({ why }) => why)).toContain('the credentials gave no token; sign in again');
    expect(inventory.gcp.projects.length).toBeGreaterThan(0);
  });

  test('a host that cannot be reached: one gap a project, and no further question', async () => {
    const closed = await startReplayServer(() => ({}));
    await closed.close();
    const { error, inventory } = await tryCollect({}, { base: closed.base, limits: { minPauseMs: 1, maxPauseMs: 1, maxRetries: 1 } });
    expect(error).toBeUndefined();
    const gaps = inventory.gaps.filter(({ source }) => source === 'gcp').map(({ what, why }) => `${what}: ${why}`);
    expect(gaps).toEqual([
      `the project itself: cannot reach ${new URL(closed.base).host} (ECONNREFUSED)`,
      `the project itself: cannot reach ${new URL(closed.base).host} (ECONNREFUSED)`,
    ]);
  });

  test.each<[string, Reply]>([
    ['while an answer is awaited', { silent: true }],
    ['while a pause lasts', { ...refusal(429, 'RESOURCE_EXHAUSTED'), headers: { 'retry-after': '3600' } }],
  ])('an abort %s', async (_name, reply) => {
    const stop = new AbortController();
    const server = only('iam.v1.projects.serviceAccounts.list', () => {
      setImmediate(() => stop.abort(new Error('enough')));
      return reply;
    });
    const { error } = await tryCollect(server, { signal: stop.signal, limits: { maxPauseMs: 3_600_000 } });
    expect(error).toEqual(new Error('enough'));
  });

  test('an abort before the beginning', async () => {
    const { error, requests } = await tryCollect({}, { signal: AbortSignal.abort(new Error('never')) });
    expect(error).toEqual(new Error('never'));
    expect(requests).toEqual([]);
  });

  test('the deadline: what came before it is kept', async () => {
    const deadline = new AbortController();
    const server = only('iam.v1.projects.locations.workloadIdentityPools.providers.list', () => {
      setImmediate(() => deadline.abort());
      return { silent: true };
    });
    const { error, inventory } = await tryCollect(server, { deadline: deadline.signal });
    expect(error).toBeUndefined();
    expect(inventory.gaps.map(({ why }) => why)).toContain('the deadline passed before everything was read; what came before it is kept');
    expect(inventory.gcp.projects).toHaveLength(2);
  });

  test('a deadline that passes before there are credentials', async () => {
    const deadline = new AbortController();
    const authenticate = async (_url: URL, signal: AbortSignal) => {
      deadline.abort();
      signal.throwIfAborted();
      return {};
    };
    const { error } = await tryCollect({}, { authenticate, deadline: deadline.signal });
    expect(error).toBeInstanceOf(SourceError);
    expect((error as Error).message).toContain('before there were credentials for Google Cloud');
  });
});

test('roles of an organisation and of another project are asked for where they are', async () => {
  const roles = ['organizations/456789012345/roles/auditor', 'projects/other-project/roles/helper', 'roles/viewer', 'no-role', 'roles/a/b'];
  const policy = { etag: 'x', bindings: roles.map((role) => ({ role, members: ['user:a@example.com'] })) };
  const server: GoogleServerOptions = {
    instead: ({ api, resource }) => {
      if (api === 'cloudresourcemanager.v3.projects.getIamPolicy') return { body: policy };
      if (api === 'iam.v1.organizations.roles.get') return refusal(403, 'PERMISSION_DENIED');
      return resource === 'helper' ? { body: { name: roles[1], title: 'Helper', includedPermissions: ['a.b.get'] } } : undefined;
    },
  };
  const { inventory, requests } = await tryCollect(server, { projects: ['acme-data-eu'] });
  const asked = requests.map(({ url }) => url.pathname).filter((one) => /\/roles\/(auditor|helper|viewer|a|b)$/.test(one));
  expect(asked.sort()).toEqual([
    '/v1/organizations/456789012345/roles/auditor',
    '/v1/projects/other-project/roles/helper',
    '/v1/roles/viewer',
  ]);
  expect(inventory.gcp.roles.find(({ name }) => name === roles[1])?.permissions).toEqual(['a.b.get']);
  expect(
    inventory.gaps.find(({ where }) => where === 'organisation `456789012345`: `organizations/456789012345/roles/auditor`')?.permission,
  ).toBe('iam.roles.get');
});

test('names that look like names of files stay what they are', async () => {
  const names = ['logs.page-2', 'export.json', 'plain', 'with%2Fpercent'];
  const server = only('storage.v1.buckets.list', { body: { items: names.map((name) => ({ kind: 'storage#bucket', name })) } });
  const policies: GoogleServerOptions = {
    instead: (asked) =>
      asked.api === 'storage.v1.buckets.getIamPolicy'
        ? { body: { kind: 'storage#policy', etag: 'x', bindings: [] } }
        : server.instead?.(asked),
  };
  const { inventory } = await tryCollect(policies, { projects: ['acme-data-eu'] });
  const buckets = inventory.gcp.policies.map(({ resource }) => resource).filter((one) => one.startsWith('projects/_/buckets/'));
  expect(buckets.sort()).toEqual(names.map((name) => `projects/_/buckets/${name}`).sort());
});

test('a project named by its number gives what its id gives', async () => {
  const server: GoogleServerOptions = {
    instead: ({ api, resource }) =>
      api === 'cloudresourcemanager.v3.projects.get' && resource === '210987654321'
        ? { body: { name: 'projects/210987654321', projectId: 'acme-data-eu', parent: 'folders/345678901234', state: 'ACTIVE' } }
        : undefined,
  };
  const byNumber = await tryCollect(server, { projects: ['210987654321'], builder: createInventoryBuilder() });
  const byId = await tryCollect({}, { projects: ['acme-data-eu'] });
  expect(byNumber.inventory).toEqual(byId.inventory);
});
