import { describe, expect, it } from 'vitest';
import { nodePoolIdentities } from './node-identities.ts';
import { bind, google, gsaMember, LINK, nodePool, set, short, subject } from './testing/google.ts';
import { gcpWarnings } from './warnings.ts';

const WI = 'roles/iam.workloadIdentityUser';

describe('gcpWarnings', () => {
  it.each([
    ['everybody', bind('roles/viewer', 'allUsers'), ['all-users projects/acme']],
    ['whoever has an account', bind('roles/viewer', 'allAuthenticatedUsers'), ['all-authenticated-users projects/acme']],
    ['somebody deleted', bind('roles/viewer', `deleted:${gsaMember('x')}?uid=1`), ['deleted-member projects/acme']],
    ['workload identity for all accounts', bind(WI, short('ci/bot')), ['project-level-workload-identity-user projects/acme']],
    ['tokens of all accounts', bind('roles/iam.serviceAccountTokenCreator', gsaMember('x')), ['project-level-token-creator projects/acme']],
    ['a role of its own', bind('roles/viewer', gsaMember('x'), short('ci/bot'), 'group:a@b.c'), []],
    ['ID tokens', bind('roles/iam.serviceAccountOpenIdTokenCreator', gsaMember('x')), []],
  ])('on a project: %s', (_name, binding, expected) => {
    expect(gcpWarnings(google().project(binding).inventory()).map(({ code, resource }) => `${code} ${resource}`)).toEqual(expected);
  });

  it.each([
    ['a pool', bind(WI, set('*')), ['open-to-pool']],
    ['a cluster', bind(WI, set(`kubernetes.cluster/${LINK}`)), ['open-to-cluster']],
    ['a namespace', bind(WI, set('namespace/a')), []],
    ['one', bind(WI, subject('a/b')), []],
    ['a pool, by a role without tokens', bind('roles/iam.serviceAccountUser', set('*')), []],
  ])('on an account: %s', (_name, binding, expected) => {
    expect(gcpWarnings(google().account('api', binding).inventory()).map(({ code }) => code)).toEqual(expected);
  });

  it('points at the member', () => {
    const [warning] = gcpWarnings(
      google()
        .project(bind('roles/viewer', 'user:a@b.c', 'allUsers'))
        .inventory(),
    );
    expect(warning?.evidence).toMatchObject([{ kind: 'GcpPolicy', name: 'projects/acme', pointer: '/bindings/0/members/1' }]);
  });

  it('tells of clusters that share a pool, and not of one alone', () => {
    const other = {
      name: 'second',
      selfLink: LINK.replace('/main', '/second'),
      workloadIdentityConfig: { workloadPool: 'acme.svc.id.goog' },
    };
    expect(gcpWarnings(google().gke().inventory())).toEqual([]);
    const both = google().gke().answer('container.v1.projects.locations.clusters.get/x', other);
    expect(gcpWarnings(both.inventory())).toMatchObject([
      { code: 'shared-pool', resource: 'acme.svc.id.goog', says: expect.stringContaining('main, second') },
    ]);
  });
});

describe('nodePoolIdentities', () => {
  const pools = [
    nodePool('own', 'GKE_METADATA', 'n@acme.iam.gserviceaccount.com'),
    nodePool('old', 'GCE_METADATA'),
    nodePool('silent', undefined),
  ];
  const rows = (world: ReturnType<typeof google>): unknown[] =>
    nodePoolIdentities(world.inventory()).map(({ nodePool: { name }, workloadIdentity, nodeAccount }) => [
      name,
      workloadIdentity,
      nodeAccount,
    ]);
  const DEFAULT = '1111-compute@developer.gserviceaccount.com';
  it('follows the mode of each pool', () => {
    expect(rows(google().gke(pools))).toEqual([
      ['own', true, 'n@acme.iam.gserviceaccount.com'],
      ['old', false, DEFAULT],
      ['silent', false, DEFAULT],
    ]);
  });
  it('serves nobody without a workload pool', () => {
    expect(rows(google().gke(pools, false)).map((row) => (row as unknown[])[1])).toEqual([false, false, false]);
  });
});
