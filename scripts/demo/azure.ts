import type { JsonObject } from './json.ts';
import { uid } from './naming.ts';
import {
  AZURE_AUDIENCE,
  AZURE_GROUP,
  AZURE_IDENTITIES,
  AZURE_SUBSCRIPTION,
  AZURE_TENANT,
  type AzureIdentityName,
  ISSUER,
} from './other-clouds.ts';

const NAMES = Object.keys(AZURE_IDENTITIES) as AzureIdentityName[];
const SUBSCRIPTION = `/subscriptions/${AZURE_SUBSCRIPTION}`;
const STORAGE = `${AZURE_GROUP}/providers/Microsoft.Storage/storageAccounts/fernwoodinvoices`;

interface RolePlan {
  readonly id: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers';

/** Built-in roles with their real ids; source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
const ROLES = {
  owner: { id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', name: 'Owner', actions: ['*'] },
  blobs: {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    name: 'Storage Blob Data Contributor',
    actions: [
      `${BLOBS}/delete`,
      `${BLOBS}/read`,
      `${BLOBS}/write`,
      'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
    ],
    dataActions: [
      `${BLOBS}/blobs/delete`,
      `${BLOBS}/blobs/read`,
      `${BLOBS}/blobs/write`,
      `${BLOBS}/blobs/move/action`,
      `${BLOBS}/blobs/add/action`,
    ],
  },
  identities: {
    id: 'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59',
    name: 'Managed Identity Contributor',
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/write',
      'Microsoft.ManagedIdentity/userAssignedIdentities/delete',
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/*',
      'Microsoft.Authorization/*/read',
    ],
  },
} as const satisfies { readonly [key: string]: RolePlan };

const ASSIGNMENTS: readonly { readonly to: AzureIdentityName; readonly role: keyof typeof ROLES; readonly scope: string }[] = [
  { to: 'id-invoice-archive', role: 'blobs', scope: STORAGE },
  // Whoever may write credentials on an identity may let any token in as that identity.
  { to: 'id-invoice-archive', role: 'identities', scope: AZURE_GROUP },
  { to: 'id-tax-export', role: 'blobs', scope: STORAGE },
  { to: 'id-finance-terraform', role: 'owner', scope: SUBSCRIPTION },
];

const CREDENTIALS: ReadonlyMap<AzureIdentityName, readonly { readonly name: string; readonly issuer: string; readonly subject: string }[]> =
  new Map([
    ['id-invoice-archive', [{ name: 'eks', issuer: ISSUER, subject: 'system:serviceaccount:orders:invoice-archive' }]],
    // EKS writes its issuer without a slash at the end; here one crept in.
    ['id-tax-export', [{ name: 'eks', issuer: `${ISSUER}/`, subject: 'system:serviceaccount:reports:tax-export' }]],
    [
      'id-finance-terraform',
      [
        {
          name: 'github',
          issuer: 'https://token.actions.githubusercontent.com',
          subject: 'repo:fernwood-outfitters/finance:ref:refs/heads/main',
        },
      ],
    ],
  ]);

function resourceId(name: string): string {
  // ARM writes `resourcegroups` here and `resourceGroups` elsewhere.
  return `${AZURE_GROUP.replace('resourceGroups', 'resourcegroups')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
}

function identity(name: AzureIdentityName): JsonObject {
  return {
    id: resourceId(name),
    location: 'germanywestcentral',
    name,
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    tags: {},
    properties: { tenantId: AZURE_TENANT, ...AZURE_IDENTITIES[name] },
  };
}

function credentials(name: AzureIdentityName): JsonObject {
  return {
    value: (CREDENTIALS.get(name) ?? []).map((credential) => ({
      id: `${resourceId(name)}/federatedIdentityCredentials/${credential.name}`,
      name: credential.name,
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
      properties: { issuer: credential.issuer, subject: credential.subject, audiences: [AZURE_AUDIENCE] },
    })),
  };
}

function roleDefinition({ id, name, actions, notActions = [], dataActions = [] }: RolePlan): JsonObject {
  return {
    id: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
    name: id,
    type: 'Microsoft.Authorization/roleDefinitions',
    properties: {
      roleName: name,
      type: 'BuiltInRole',
      assignableScopes: ['/'],
      permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
    },
  };
}

function assignment({ to, role, scope }: (typeof ASSIGNMENTS)[number]): JsonObject {
  const name = uid(`assignment ${to} ${role}`);
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    type: 'Microsoft.Authorization/roleAssignments',
    properties: {
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[role].id}`,
      principalId: AZURE_IDENTITIES[to].principalId,
      principalType: 'ServicePrincipal',
      scope,
      condition: null,
      conditionVersion: null,
    },
  };
}

/** What Azure's management and Graph APIs answer of the subscription, by path below `demo/azure/`. */
export function azureAnswers(): ReadonlyMap<string, JsonObject> {
  const roles: readonly RolePlan[] = Object.values(ROLES);
  const graph = (name: string): JsonObject => ({ '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${name}`, value: [] });
  return new Map<string, JsonObject>([
    ['managedidentity.2026-05-31.userAssignedIdentities.listBySubscription.json', { value: NAMES.map(identity) }],
    ...NAMES.map((name): [string, JsonObject] => [
      `managedidentity.2026-05-31.federatedIdentityCredentials.list/${name}.json`,
      credentials(name),
    ]),
    ['authorization.2022-04-01.roleDefinitions.list.json', { value: roles.map(roleDefinition) }],
    ['authorization.2022-04-01.roleAssignments.listForSubscription.json', { value: ASSIGNMENTS.map(assignment) }],
    ['authorization.2022-04-01.denyAssignments.listForSubscription.json', { value: [] }],
    ['containerservice.2025-05-01.managedClusters.list.json', { value: [] }],
    ['graph.v1.0.applications.json', graph('applications')],
    ['graph.v1.0.servicePrincipals.json', graph('servicePrincipals')],
  ]);
}
