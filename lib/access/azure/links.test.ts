import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import type { CloudLink } from '../cloud/link.ts';
import { azureLinkGaps, azureLinks } from './links.ts';
import {
  AUDIENCE,
  type AzureParts,
  aks,
  annotated,
  azureWorld,
  clientId,
  credential,
  flexible,
  ISSUER,
  identity,
  labelled,
  OTHER_ISSUER,
  webhookToken,
} from './testing/azure-account.ts';

const CLIENT = clientId('web');
const parts = (credentials: readonly ReturnType<typeof credential>[], more: AzureParts = {}): AzureParts => ({
  identities: [identity('web')],
  credentials: { web: credentials },
  ...more,
});
const fits = parts([credential('web', 'shop/api')]);
/** An annotated account and a pod of its with the label. */
const shop = (account = 'shop/api', more = {}) =>
  labelled(annotated(cluster(), account, CLIENT, more), `${account}-0`, account.split('/')[1] as string);
const said = (inventory: Inventory) => azureLinks(inventory).map(({ serviceAccount, state, code }) => `${serviceAccount} ${state} ${code}`);
const reasonOf = (inventory: Inventory) => azureLinks(inventory)[0]?.reason;

describe('annotated service accounts', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['a credential that fits', azureWorld(fits, shop()), ['shop/api wired exact']],
    [
      'a client id in another case',
      azureWorld(fits, labelled(annotated(cluster(), 'shop/api', CLIENT.toUpperCase()), 'shop/p', 'api')),
      ['shop/api wired exact'],
    ],
    [
      'one of several credentials',
      azureWorld(parts([credential('web', 'shop/other'), credential('web', 'shop/api')]), shop()),
      ['shop/api wired exact'],
    ],
    [
      'a flexible credential',
      azureWorld(parts([flexible('web', "claims['sub'] matches 'system:serviceaccount:shop:*'")]), shop()),
      ['shop/api wired flexible'],
    ],
    [
      'an expression that wants another',
      azureWorld(parts([flexible('web', "claims['sub'] matches 'system:serviceaccount:sho:*'")]), shop()),
      ['shop/api broken subject-mismatch'],
    ],
    [
      'an expression that is not understood',
      azureWorld(parts([flexible('web', 'claims.sub like x')]), shop()),
      ['shop/api conditional flexible'],
    ],
    [
      'an expression of another version',
      azureWorld(parts([flexible('web', "claims['sub'] matches '*'", 2)]), shop()),
      ['shop/api conditional flexible'],
    ],
    ['a client id that nobody has', azureWorld({ identities: [identity('other')] }, shop()), ['shop/api broken client-id-unknown']],
    [
      'a client id where applications were not read',
      azureWorld({ identities: [identity('other')], unread: ['applications'] }, shop()),
      ['shop/api conditional client-id-unread'],
    ],
    [
      'a client id where identities were not read',
      azureWorld({ unread: ['identities'] }, shop()),
      ['shop/api conditional client-id-unread'],
    ],
    [
      'credentials that were not read',
      azureWorld(parts([], { unread: ['credentials'] }), shop()),
      ['shop/api conditional credentials-unread'],
    ],
    ['no credential', azureWorld(parts([]), shop()), ['shop/api broken no-credential']],
    ['another subject', azureWorld(parts([credential('web', 'sho/api')]), shop()), ['shop/api broken subject-mismatch']],
    ['a subject in another case', azureWorld(parts([credential('web', 'Shop/api')]), shop()), ['shop/api broken subject-mismatch']],
    ['a wildcard in the subject', azureWorld(parts([credential('web', 'shop/*')]), shop()), ['shop/api broken subject-mismatch']],
    [
      'an issuer without its slash',
      azureWorld(parts([credential('web', 'shop/api', { issuer: ISSUER.slice(0, -1) })]), shop()),
      ['shop/api broken issuer-mismatch'],
    ],
    [
      'the issuer of another cluster',
      azureWorld(parts([credential('web', 'shop/api', { issuer: OTHER_ISSUER })]), shop()),
      ['shop/api broken issuer-mismatch'],
    ],
    [
      'another subject beside the issuer of another cluster',
      azureWorld(parts([credential('web', 'a/b'), credential('web', 'shop/api', { issuer: OTHER_ISSUER })]), shop()),
      ['shop/api broken issuer-mismatch'],
    ],
    [
      'nothing right at all',
      azureWorld(parts([credential('web', 'a/b', { issuer: OTHER_ISSUER, audiences: ['x'] })]), shop()),
      ['shop/api broken issuer-mismatch'],
    ],
    [
      'another audience',
      azureWorld(parts([credential('web', 'shop/api', { audiences: ['api://x'] })]), shop()),
      ['shop/api broken audience-mismatch', 'shop/api possible audience-mismatch'],
    ],
    ['no audience', azureWorld(parts([credential('web', 'shop/api', { audiences: [] })]), shop()), ['shop/api broken audience-mismatch']],
    [
      'another tenant',
      azureWorld(fits, shop('shop/api', { 'azure.workload.identity/tenant-id': 'else' })),
      ['shop/api broken tenant-mismatch', 'shop/api possible tenant-mismatch'],
    ],
    [
      'the tenant in another case',
      azureWorld(fits, shop('shop/api', { 'azure.workload.identity/tenant-id': 'AAAAAAAA-0000-4000-8000-00000000000A' })),
      ['shop/api wired exact'],
    ],
    [
      'an identity of another tenant than the cluster',
      azureWorld(parts([credential('web', 'shop/api')], { identities: [identity('web', { tenantId: 'else' })] }), shop()),
      ['shop/api broken tenant-mismatch', 'shop/api possible tenant-mismatch'],
    ],
    [
      'no label',
      azureWorld(fits, labelled(annotated(cluster(), 'shop/api', CLIENT), 'shop/p', 'api', {})),
      ['shop/api broken pod-label-missing', 'shop/api possible pod-label-missing'],
    ],
    [
      'a label that is not true',
      azureWorld(fits, labelled(annotated(cluster(), 'shop/api', CLIENT), 'shop/p', 'api', { 'azure.workload.identity/use': 'True' })),
      ['shop/api broken pod-label-missing', 'shop/api possible pod-label-missing'],
    ],
    ['one pod of two with the label', azureWorld(fits, labelled(shop(), 'shop/p', 'api', {})), ['shop/api wired exact']],
    ['no pod', azureWorld(fits, annotated(cluster(), 'shop/api', CLIENT)), ['shop/api possible no-pod']],
    [
      'a pod of the same name elsewhere',
      azureWorld(fits, labelled(annotated(cluster(), 'shop/api', CLIENT), 'dev/p', 'api')),
      ['shop/api possible no-pod'],
    ],
    [
      'a pod that has ended',
      azureWorld(fits, annotated(cluster(), 'shop/api', CLIENT).pod('shop/p', { serviceAccount: 'api', phase: 'Succeeded' })),
      ['shop/api possible no-pod'],
    ],
    [
      'a live pod with the token',
      azureWorld(fits, annotated(cluster(), 'shop/api', CLIENT).pod('shop/p', { serviceAccount: 'api', ...webhookToken() })),
      ['shop/api wired exact'],
    ],
    [
      'a live pod with a token for somebody else',
      azureWorld(fits, annotated(cluster(), 'shop/api', CLIENT).pod('shop/p', { serviceAccount: 'api', ...webhookToken('vault') })),
      ['shop/api broken pod-label-missing', 'shop/api possible pod-label-missing'],
    ],
    [
      'a live pod with the label and no token',
      azureWorld(
        fits,
        annotated(cluster(), 'shop/api', CLIENT).pod('shop/p', {
          serviceAccount: 'api',
          metadata: { labels: { 'azure.workload.identity/use': 'true' } },
        }),
      ),
      ['shop/api broken token-not-injected', 'shop/api possible token-not-injected'],
    ],
    [
      'the webhook off',
      azureWorld({ ...fits, clusters: [aks({ securityProfile: {} })] }, shop()),
      ['shop/api broken webhook-off', 'shop/api possible webhook-off'],
    ],
    [
      'the webhook off and a pod that has the token all the same',
      azureWorld(
        { ...fits, clusters: [aks({ securityProfile: {} })] },
        annotated(cluster(), 'shop/api', CLIENT).pod('shop/p', { serviceAccount: 'api', ...webhookToken() }),
      ),
      ['shop/api wired exact'],
    ],
    [
      'a cluster that is not AKS, whose webhooks were not read',
      azureWorld({ ...fits, clusters: [] }, shop().unread('mutatingwebhookconfigurations')),
      ['shop/api conditional exact'],
    ],
    [
      'a cluster that is not AKS and has no webhook',
      azureWorld({ ...fits, clusters: [] }, shop()),
      ['shop/api broken webhook-off', 'shop/api possible webhook-off'],
    ],
    ['an empty annotation', azureWorld(parts([]), annotated(cluster(), 'shop/api', '')), []],
  ])('%s', (_name, inventory, expected) => {
    expect(said(inventory)).toEqual(expected);
  });

  it.each<[string, Inventory, string]>([
    ['the slash', azureWorld(parts([credential('web', 'shop/api', { issuer: ISSUER.slice(0, -1) })]), shop()), 'lacks the trailing slash'],
    [
      'a slash too many',
      azureWorld({ ...parts([credential('web', 'shop/api', { issuer: 'https://own/' })]), issuer: 'https://own', clusters: [] }, shop()),
      'has a trailing slash',
    ],
    [
      'the other cluster',
      azureWorld(
        {
          ...parts([credential('web', 'shop/api', { issuer: OTHER_ISSUER })]),
          clusters: [aks(), { ...aks({ oidcIssuerProfile: { issuerURL: OTHER_ISSUER } }), id: '/x', name: 'staging' }],
        },
        shop(),
      ),
      'is cluster staging',
    ],
    ['the case', azureWorld(parts([credential('web', 'Shop/api')]), shop()), 'in case'],
    ['the wildcard', azureWorld(parts([credential('web', 'shop/*')]), shop()), 'no wildcard'],
    ['the audience', azureWorld(parts([credential('web', 'shop/api', { audiences: ['x'] })]), shop()), 'accepts audience `x`'],
  ])('the reason names %s', (_name, inventory, words) => {
    expect(reasonOf(inventory)).toContain(words);
  });
});

describe('service accounts that no annotation names', () => {
  const two = { identities: [identity('web'), identity('db')] };
  it.each<[string, Inventory, readonly string[]]>([
    ['an exact credential', azureWorld(fits, cluster().serviceAccount('shop/api')), ['shop/api possible exact']],
    [
      'a flexible credential, for all that fit',
      azureWorld(
        parts([flexible('web', "claims['sub'] matches '*:shop:*'")]),
        cluster().serviceAccount('shop/a').serviceAccount('shop/b').serviceAccount('dev/a'),
      ),
      ['shop/a possible flexible', 'shop/b possible flexible'],
    ],
    [
      'an unknown expression, for all',
      azureWorld(parts([flexible('web', 'x')]), cluster().serviceAccount('shop/a')),
      ['shop/a conditional flexible'],
    ],
    [
      'a second identity',
      azureWorld({ ...two, credentials: { web: [credential('web', 'shop/api')], db: [credential('db', 'shop/api')] } }, shop()),
      ['shop/api possible exact', 'shop/api wired exact'],
    ],
    [
      'another identity than the annotated one',
      azureWorld({ ...two, credentials: { db: [credential('db', 'shop/api')] } }, shop()),
      ['shop/api possible exact', 'shop/api broken no-credential'],
    ],
    [
      'an audience of its own',
      azureWorld(parts([credential('web', 'shop/api', { audiences: ['x'] })]), cluster().serviceAccount('shop/api')),
      ['shop/api possible exact'],
    ],
    [
      'the surer of two credentials',
      azureWorld(parts([flexible('web', 'x'), credential('web', 'shop/api')]), cluster().serviceAccount('shop/api')),
      ['shop/api possible exact'],
    ],
  ])('%s', (_name, inventory, expected) => {
    expect(said(inventory)).toEqual(expected);
  });

  it.each<[string, Inventory]>([
    ['another cluster', azureWorld(parts([credential('web', 'shop/api', { issuer: OTHER_ISSUER })]), cluster().serviceAccount('shop/api'))],
    ['another subject', azureWorld(parts([credential('web', 'shop/other')]), cluster().serviceAccount('shop/api'))],
    ['a wildcard', azureWorld(parts([credential('web', 'shop/*')]), cluster().serviceAccount('shop/api'))],
    ['a service account that is not there', azureWorld(fits, cluster().serviceAccount('shop/else'))],
    ['a subject with more parts', azureWorld(parts([credential('web', 'shop/api:x')]), cluster().serviceAccount('shop/api'))],
    ['no audience', azureWorld(parts([credential('web', 'shop/api', { audiences: [] })]), cluster().serviceAccount('shop/api'))],
    [
      'a workflow of GitHub',
      azureWorld(
        parts([
          credential('web', 'x/y', { issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:a/b:ref:refs/heads/main' }),
        ]),
        cluster().serviceAccount('shop/api'),
      ),
    ],
    ['hostile names', azureWorld(parts([credential('web', '__proto__/constructor')]), cluster().serviceAccount('shop/api'))],
  ])('stays silent: %s', (_name, inventory) => {
    expect(said(inventory)).toEqual([]);
  });
});

describe('a link', () => {
  const [link] = azureLinks(azureWorld(fits, shop())) as [CloudLink];

  it('says whose token is shown to whom', () => {
    expect(link).toMatchObject({
      serviceAccount: 'shop/api',
      provider: 'azure',
      identity: CLIENT,
      method: 'aks',
      audience: AUDIENCE,
      principal: { name: 'web' },
    });
    expect(link.evidence).toEqual([
      {
        kind: 'ServiceAccount',
        namespace: 'shop',
        name: 'api',
        pointer: '/metadata/annotations/azure.workload.identity~1client-id',
        says: `is annotated with client id \`${CLIENT}\``,
      },
      {
        kind: 'AzureFederatedCredential',
        name: credential('web', 'shop/api').id,
        pointer: '/properties/subject',
        says: 'names subject `system:serviceaccount:shop:api`',
      },
    ]);
  });

  it('is federation where the cluster is not AKS', () => {
    const issuer = 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC';
    const world = azureWorld(
      { ...parts([credential('web', 'shop/api', { issuer })]), issuer, clusters: [] },
      cluster().serviceAccount('shop/api'),
    );
    expect(azureLinks(world)).toMatchObject([{ method: 'federation', state: 'possible' }]);
  });

  it("uses the audience of the cluster's cloud", () => {
    const issuer = 'https://usgovvirginia.oic.prod-aks.azure.us/t/1/';
    const audiences = ['api://AzureADTokenExchangeUSGov'];
    const world = azureWorld(
      {
        ...parts([credential('web', 'shop/api', { issuer, audiences })]),
        issuer,
        clusters: [aks({ oidcIssuerProfile: { enabled: true, issuerURL: issuer } })],
      },
      shop(),
    );
    expect(azureLinks(world)).toMatchObject([{ state: 'wired', audience: audiences[0] }]);
  });
});

describe('without an issuer', () => {
  it('links hang on it, and a gap says so', () => {
    const known = azureWorld({ ...fits, clusters: [] }, shop().unread('mutatingwebhookconfigurations'));
    const world = { ...known, cluster: {} };
    expect([said(known), azureLinkGaps(known)]).toEqual([['shop/api conditional exact'], []]);
    expect([said(world), azureLinkGaps(world).map(({ what }) => what)]).toEqual([
      ['shop/api conditional issuer-unknown'],
      ["the cluster's OIDC issuer"],
    ]);
  });

  it('says nothing where nothing needs it', () => {
    expect(azureLinkGaps({ ...azureWorld({ clusters: [] }, cluster().serviceAccount('a/b')), cluster: {} })).toEqual([]);
  });
});
