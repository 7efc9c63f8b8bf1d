/** What a method of Azure Resource Manager or Microsoft Graph gives and needs. */
export interface AzureMethod {
  /** In the field's words, for gaps. */
  readonly what: string;
  /** The action of Azure RBAC, or the application permission of Microsoft Graph. */
  readonly permission: string;
}

/**
 * Every method that is called, `SERVICE.APIVERSION.OPERATION`; all of them only read, none reads a key or a secret. docs/azure.md lists the
 * permissions and is held against this table.
 * Source: the pages of the operations under https://learn.microsoft.com/en-us/rest/api/ and https://learn.microsoft.com/en-us/graph/api/.
 */
export const AZURE_METHODS = {
  'resources.2022-12-01.subscriptions.get': { what: 'the subscription itself', permission: 'Microsoft.Resources/subscriptions/read' },
  'managedidentity.2026-05-31.userAssignedIdentities.listBySubscription': {
    what: 'user-assigned identities',
    permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  },
  'managedidentity.2026-05-31.federatedIdentityCredentials.list': {
    what: 'federated credentials of identities',
    permission: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
  },
  'authorization.2022-04-01.roleAssignments.listForSubscription': {
    what: 'role assignments',
    permission: 'Microsoft.Authorization/roleAssignments/read',
  },
  'authorization.2022-04-01.roleDefinitions.list': {
    what: 'role definitions',
    permission: 'Microsoft.Authorization/roleDefinitions/read',
  },
  'authorization.2022-04-01.denyAssignments.listForSubscription': {
    what: 'deny assignments',
    permission: 'Microsoft.Authorization/denyAssignments/read',
  },
  'containerservice.2025-05-01.managedClusters.list': {
    what: 'AKS clusters',
    permission: 'Microsoft.ContainerService/managedClusters/read',
  },
  'graph.v1.0.applications': { what: 'Entra applications', permission: 'Application.Read.All' },
  'graph.v1.0.applications.federatedIdentityCredentials': {
    what: 'federated credentials of Entra applications',
    permission: 'Application.Read.All',
  },
  'graph.v1.0.servicePrincipals': { what: 'service principals', permission: 'Application.Read.All' },
  'graph.v1.0.groups.transitiveMembers': { what: 'members of Entra groups', permission: 'GroupMember.Read.All' },
} as const satisfies Readonly<Record<string, AzureMethod>>;

export type AzureMethodName = keyof typeof AZURE_METHODS;

/** Whether the method is one of Microsoft Graph, which has a host, a token and permissions of its own. */
export const isGraph = (api: AzureMethodName): boolean => api.startsWith('graph.');

/** `2022-04-01`; Graph has its version in the path. */
export const apiVersionOf = (api: AzureMethodName): string => api.split('.')[1] as string;
