import { describe, expect, it } from 'vitest';
import { gcpAssume } from './assume.ts';
import { bind, bindWhen, type GoogleFixture, google, gsa, gsaMember, short } from './testing/google.ts';

const answer = (world: GoogleFixture, from = gsa('a'), to = gsa('b')): string => {
  const found = gcpAssume(world.inventory(), { from, to });
  return 'error' in found ? found.error : `${found.allowed} ${found.code}`;
};
const RUN = ['compute.instances.create', 'compute.disks.create', 'compute.subnetworks.use'];
/** b with its own bindings, a beside it, and the project's bindings. */
const world = (own: Record<string, unknown>[], project: Record<string, unknown>[] = []): GoogleFixture =>
  google()
    .project(...project)
    .account('a')
    .account('b', ...own)
    .gcpRole('projects/acme/roles/jwt', 'iam.serviceAccounts.signJwt')
    .gcpRole('projects/acme/roles/blob', 'iam.serviceAccounts.signBlob')
    .gcpRole('projects/acme/roles/delegate', 'iam.serviceAccounts.implicitDelegation')
    .gcpRole('projects/acme/roles/run', ...RUN)
    .gcpRole('projects/acme/roles/half', 'compute.instances.create');
const custom = (name: string): string => `projects/acme/roles/${name}`;

describe('one service account becomes another', () => {
  it.each<[string, GoogleFixture, string]>([
    ['by its tokens', world([bind('roles/iam.serviceAccountTokenCreator', gsaMember('a'))]), 'true exact'],
    ['by a right on the project', world([], [bind('roles/iam.workloadIdentityUser', gsaMember('a'))]), 'true exact'],
    ['by signing JWTs', world([bind(custom('jwt'), gsaMember('a'))]), 'true sign-jwt'],
    ['by signing blobs', world([bind(custom('blob'), gsaMember('a'))]), 'true sign-blob'],
    [
      'by ID tokens alone it does not',
      world([bind('roles/iam.serviceAccountOpenIdTokenCreator', gsaMember('a'))]),
      'false open-id-token-only',
    ],
    ['by a key, which is more than asking', world([bind('roles/iam.serviceAccountKeyAdmin', gsaMember('a'))]), 'false create-key'],
    ['by its policy', world([bind('roles/iam.serviceAccountAdmin', gsaMember('a'))]), 'false set-iam-policy'],
    [
      'by something that runs as it',
      world([bind('roles/iam.serviceAccountUser', gsaMember('a'))], [bind(custom('run'), gsaMember('a'))]),
      'false act-as',
    ],
    ['attaching alone starts nothing', world([bind('roles/iam.serviceAccountUser', gsaMember('a'))]), 'false act-as-only'],
    [
      'half of what starts a machine starts none',
      world([bind('roles/iam.serviceAccountUser', gsaMember('a'))], [bind(custom('half'), gsaMember('a'))]),
      'false act-as-only',
    ],
    [
      'on a condition that fails',
      world([bindWhen('false', 'roles/iam.serviceAccountTokenCreator', gsaMember('a'))]),
      'false condition-false',
    ],
    [
      'on a condition that is open',
      world([bindWhen('destination.port == 1', 'roles/iam.serviceAccountTokenCreator', gsaMember('a'))]),
      'conditional condition-unknown',
    ],
    ['not where another is named', world([bind('roles/iam.serviceAccountTokenCreator', gsaMember('c'))]), 'false no-binding'],
    ['not by delegation to it', world([bind(custom('delegate'), gsaMember('a'))]), 'false role-without-getAccessToken'],
    [
      'not where it is denied',
      world([bind('roles/iam.serviceAccountTokenCreator', gsaMember('a'))]).deny({
        deniedPrincipals: ['principalSet://goog/public:all'],
        deniedPermissions: ['iam.googleapis.com/serviceAccounts.*'],
      }),
      'false denied',
    ],
  ])('%s', (_name, fixture, expected) => {
    expect(answer(fixture)).toBe(expected);
  });

  it('through delegates', () => {
    const chain = world([bind('roles/iam.serviceAccountTokenCreator', gsaMember('d2'))])
      .account('d1', bind(custom('delegate'), gsaMember('a')))
      .account('d2', bind(custom('delegate'), gsaMember('d1')));
    expect(answer(chain)).toBe('true delegation');
    expect(answer(chain, gsa('x'))).toBe('false no-binding');
  });

  it.each<[string, GoogleFixture, string, string, string]>([
    [
      'a Kubernetes service account',
      google()
        .gke()
        .project()
        .account('b', bind('roles/iam.workloadIdentityUser', short('shop/api')))
        .ksa('shop/api'),
      'shop/api',
      gsa('b'),
      'true exact',
    ],
    [
      'a disabled account becomes nobody',
      google()
        .project()
        .accountWith('a', { disabled: true })
        .account('b', bind('roles/iam.serviceAccountTokenCreator', gsaMember('a'))),
      gsa('a'),
      gsa('b'),
      'false from-disabled',
    ],
    [
      'nobody becomes a disabled account',
      google()
        .project()
        .account('a')
        .accountWith('b', { disabled: true }, bind('roles/iam.serviceAccountTokenCreator', gsaMember('a'))),
      gsa('a'),
      gsa('b'),
      'false gsa-disabled',
    ],
    ['nobody becomes who is not there', world([]), gsa('a'), gsa('nobody'), 'false gsa-missing'],
    ['what was not read is open', google().project().account('a').unreadAccount('b'), gsa('a'), gsa('b'), 'conditional policy-unread'],
    [
      'but for a way that is sure',
      google()
        .project(bind('roles/editor', gsaMember('a')))
        .account('a')
        .unreadAccount('b'),
      gsa('a'),
      gsa('b'),
      'false create-key',
    ],
  ])('%s', (_name, fixture, from, to, expected) => {
    expect(answer(fixture, from, to)).toBe(expected);
  });

  it('refuses what is no identity', () => {
    expect(answer(world([]), 'nobody')).toContain('names no Google identity');
    expect(answer(world([]), gsa('a'), 'shop/api')).toContain('is no email of a Google service account');
  });
});
