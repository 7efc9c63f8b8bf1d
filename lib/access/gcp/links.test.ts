import { describe, expect, it } from 'vitest';
import type { CloudLink } from '../cloud/link.ts';
import { gcpLinks } from './links.ts';
import { bind, bindWhen, type GoogleFixture, google, gsa, gsaMember, LINK, nodePool, set, short, subject } from './testing/google.ts';

const WI = 'roles/iam.workloadIdentityUser';
const lines = (world: GoogleFixture): string[] =>
  gcpLinks(world.inventory()).map(
    ({ serviceAccount, identity, state, code }) => `${serviceAccount} ${identity.replace(/@.*/, '')} ${state} ${code}`,
  );
const annotated = (...bindings: Record<string, unknown>[]): GoogleFixture =>
  google()
    .gke()
    .project()
    .account('api', ...bindings)
    .ksa('shop/api', gsa('api'));

describe('an annotated service account', () => {
  it.each<[string, Record<string, unknown>[], string]>([
    ['named in short', [bind(WI, short('shop/api'))], 'wired exact'],
    ['named in full', [bind(WI, subject('shop/api'))], 'wired exact'],
    ['by a role that holds more', [bind('roles/iam.serviceAccountTokenCreator', subject('shop/api'))], 'wired exact'],
    [
      'by its uid',
      [bind(WI, subject('shop/api').replace('subject/ns/shop/sa/api', 'kubernetes.serviceaccount.uid/uid-of-shop/api'))],
      'wired uid',
    ],
    ['by its namespace', [bind(WI, set('namespace/shop'))], 'wired namespace'],
    ['by its cluster', [bind(WI, set(`kubernetes.cluster/${LINK}`))], 'wired cluster'],
    ['by its pool', [bind(WI, set('*'))], 'wired pool'],
    ['with everybody', [bind(WI, 'allUsers')], 'wired everyone'],
    ['narrowest first', [bind(WI, set('*'), set('namespace/shop')), bind(WI, short('shop/api'))], 'wired exact'],
    [
      'on a condition that holds',
      [bindWhen('request.time < timestamp("2100-01-01T00:00:00Z")', WI, short('shop/api'))],
      'wired condition-true',
    ],
    [
      'on a condition that fails',
      [bindWhen('request.time < timestamp("2020-01-01T00:00:00Z")', WI, short('shop/api'))],
      'broken condition-false',
    ],
    [
      'on a condition that hangs on the request',
      [bindWhen('destination.port == 1', WI, short('shop/api'))],
      'conditional condition-unknown',
    ],
    ['on a condition that is none', [bindWhen('request.time <', WI, short('shop/api'))], 'conditional condition-unknown'],
    ['by a role that nobody read', [bind('roles/odd.role', short('shop/api'))], 'conditional role-unread'],
    ['by a role that gives no tokens', [bind('roles/iam.serviceAccountUser', short('shop/api'))], 'broken role-without-getAccessToken'],
    ['another namespace', [bind(WI, short('shops/api'))], 'broken member-mismatch'],
    ['another name', [bind(WI, short('shop/api2'))], 'broken member-mismatch'],
    ['a namespace with the same beginning', [bind(WI, set('namespace/sho'))], 'broken member-mismatch'],
    [
      "another object's uid",
      [bind(WI, subject('x/y').replace('subject/ns/x/sa/y', 'kubernetes.serviceaccount.uid/u-2'))],
      'broken member-mismatch',
    ],
    ['another pool', [bind(WI, short('shop/api', 'far.svc.id.goog'))], 'broken other-pool'],
    ['another number', [bind(WI, subject('shop/api').replace('projects/1111', 'projects/1112'))], 'broken other-pool'],
    ['another cluster', [bind(WI, set(`kubernetes.cluster/${LINK}-2`))], 'broken other-cluster'],
    ['a deleted member', [bind(WI, `deleted:${short('shop/api')}?uid=1`)], 'broken member-deleted'],
    ['Google identities only', [bind(WI, 'allAuthenticatedUsers')], 'broken no-binding'],
    ['nobody', [], 'broken no-binding'],
  ])('%s', (_name, bindings, expected) => {
    expect(lines(annotated(...bindings))).toEqual([`shop/api api ${expected}`]);
  });

  it.each<[string, Record<string, unknown>[], string[]]>([
    ['the member that lets it in', [bind(WI, short('shop/web')), bind(WI, short('shop/api'))], ['/bindings/1/members/0']],
    ['the member that comes nearest', [bind(WI, short('a/b', 'far.svc.id.goog'), short('shop/web'))], ['/bindings/0/members/1']],
    ['no member where nobody comes near', [bind(WI, 'user:ann@example.com')], []],
  ])('shows %s', (_name, bindings, expected) => {
    const [link] = gcpLinks(annotated(...bindings).inventory());
    expect(link?.evidence.filter(({ kind }) => kind === 'GcpPolicy').map(({ pointer }) => pointer)).toEqual(expected);
  });

  const gives = bind(WI, short('shop/api'));
  it.each<[string, GoogleFixture, string]>([
    ['inherits from the project', google().gke().project(gives).account('api').ksa('shop/api', gsa('api')), 'shop/api api wired exact'],
    [
      'of a disabled account',
      google().gke().project().accountWith('api', { disabled: true }, gives).ksa('shop/api', gsa('api')),
      'shop/api api broken gsa-disabled',
    ],
    ['of an account that is not there', google().gke().project().ksa('shop/api', gsa('api')), 'shop/api api broken gsa-missing'],
    [
      'of a project that was not read',
      google().gke().project().ksa('shop/api', gsa('api', 'far')),
      'shop/api api conditional policy-unread',
    ],
    [
      'of an account whose policy was not read',
      google().gke().project().unreadAccount('api').ksa('shop/api', gsa('api')),
      'shop/api api conditional policy-unread',
    ],
    ['without an email', google().gke().project().ksa('shop/api', 'api'), 'shop/api api broken annotation-malformed'],
    [
      'in a cluster without a pool',
      google().gke(undefined, false).project().account('api', gives).ksa('shop/api', gsa('api')),
      'shop/api api broken no-workload-identity',
    ],
    [
      'where all node pools serve the node',
      google()
        .gke([nodePool('old', 'GCE_METADATA')])
        .project()
        .account('api', gives)
        .ksa('shop/api', gsa('api')),
      'shop/api api broken node-pool-metadata',
    ],
    [
      'where some do',
      google()
        .gke([nodePool('old', undefined), nodePool('new', 'GKE_METADATA')])
        .project()
        .account('api', gives)
        .ksa('shop/api', gsa('api')),
      'shop/api api wired exact',
    ],
    [
      'in a cluster that was not read',
      google().project().account('api', gives).ksa('shop/api', gsa('api')),
      'shop/api api conditional cluster-unread',
    ],
    [
      'in a cluster that nobody named',
      google().at({}).project().account('api', gives).ksa('shop/api', gsa('api')),
      'shop/api api conditional cluster-unknown',
    ],
    [
      'in a cluster elsewhere',
      google().at({ issuer: 'https://oidc.example.com/x' }).project().account('api', gives).ksa('shop/api', gsa('api')),
      'shop/api api broken not-gke',
    ],
    [
      'denied',
      google()
        .gke()
        .project()
        .account('api', gives)
        .ksa('shop/api', gsa('api'))
        .deny({ deniedPrincipals: [set('*')], deniedPermissions: ['iam.googleapis.com/serviceAccounts.getAccessToken'] }),
      'shop/api api broken denied',
    ],
  ])('%s', (_name, world, expected) => {
    expect(lines(world)).toEqual([expected]);
  });

  it('has evidence that points into the objects', () => {
    const [link] = gcpLinks(annotated(bind(WI, gsaMember('other')), bind(WI, 'user:a@b.c', short('shop/api'))).inventory());
    expect(link).toMatchObject({ provider: 'gcp', method: 'gke', audience: 'acme.svc.id.goog', identity: gsa('api') });
    expect(link?.evidence.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
      'ServiceAccount /metadata/annotations/iam.gke.io~1gcp-service-account',
      'GcpServiceAccount /email',
      'GcpPolicy /bindings/1/members/1',
    ]);
  });

  it('says what an open link hangs on', () => {
    const [link] = gcpLinks(
      annotated(bindWhen('request.time < timestamp("2100-01-01T00:00:00Z")', WI, short('shop/api')))
        .timeless()
        .inventory(),
    );
    expect(link).toMatchObject({ state: 'conditional', dependsOn: ['request.time'] });
  });
});

describe('without an annotation', () => {
  it('whoever is let in may come', () => {
    const world = google()
      .gke()
      .project(bind(WI, short('ci/bot')))
      .account('api', bind(WI, short('shop/api'), set('namespace/pay')))
      .accountWith('off', { disabled: true }, bind(WI, set('*')))
      .account('all', bind(WI, set(`kubernetes.cluster/${LINK}`)))
      .account('quiet', bind(WI, 'user:a@b.c', 'allUsers', gsaMember('api')))
      .ksa('ci/bot')
      .ksa('pay/job')
      .ksa('shop/api', gsa('quiet'))
      .ksa('shop/web');
    expect(lines(world)).toEqual([
      'ci/bot all possible exact',
      'ci/bot api possible exact',
      'ci/bot quiet possible exact',
      'pay/job all possible cluster',
      'pay/job api possible namespace',
      'shop/api all possible cluster',
      'shop/api api possible exact',
      'shop/api quiet wired everyone',
      'shop/web all possible cluster',
    ]);
  });

  it.each([
    [
      'no project of this name exists',
      google()
        .gke()
        .project()
        .account('api', bind(WI, short('shop/api', 'far.svc.id.goog'))),
    ],
    [
      'the condition fails',
      google()
        .gke()
        .project()
        .account('api', bindWhen('false', WI, short('shop/api'))),
    ],
    [
      'nobody says which cluster it is',
      google()
        .gke()
        .at({})
        .project()
        .account('api', bind(WI, short('shop/api'))),
    ],
    [
      'names are not of the prototype',
      google()
        .gke()
        .project()
        .account('api', bind(WI, short('constructor/__proto__'))),
    ],
  ])('stays silent where %s', (_name, world) => {
    expect(lines(world.ksa('shop/api'))).toEqual([]);
  });
});

describe('a cluster elsewhere', () => {
  const ISSUER = 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC';
  const PROVIDER = 'projects/1111/locations/global/workloadIdentityPools/eks/providers/main';
  const PRINCIPALS = 'iam.googleapis.com/projects/1111/locations/global/workloadIdentityPools/eks';
  const provider = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    name: PROVIDER,
    state: 'ACTIVE',
    oidc: { issuerUri: ISSUER },
    attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.ns': "assertion['kubernetes.io'].namespace" },
    ...more,
  });
  const world = (member: string, more?: Record<string, unknown>): GoogleFixture =>
    google()
      .at({ issuer: ISSUER })
      .project()
      .account('api', bind(WI, member))
      .answer('iam.v1.projects.locations.workloadIdentityPools.providers.list/acme', { workloadIdentityPoolProviders: [provider(more)] })
      .ksa('shop/api')
      .ksa('pay/job');
  const SUBJECT = `principal://${PRINCIPALS}/subject/system:serviceaccount:shop:api`;

  it.each<[string, GoogleFixture, string[]]>([
    ['by its subject', world(SUBJECT), ['shop/api api possible exact']],
    ['by an attribute', world(`principalSet://${PRINCIPALS}/attribute.ns/pay`), ['pay/job api possible attribute']],
    ['by the pool', world(`principalSet://${PRINCIPALS}/*`), ['pay/job api possible pool', 'shop/api api possible pool']],
    [
      'under a condition of the provider',
      world(`principalSet://${PRINCIPALS}/*`, { attributeCondition: "attribute.ns == 'shop'" }),
      ['shop/api api possible pool'],
    ],
    [
      'under one that is open',
      world(SUBJECT, { attributeCondition: "assertion.jti == 'x'" }),
      ['shop/api api conditional condition-unknown'],
    ],
    ['not by a disabled provider', world(SUBJECT, { disabled: true }), []],
    ['not by another issuer', world(SUBJECT, { oidc: { issuerUri: `${ISSUER}/` } }), []],
    ['not by another subject', world(`${SUBJECT}2`), []],
    ['not by an attribute that is not mapped', world(`principalSet://${PRINCIPALS}/attribute.team/pay`), []],
    ['not by another pool of the same name', world(SUBJECT.replace('1111', '2222')), []],
    ['not without a subject', world(`principalSet://${PRINCIPALS}/*`, { attributeMapping: {} }), []],
  ])('%s', (_name, fixture, expected) => {
    expect(lines(fixture)).toEqual(expected);
  });

  const token = (audience: string): Record<string, unknown> => ({
    serviceAccount: 'api',
    volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { audience, path: 'token' } }] } }],
    mounts: [{ name: 't', mountPath: '/t' }],
  });
  it.each<[string, string, Record<string, unknown>, CloudLink['state'], string]>([
    ['the default audience', `https://iam.googleapis.com/${PROVIDER}`, {}, 'wired', `https://iam.googleapis.com/${PROVIDER}`],
    ['one of those allowed', 'b', { oidc: { issuerUri: ISSUER, allowedAudiences: ['a', 'b'] } }, 'wired', 'b'],
    ['another audience', 'c', { oidc: { issuerUri: ISSUER, allowedAudiences: ['a', 'b'] } }, 'possible', 'a'],
  ])('where a pod projects a token for %s', (_name, audience, more, state, expected) => {
    const [link] = gcpLinks(world(SUBJECT, more).pod('shop/one', token(audience)).inventory());
    expect([link?.state, link?.audience, link?.method]).toEqual([state, expected, 'federation']);
  });
});

it('says nothing where Google says nothing', () => {
  expect(gcpLinks(google().ksa('shop/api').inventory())).toEqual([]);
});
