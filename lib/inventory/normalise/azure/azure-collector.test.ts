import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AzureInventory } from '../../azure.ts';
import type { Gap } from '../../gap.ts';
import { createAzureCollector } from './azure-collector.ts';

const S = '12345678-1111-4222-8333-444444444444';
const T = '22345678-1111-4222-8333-444444444444';
const GROUP = `/subscriptions/${S}/resourcegroups/rg`;
const ID = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web`;
const IDENTITY = {
  id: ID,
  name: 'web',
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  properties: { tenantId: 'tenant', principalId: 'principal', clientId: 'client' },
};
const FLAT_IDENTITY = {
  id: ID,
  name: 'web',
  type: IDENTITY.type,
  clientId: 'client',
  principalId: 'principal',
  tenantId: 'tenant',
  location: 'westeurope',
};
const CREDENTIAL = {
  id: `${ID}/federatedIdentityCredentials/app`,
  name: 'app',
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  properties: { issuer: 'https://issuer/', subject: 'system:serviceaccount:a:b', audiences: ['aud'] },
};
const ASSIGNMENT = {
  id: `/subscriptions/${S}/providers/Microsoft.Authorization/roleAssignments/r1`,
  type: 'Microsoft.Authorization/roleAssignments',
  properties: {
    roleDefinitionId: `/subscriptions/${S}/providers/Microsoft.Authorization/roleDefinitions/d1`,
    principalId: 'principal',
    principalType: 'ServicePrincipal',
    scope: `/subscriptions/${S}`,
    condition: null,
  },
};
const ABOVE = {
  ...ASSIGNMENT,
  id: '/providers/Microsoft.Management/managementGroups/top/providers/Microsoft.Authorization/roleAssignments/r2',
  properties: { ...ASSIGNMENT.properties, scope: '/providers/Microsoft.Management/managementGroups/top' },
};
const DEFINITION = {
  id: `/subscriptions/${S}/providers/Microsoft.Authorization/roleDefinitions/d1`,
  name: 'd1',
  type: 'Microsoft.Authorization/roleDefinitions',
  properties: { roleName: 'Some role', type: 'CustomRole', permissions: [{ actions: ['*/read'], notActions: [] }] },
};
const IDENTITIES = 'managedidentity.2023-01-31.userAssignedIdentities.listBySubscription';
const CREDENTIALS = 'managedidentity.2023-01-31.federatedIdentityCredentials.list';
const ASSIGNMENTS = 'authorization.2022-04-01.roleAssignments.listForSubscription';
const APP = { id: 'object', appId: 'app', displayName: 'ci', signInAudience: 'AzureADMyOrg' };
const GRAPH_CREDENTIAL = {
  id: 'fic',
  name: 'ci',
  issuer: 'https://issuer/',
  subject: 'system:serviceaccount:a:ci',
  audiences: ['aud'],
  description: '',
};

type Told = readonly (readonly [path: string, answer: unknown])[];

function collect(told: Told): {
  readonly part: AzureInventory;
  readonly gaps: readonly Omit<Gap, 'id'>[];
  readonly known: readonly boolean[];
} {
  const collector = createAzureCollector();
  const known = told.map(([path, answer]) => collector.add(answer, { file: path, path }));
  return { ...collector.finish(), known };
}

describe('what an answer is', () => {
  it.each<[string, string, unknown]>([
    ['a page of identities', `${IDENTITIES}.json`, { value: [IDENTITY] }],
    ['a page under any name', 'identities.json', { value: [IDENTITY] }],
    ['an element of what az prints', 'x.json', FLAT_IDENTITY],
    ['a bare list', 'x.json', [FLAT_IDENTITY]],
    ['an empty page whose path says it', `${CREDENTIALS}/web.json`, { value: [] }],
    [
      'an empty page whose context says it',
      'x.json',
      { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications', value: [] },
    ],
    ['a record without a type, by its id', 'x.json', { ...DEFINITION, type: undefined }],
    ['an operation that is not needed', 'authorization.2022-04-01.locks.list.json', { value: [] }],
    ['an error whose path says it', `${ASSIGNMENTS}.json`, { error: { code: 'Whatever', message: '' } }],
    ['an error of Resource Manager', 'x.json', { error: { code: 'AuthorizationFailed', message: '' } }],
    ['an error of Graph', 'x.json', { error: { code: 'Authorization_RequestDenied', message: '' } }],
    ['a malformed record of its own', 'x.json', { ...DEFINITION, properties: {} }],
  ])('takes %s', (_name, path, answer) => {
    expect(collect([[path, answer]]).known).toEqual([true]);
  });

  it.each<[string, string, unknown]>([
    ['nothing', 'x.json', null],
    ['a text', 'x.json', 'value'],
    ['a Kubernetes object', 'x.json', { apiVersion: 'v1', kind: 'Pod', value: [IDENTITY] }],
    ['an answer of Amazon', '111122223333/eks-list-clusters.json', { clusters: ['a'] }],
    ['an error of Google', 'x.json', { error: { code: 403, message: 'm', status: 'PERMISSION_DENIED' } }],
    ['an error of somebody', 'x.json', { error: { code: 'nope', message: '' } }],
    ['a page of somebody', 'x.json', { value: [{ id: 1 }] }],
    ['an empty page of somebody', 'x.json', { value: [] }],
    ['an empty list', 'x.json', []],
    ['an OIDC issuer document', 'openid-configuration.json', { issuer: 'https://i', jwks_uri: 'https://i/keys' }],
    ['a name that only begins like a method', 'authorization.json', { value: [] }],
  ])('leaves alone %s', (_name, path, answer) => {
    const { known, part, gaps } = collect([[path, answer]]);
    expect([known, gaps, part.identities]).toEqual([[false], [], []]);
  });
});

describe('records', () => {
  it('says the same of REST and az', () => {
    const rest = collect([
      [`${IDENTITIES}.json`, { value: [IDENTITY] }],
      ['c.json', { value: [CREDENTIAL] }],
      ['a.json', { value: [ASSIGNMENT] }],
      ['d.json', { value: [DEFINITION] }],
    ]).part;
    const { properties, ...own } = CREDENTIAL;
    const az = collect([
      ['az-identity-list.json', FLAT_IDENTITY],
      ['c.json', { ...own, ...properties, resourceGroup: 'rg' }],
      ['a.json', { ...ASSIGNMENT, ...ASSIGNMENT.properties, principalName: 'web', roleDefinitionName: 'Some role', properties: undefined }],
      [
        'd.json',
        {
          ...DEFINITION,
          roleName: 'Some role',
          roleType: 'CustomRole',
          permissions: DEFINITION.properties.permissions,
          properties: undefined,
        },
      ],
    ]).part;
    expect(rest.identities).toEqual([
      { kind: 'managed-identity', name: 'web', clientId: 'client', principalId: 'principal', tenantId: 'tenant', resourceId: ID },
    ]);
    expect([az.identities, az.federatedCredentials, az.roleAssignments, az.roleDefinitions]).toEqual([
      rest.identities,
      rest.federatedCredentials,
      rest.roleAssignments,
      rest.roleDefinitions,
    ]);
    expect(rest.federatedCredentials).toEqual([
      { id: CREDENTIAL.id, identity: ID, name: 'app', issuer: 'https://issuer/', subject: 'system:serviceaccount:a:b', audiences: ['aud'] },
    ]);
    expect(rest.roleDefinitions[0]).toMatchObject({
      roleName: 'Some role',
      custom: true,
      permissions: [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }],
    });
  });

  it('reads a cluster with Entra integration as REST and az print it', () => {
    const base = {
      id: `${GROUP}/providers/Microsoft.ContainerService/managedClusters/c`,
      name: 'c',
      type: 'Microsoft.ContainerService/ManagedClusters',
    };
    const rest = {
      ...base,
      properties: {
        disableLocalAccounts: true,
        aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: ['g'] },
        oidcIssuerProfile: { enabled: true, issuerURL: 'https://i/' },
        apiServerAccessProfile: { enablePrivateCluster: true },
        privateFQDN: 'p',
      },
    };
    const az = {
      ...base,
      disableLocalAccounts: true,
      aadProfile: { managed: true, enableAzureRbac: true, adminGroupObjectIDs: ['g'] },
      oidcIssuerProfile: { enabled: true, issuerUrl: 'https://i/' },
      apiServerAccessProfile: { enablePrivateCluster: true },
      privateFqdn: 'p',
      identityProfile: null,
    };
    const expected = {
      id: base.id,
      name: 'c',
      issuer: 'https://i/',
      oidcEnabled: true,
      workloadIdentityEnabled: false,
      fqdn: 'p',
      privateCluster: true,
      aad: { azureRbac: true, adminGroups: ['g'] },
      localAccountsDisabled: true,
    };
    expect(collect([['x.json', rest]]).part.clusters).toEqual([expected]);
    expect(collect([['x.json', az]]).part.clusters).toEqual([expected]);
  });

  it('gives an application its principal, and its credentials by the path, by the context, or not at all', () => {
    const apps: Told = [
      ['graph.v1.0.applications.json', { value: [APP] }],
      ['graph.v1.0.servicePrincipals.json', { value: [{ id: 'sp', appId: 'APP', servicePrincipalType: 'Application' }] }],
    ];
    const context = "https://graph.microsoft.com/v1.0/$metadata#applications('object')/federatedIdentityCredentials";
    const byPath = collect([...apps, ['graph.v1.0.applications.federatedIdentityCredentials/object.json', { value: [GRAPH_CREDENTIAL] }]]);
    const byContext = collect([...apps, ['x.json', { '@odata.context': context, value: [GRAPH_CREDENTIAL] }]]);
    const byClient = collect([...apps, ['az-ad-app-federated-credential-list/app.json', GRAPH_CREDENTIAL]]);
    const lost = collect([...apps, ['x.json', GRAPH_CREDENTIAL]]);
    expect(byPath.part.identities).toEqual([{ kind: 'application', name: 'ci', clientId: 'app', principalId: 'sp', resourceId: 'object' }]);
    for (const { part, gaps } of [byPath, byContext, byClient]) {
      expect(part.federatedCredentials.map(({ identity, name }) => [identity, name])).toEqual([['object', 'ci']]);
      expect([part.credentialsRead, gaps]).toEqual([['object'], []]);
    }
    expect([lost.part.federatedCredentials, lost.gaps.map(({ what }) => what)]).toEqual([
      [],
      ['federated credentials of an Entra application', 'federated credentials of Entra applications'],
    ]);
  });

  it('keeps one of two that differ in the case of their ids, whichever comes first', () => {
    const upper = { ...IDENTITY, id: ID.replace('resourcegroups', 'resourceGroups') };
    const one = collect([
      ['a.json', { value: [IDENTITY] }],
      ['b.json', { value: [upper] }],
    ]).part;
    const other = collect([
      ['a.json', { value: [upper] }],
      ['b.json', { value: [IDENTITY] }],
    ]).part;
    expect(one.identities.length).toBe(1);
    expect(other).toEqual(one);
  });

  it('keeps no secret of a cluster', () => {
    const cluster = {
      id: `${GROUP}/providers/Microsoft.ContainerService/managedClusters/c`,
      name: 'c',
      properties: { servicePrincipalProfile: { clientId: 'x', secret: 'CANARY' }, windowsProfile: { adminPassword: 'CANARY' } },
    };
    expect(JSON.stringify(collect([['x.json', cluster]]))).not.toContain('CANARY');
  });
});

describe('which lists are whole', () => {
  it.each<[string, Told, readonly string[], readonly string[]]>([
    ['one page', [[`${IDENTITIES}.json`, { value: [IDENTITY] }]], [S], []],
    ['an empty page of a named subscription', [[`${T}/${IDENTITIES}.json`, { value: [] }]], [T], []],
    [
      'a last page',
      [
        [`${IDENTITIES}.page-1.json`, { value: [IDENTITY], nextLink: 'https://x' }],
        [`${IDENTITIES}.page-2.json`, { value: [] }],
      ],
      [S],
      [],
    ],
    ['no last page', [[`${IDENTITIES}.json`, { value: [IDENTITY], nextLink: 'https://x' }]], [], ['user-assigned identities']],
    [
      'a list of a resource group',
      [['managedidentity.2023-01-31.userAssignedIdentities.listByResourceGroup.json', { value: [IDENTITY] }]],
      [],
      [],
    ],
    ['one record of somewhere', [['x.json', FLAT_IDENTITY]], [], []],
    ['an element of az under its name', [['az-identity-list.json', FLAT_IDENTITY]], [S], []],
  ])('%s', (_name, told, subscriptions, gaps) => {
    const found = collect(told);
    expect([found.part.subscriptions, found.gaps.filter(({ why }) => why.includes('cut off')).map(({ what }) => what)]).toEqual([
      subscriptions,
      gaps,
    ]);
  });

  it.each<[string, Told, readonly string[]]>([
    ['by the name in the path', [[`${CREDENTIALS}/web.json`, { value: [] }]], [ID]],
    ['by group and name', [[`${CREDENTIALS}/RG/web.json`, { value: [] }]], [ID]],
    ['by the credentials', [[`x/page.json`, { value: [CREDENTIAL] }]], [ID]],
    ['not by another name', [[`${CREDENTIALS}/other.json`, { value: [] }]], []],
    ['not by a page that has more', [[`${CREDENTIALS}/web.json`, { value: [CREDENTIAL], nextLink: 'https://x' }]], []],
  ])('credentials were read %s', (_name, told, read) => {
    expect(collect([[`${IDENTITIES}.json`, { value: [IDENTITY] }], ...told]).part.credentialsRead).toEqual(read);
  });

  it('does not take a name that two identities have for either', () => {
    const twin = { ...IDENTITY, id: ID.replace('/rg/', '/other/') };
    expect(
      collect([
        [`${IDENTITIES}.json`, { value: [IDENTITY, twin] }],
        [`${CREDENTIALS}/web.json`, { value: [] }],
      ]).part.credentialsRead,
    ).toEqual([]);
  });

  it('remembers for which subscriptions an assignment above them was listed', () => {
    const two = collect([
      [`${S}/${ASSIGNMENTS}.json`, { value: [ASSIGNMENT, ABOVE] }],
      [`${T}/${ASSIGNMENTS}.json`, { value: [ABOVE] }],
    ]).part;
    const one = collect([
      ['x.json', { value: [ASSIGNMENT] }],
      ['y.json', { value: [ABOVE] }],
    ]).part;
    const unclear = collect([
      [`${S}/${ASSIGNMENTS}.json`, { value: [ASSIGNMENT] }],
      [`${T}/${ASSIGNMENTS}.json`, { value: [] }],
      ['y.json', { value: [ABOVE] }],
    ]).part;
    const listed = (part: AzureInventory) => part.roleAssignments.find(({ id }) => id === ABOVE.id)?.listedFor;
    expect([listed(two), listed(one), listed(unclear)]).toEqual([[S, T], [S], []]);
    expect(two.subscriptionsWithAssignments).toEqual([S, T]);
  });
});

describe('gaps', () => {
  it.each<[string, string, unknown, Partial<Gap>]>([
    [
      'the list that the path names',
      `${S}/${ASSIGNMENTS}.json`,
      { error: { code: 'AuthorizationFailed', message: 'no' } },
      { permission: 'Microsoft.Authorization/roleAssignments/read', where: S, what: 'Azure role assignments' },
    ],
    [
      'the action that the message names',
      'x.json',
      {
        error: {
          code: 'AuthorizationFailed',
          message:
            "The client 'x' does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/read' over scope '/s'.",
        },
      },
      { permission: 'Microsoft.ContainerService/managedClusters/read' },
    ],
    [
      'a right of Graph',
      'graph.v1.0.applications.json',
      { error: { code: 'Authorization_RequestDenied', message: '' } },
      { permission: 'Application.Read.All' },
    ],
  ])('a refusal names %s', (_name, path, answer, gap) => {
    expect(collect([[path, answer]]).gaps).toMatchObject([{ source: 'azure', ...gap }]);
  });

  it('an error that is no refusal names no right, and never the message', () => {
    const [gap] = collect([[`${ASSIGNMENTS}.json`, { error: { code: 'TooManyRequests', message: 'CANARY' } }]]).gaps;
    expect([gap?.permission, JSON.stringify(gap).includes('CANARY')]).toEqual([undefined, false]);
  });

  it('a malformed record says where, and the others are kept', () => {
    const { gaps, part } = collect([['x.json', { value: [{ ...IDENTITY, properties: { clientId: 7 } }, IDENTITY] }]]);
    expect(gaps[0]).toMatchObject({ pointer: '/value/0/properties/clientId', file: 'x.json', what: 'one of the user-assigned identities' });
    expect(part.identities.length).toBe(1);
  });

  it('says what the rest needs and is not there, once for all of a kind', () => {
    const identities = Array.from({ length: 9 }, (_, number) => ({ ...IDENTITY, id: `${ID}${number}`, name: `web${number}` }));
    const group = {
      ...ASSIGNMENT,
      id: `${ASSIGNMENT.id}g`,
      properties: { ...ASSIGNMENT.properties, principalType: 'Group', principalId: 'team' },
    };
    const { gaps } = collect([
      [`${IDENTITIES}.json`, { value: identities }],
      [`${ASSIGNMENTS}.json`, { value: [group] }],
    ]);
    expect(gaps.map(({ what, permission }) => `${what}: ${permission}`)).toEqual([
      'federated credentials of identities: Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
      'Azure role definitions that assignments name: Microsoft.Authorization/roleDefinitions/read',
      'members of Entra groups that have roles: GroupMember.Read.All',
      'Azure deny assignments of subscriptions: Microsoft.Authorization/denyAssignments/read',
    ]);
    expect(gaps[0]?.why).toContain('and 4 more');
  });
});

const CORPUS = resolve(process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../../shared/corpus'), 'prod-eu-aks/azure');

describe.skipIf(!existsSync(CORPUS))('the corpus', () => {
  const files = existsSync(CORPUS)
    ? readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
    : [];
  const told = files.map((file): [string, unknown] => [file, JSON.parse(readFileSync(join(CORPUS, file), 'utf8'))]);

  it('is read whole, in any order', () => {
    const { part, gaps, known } = collect(told);
    expect(known.every(Boolean)).toBe(true);
    expect(gaps).toEqual([]);
    const { identities, credentialsRead, federatedCredentials, roleDefinitions, roleAssignments, denyAssignments, clusters } = part;
    const counts = [identities, credentialsRead, federatedCredentials, roleDefinitions, roleAssignments, denyAssignments, clusters].map(
      ({ length }) => length,
    );
    expect(counts).toEqual([17, 17, 16, 10, 11, 1, 2]);
    expect(collect([...told].reverse()).part).toEqual(part);
  });
});
