import { createInventoryBuilder } from '../../../inventory/builder.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import { type ClusterFixture, cluster } from '../../../inventory/testing/cluster.ts';

type Json = Record<string, unknown>;

/** A made-up subscription and the AKS cluster that runs in it, as the REST APIs print them. */
export const SUBSCRIPTION = '12345678-1111-4222-8333-444444444444';
export const TENANT = 'aaaaaaaa-0000-4000-8000-00000000000a';
export const ISSUER =
  'https://westeurope.oic.prod-aks.azure.com/aaaaaaaa-0000-4000-8000-00000000000a/5f1c9a30-0000-4000-8000-000000000001/';
export const OTHER_ISSUER =
  'https://westeurope.oic.prod-aks.azure.com/aaaaaaaa-0000-4000-8000-00000000000a/5f1c9a30-0000-4000-8000-000000000002/';
export const AUDIENCE = 'api://AzureADTokenExchange';
export const SUB_SCOPE = `/subscriptions/${SUBSCRIPTION}`;
export const GROUP = `${SUB_SCOPE}/resourceGroups/rg-test`;
export const CLUSTER_ID = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/test`;
export const NODE_GROUP = `${SUB_SCOPE}/resourceGroups/MC_rg-test_test_westeurope`;

/** Ids made of a name: every name has its own. */
const guid = (prefix: string, name: string): string => {
  let [one, other] = [7, 11];
  for (const letter of name) {
    one = (one * 31 + letter.charCodeAt(0)) % 0xfffffb;
    other = (other * 37 + letter.charCodeAt(0)) % 0xfffffd;
  }
  return `${prefix}-0000-4000-8000-${one.toString(16).padStart(6, '0')}${other.toString(16).padStart(6, '0')}`;
};
export const clientId = (name: string): string => guid('c11e0000', name);
export const principalId = (name: string): string => guid('9a000000', name);
export const roleId = (name: string): string => guid('0de00000', name);
export const identityId = (name: string, group = GROUP): string =>
  `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;

export const identity = (name: string, properties: Json = {}, group = GROUP): Json => ({
  id: identityId(name, group),
  name,
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  properties: { tenantId: TENANT, principalId: principalId(name), clientId: clientId(name), ...properties },
});

/** A credential of a service account, `namespace/name`, for tokens of the cluster; `more` replaces properties. */
export const credential = (owner: string, account: string, more: Json = {}): Json => ({
  id: `${identityId(owner)}/federatedIdentityCredentials/${account.replace('/', '-')}`,
  name: account.replace('/', '-'),
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  properties: { issuer: ISSUER, subject: `system:serviceaccount:${account.replace('/', ':')}`, audiences: [AUDIENCE], ...more },
});

/** A flexible credential. */
export const flexible = (owner: string, value: string, languageVersion = 1): Json => ({
  ...credential(owner, 'any/any'),
  properties: { issuer: ISSUER, audiences: [AUDIENCE], claimsMatchingExpression: { value, languageVersion } },
});

export const definition = (name: string, permissions: Json): Json => ({
  id: `${SUB_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${roleId(name)}`,
  name: roleId(name),
  type: 'Microsoft.Authorization/roleDefinitions',
  properties: {
    roleName: name,
    type: 'CustomRole',
    permissions: [{ actions: [], notActions: [], dataActions: [], notDataActions: [], ...permissions }],
  },
});

/** A role of an identity at a scope, by their names; `more` replaces properties. */
export const assignment = (role: string, who: string, scope: string, more: Json = {}): Json => ({
  id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${guid('a5510000', `${role}${who}${scope}`)}`,
  type: 'Microsoft.Authorization/roleAssignments',
  properties: {
    roleDefinitionId: `${SUB_SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${roleId(role)}`,
    principalId: principalId(who),
    principalType: 'ServicePrincipal',
    scope,
    condition: null,
    ...more,
  },
});

export const EVERYBODY = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };

export const deny = (name: string, scope: string, more: Json = {}): Json => ({
  id: `${scope}/providers/Microsoft.Authorization/denyAssignments/${guid('de000000', name)}`,
  type: 'Microsoft.Authorization/denyAssignments',
  properties: {
    denyAssignmentName: name,
    scope,
    permissions: [],
    principals: [EVERYBODY],
    excludePrincipals: [],
    doNotApplyToChildScopes: false,
    ...more,
  },
});

export const aks = (properties: Json = {}): Json => ({
  id: CLUSTER_ID,
  name: 'test',
  type: 'Microsoft.ContainerService/ManagedClusters',
  identity: { type: 'SystemAssigned', principalId: principalId('test-cluster'), tenantId: TENANT },
  properties: {
    nodeResourceGroup: 'MC_rg-test_test_westeurope',
    oidcIssuerProfile: { enabled: true, issuerURL: ISSUER },
    securityProfile: { workloadIdentity: { enabled: true } },
    ...properties,
  },
});

export interface AzureParts {
  readonly identities?: readonly Json[];
  /** Credentials by the name of their identity; every identity has a list, empty where none is given. */
  readonly credentials?: Readonly<Record<string, readonly Json[]>>;
  readonly definitions?: readonly Json[];
  readonly assignments?: readonly Json[];
  readonly denies?: readonly Json[];
  readonly clusters?: readonly Json[];
  /** Members by group id. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Lists that were not read. */
  readonly unread?: readonly ('applications' | 'credentials' | 'assignments' | 'identities')[];
  /** Undefined in the object: nothing says the issuer but the AKS cluster. */
  readonly issuer?: string;
}

/** The answers of the subscription, each with its path. */
export function answersOf(parts: AzureParts): { readonly path: string; readonly answer: Json }[] {
  const {
    identities = [],
    credentials = {},
    definitions = [],
    assignments = [],
    denies = [],
    clusters = [aks()],
    groups = {},
    unread = [],
  } = parts;
  const list = (path: string, value: readonly Json[]) => ({ path: `azure/${SUBSCRIPTION}/${path}.json`, answer: { value } });
  const fic = 'managedidentity.2023-01-31.federatedIdentityCredentials.list';
  return [
    ...(unread.includes('identities') ? [] : [list('managedidentity.2023-01-31.userAssignedIdentities.listBySubscription', identities)]),
    ...(unread.includes('credentials') ? [] : identities.map(({ name }) => list(`${fic}/${name}`, credentials[String(name)] ?? []))),
    ...(unread.includes('applications')
      ? []
      : [
          { path: 'azure/graph.v1.0.applications.json', answer: { value: [] } },
          { path: 'azure/graph.v1.0.servicePrincipals.json', answer: { value: [] } },
        ]),
    list('authorization.2022-04-01.roleDefinitions.list', definitions),
    ...(unread.includes('assignments') ? [] : [list('authorization.2022-04-01.roleAssignments.listForSubscription', assignments)]),
    list('authorization.2022-04-01.denyAssignments.listForSubscription', denies),
    list('containerservice.2025-05-01.managedClusters.list', clusters),
    ...Object.entries(groups).map(([group, members]) => ({
      path: `azure/graph.v1.0.groups.transitiveMembers/${group}.json`,
      answer: { value: members.map((id) => ({ '@odata.type': '#microsoft.graph.servicePrincipal', id })) },
    })),
  ];
}

/** An inventory of a subscription and of a cluster's objects, through the normaliser as real ones. */
export function azureWorld(parts: AzureParts, kubernetes: ClusterFixture = cluster()): Inventory {
  const builder = createInventoryBuilder();
  builder.setCluster({ version: 'v1.33.1', issuer: parts.issuer ?? ISSUER });
  for (const [index, object] of kubernetes.objects.entries())
    builder.addObject(object, { source: 'snapshot', file: 'fixture.json', pointer: `/items/${index}` });
  for (const { path, answer } of answersOf(parts)) builder.addAzureAnswer(answer, { file: path, path });
  for (const gap of kubernetes.inventory().gaps) builder.addGap(gap);
  return builder.finish();
}

/** A service account that is annotated with a client id, and what else it is annotated with. */
export const annotated = (fixture: ClusterFixture, account: string, client: string, more: Json = {}): ClusterFixture => {
  const [namespace, name] = account.split('/');
  return fixture.serviceAccount(account, {
    metadata: { namespace, name, annotations: { 'azure.workload.identity/client-id': client, ...more } },
  });
};

/** A pod as a manifest (nobody has admitted it), with the label unless told otherwise. */
export const labelled = (
  fixture: ClusterFixture,
  path: string,
  serviceAccount: string,
  label: Json = { 'azure.workload.identity/use': 'true' },
): ClusterFixture =>
  fixture.pod(path, { serviceAccount, token: false, node: '', metadata: { uid: undefined, labels: { app: serviceAccount, ...label } } });

/** A projected token as the webhook puts it into a pod. */
export const webhookToken = (audience = AUDIENCE): { volumes: Json[]; mounts: Json[] } => ({
  volumes: [
    {
      name: 'azure-identity-token',
      projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds: 3600, path: 'azure-identity-token' } }] },
    },
  ],
  mounts: [{ name: 'azure-identity-token', mountPath: '/var/run/secrets/azure/tokens', readOnly: true }],
});
