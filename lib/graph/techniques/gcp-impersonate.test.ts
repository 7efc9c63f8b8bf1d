import { describe, expect, it } from 'vitest';
import { bind, bindWhen, type GoogleFixture, google, gsa, gsaMember, short } from '../../access/gcp/testing/google.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const ID = 'gcp-impersonate';
const TOKENS = 'roles/iam.serviceAccountTokenCreator';
const ON_B = `GcpPolicy/projects/-/serviceAccounts/${gsa('b')}`;
const edges = (fixture: GoogleFixture): string[] =>
  edgesOf(fixture.inventory(), ID).map((line) => line.replaceAll('@acme.iam.gserviceaccount.com', ''));
const on = (role: string, ...members: string[]): GoogleFixture =>
  google()
    .gke()
    .project()
    .account('a')
    .account('b', bind(role, ...members));
const EVERY = 'gcp-grant:every service account of projects/acme';
const A_TO_B = ['gsa:a → gsa:b'];

describe('gcp-impersonate', () => {
  it.each<[string, GoogleFixture, string[]]>([
    ['mints tokens', on('roles/iam.serviceAccountTokenCreator', gsaMember('a')), A_TO_B],
    ['signs', on('projects/acme/roles/x', gsaMember('a')).gcpRole('projects/acme/roles/x', 'iam.serviceAccounts.signJwt'), A_TO_B],
    ['makes a key', on('roles/iam.serviceAccountKeyAdmin', gsaMember('a')), A_TO_B],
    ['writes the policy', on('roles/iam.serviceAccountAdmin', gsaMember('a')), A_TO_B],
    [
      'attaches it and starts a machine',
      google()
        .project(bind('roles/compute.instanceAdmin.v1', gsaMember('a')))
        .account('a')
        .account('b', bind('roles/iam.serviceAccountUser', gsaMember('a'))),
      A_TO_B,
    ],
    ['attaches it and starts nothing', on('roles/iam.serviceAccountUser', gsaMember('a')), []],
    [
      'starts a machine and attaches nothing',
      google()
        .project(bind('roles/compute.instanceAdmin.v1', gsaMember('a')))
        .account('a')
        .account('b'),
      [],
    ],
    ['gets ID tokens', on('roles/iam.serviceAccountOpenIdTokenCreator', gsaMember('a')), []],
    ['is itself', on('roles/iam.serviceAccountTokenCreator', gsaMember('b')), []],
    ['is a person', on('roles/iam.serviceAccountTokenCreator', 'user:a@b.c', 'group:x@y.z'), []],
    ['holds a role that nobody read', on('roles/odd.role', gsaMember('a')), []],
    ['holds a custom role that nobody read', on('projects/acme/roles/x', gsaMember('a')), ['gsa:a → gsa:b (conditional)']],
    [
      'on an open condition',
      google()
        .project()
        .account('a')
        .account('b', bindWhen('destination.port == 1', 'roles/iam.serviceAccountTokenCreator', gsaMember('a'))),
      ['gsa:a → gsa:b (conditional)'],
    ],
    [
      'on one that fails',
      google()
        .project()
        .account('a')
        .account('b', bindWhen('false', 'roles/iam.serviceAccountTokenCreator', gsaMember('a'))),
      [],
    ],
    [
      'of a disabled account',
      google()
        .project()
        .account('a')
        .accountWith('b', { disabled: true }, bind('roles/iam.serviceAccountTokenCreator', gsaMember('a'))),
      [],
    ],
    [
      'as a disabled account',
      google()
        .project()
        .accountWith('a', { disabled: true })
        .account('b', bind('roles/iam.serviceAccountTokenCreator', gsaMember('a'))),
      [],
    ],
    [
      'denied',
      on('roles/iam.serviceAccountKeyAdmin', gsaMember('a')).deny({
        deniedPrincipals: ['principalSet://goog/public:all'],
        deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.create'],
      }),
      [],
    ],
    [
      'a service account of the cluster makes a key',
      on('roles/iam.serviceAccountKeyAdmin', short('ci/bot')).ksa('ci/bot'),
      ['sa:ci/bot → gsa:b'],
    ],
    ['its tokens are told by the link', on('roles/iam.workloadIdentityUser', short('ci/bot')).ksa('ci/bot'), []],
    [
      'on the project it becomes every account that is enabled',
      google()
        .project(bind('roles/iam.serviceAccountTokenCreator', gsaMember('a')))
        .account('b')
        .account('c')
        .accountWith('off', { disabled: true }),
      [`${EVERY} → gsa:b`, `${EVERY} → gsa:c`, `gsa:a → ${EVERY}`],
    ],
    [
      'an administrator as well',
      google()
        .project(bind('roles/resourcemanager.projectIamAdmin', gsaMember('a')))
        .account('b'),
      [`gcp-admin:projects/acme → ${EVERY}`, `${EVERY} → gsa:b`],
    ],
  ])('%s', (_name, fixture, expected) => {
    expect(edges(fixture)).toEqual(expected);
  });

  it('shows both bindings of a way that takes two', () => {
    const world = google()
      .project(bind('roles/compute.instanceAdmin.v1', gsaMember('a')))
      .account('a')
      .account('b', bind('roles/iam.serviceAccountUser', gsaMember('a')));
    expect(evidenceOf(world.inventory(), ID)).toEqual([
      `GcpPolicy projects/-/serviceAccounts/${gsa('b')} /bindings/0/members/0`,
      'GcpPolicy projects/acme /bindings/0/members/0',
    ]);
    expect(changesOfEdges(world.inventory(), ID)).toEqual([
      `gsa:${gsa('a')} → gsa:${gsa('b')}: GcpPolicy/projects/-/serviceAccounts/${gsa('b')}/roles/iam.serviceAccountUser/${gsaMember('a')}`,
    ]);
  });

  it.each<[string, GoogleFixture, string[]]>([
    [
      'one binding',
      google()
        .account('a')
        .account('b', bind(TOKENS, gsaMember('a'))),
      [`${ON_B}/${TOKENS}/${gsaMember('a')}`],
    ],
    [
      'two ways, each enough by itself',
      google()
        .account('a')
        .account('b', bind(TOKENS, gsaMember('a')), bind('roles/iam.serviceAccountKeyAdmin', gsaMember('a'))),
      [`${ON_B}/${TOKENS}/${gsaMember('a')}`, `${ON_B}/roles/iam.serviceAccountKeyAdmin/${gsaMember('a')}`],
    ],
    [
      'by name and as everybody',
      google()
        .account('a')
        .account('b', bind(TOKENS, gsaMember('a'), 'allAuthenticatedUsers')),
      [`${ON_B}/${TOKENS}/${gsaMember('a')}`, `${ON_B}/${TOKENS}/allAuthenticatedUsers`],
    ],
  ])('is closed by all of its bindings together: %s', (_name, fixture, changes) => {
    const graph = buildGraph(fixture.inventory());
    const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === ID) as number;
    const closing = graph.closing(edge);
    expect('all' in closing ? closing.all : [closing]).toEqual(changes.map((change) => ({ change })));
    for (const change of changes) expect(graph.fix(edge, change).command).toContain(change.slice(change.lastIndexOf('/') + 1));
  });
});
