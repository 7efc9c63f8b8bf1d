/** The Azure part of the vocabulary, as the management and Graph REST APIs say it. Resource ids are kept as written; they compare without regard to case. */

/** A user-assigned managed identity, or the service principal of an Entra application. */
export interface AzureIdentity {
  readonly kind: 'managed-identity' | 'application';
  readonly name: string;
  /** Application (client) id: what an annotation names. */
  readonly clientId: string;
  /** Object id of the service principal: what role assignments name. Undefined: the application has none that was read. */
  readonly principalId?: string;
  readonly tenantId?: string;
  /** ARM resource id of a managed identity; object id of an application. */
  readonly resourceId: string;
}

export interface AzureFederatedCredential {
  /** `resourceId` of the identity that it belongs to. */
  readonly identity: string;
  readonly name: string;
  readonly issuer: string;
  /** Undefined where an expression stands in its place. */
  readonly subject?: string;
  readonly audiences: readonly string[];
  /** `.claimsMatchingExpression.value` of a flexible credential. */
  readonly expression?: string;
  readonly expressionVersion?: number;
}

export interface AzurePermission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** Conditions of a built-in role's permission. */
  readonly condition?: string;
}

export interface AzureRoleDefinition {
  readonly id: string;
  /** The GUID. */
  readonly name: string;
  readonly roleName: string;
  readonly custom: boolean;
  readonly permissions: readonly AzurePermission[];
}

export interface AzureRoleAssignment {
  readonly id: string;
  readonly roleDefinitionId: string;
  readonly principalId: string;
  readonly principalType?: string;
  readonly scope: string;
  readonly condition?: string;
}

export interface AzureDenyAssignment {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly permissions: readonly AzurePermission[];
  readonly principals: readonly { readonly id: string; readonly type?: string }[];
  readonly excludePrincipals: readonly { readonly id: string; readonly type?: string }[];
  readonly doNotApplyToChildScopes: boolean;
}

export interface AksCluster {
  readonly id: string;
  readonly name: string;
  readonly issuer?: string;
  readonly oidcEnabled: boolean;
  readonly workloadIdentityEnabled: boolean;
  readonly nodeResourceGroup?: string;
  readonly kubeletIdentity?: { readonly resourceId?: string; readonly clientId?: string; readonly objectId?: string };
  readonly principalId?: string;
  readonly fqdn?: string;
  readonly privateCluster?: boolean;
  /** Entra integration: `.aadProfile`; undefined: none. */
  readonly aad?: { readonly azureRbac: boolean; readonly adminGroups: readonly string[] };
  readonly localAccountsDisabled?: boolean;
}

export interface AzureInventory {
  /** Subscription ids whose identities were read whole. */
  readonly subscriptions: readonly string[];
  readonly tenantId?: string;
  /** Whether the tenant's applications were read. */
  readonly applicationsRead: boolean;
  readonly identities: readonly AzureIdentity[];
  /** `resourceId`s of identities whose federated credentials were read. */
  readonly credentialsRead: readonly string[];
  readonly federatedCredentials: readonly AzureFederatedCredential[];
  readonly roleDefinitions: readonly AzureRoleDefinition[];
  readonly roleAssignments: readonly AzureRoleAssignment[];
  readonly denyAssignments: readonly AzureDenyAssignment[];
  readonly clusters: readonly AksCluster[];
}

export const EMPTY_AZURE: AzureInventory = {
  subscriptions: [],
  applicationsRead: false,
  identities: [],
  credentialsRead: [],
  federatedCredentials: [],
  roleDefinitions: [],
  roleAssignments: [],
  denyAssignments: [],
  clusters: [],
};
