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
  /** An application that other tenants may sign in to (`signInAudience` other than `AzureADMyOrg`). */
  readonly multiTenant?: true;
}

/** A service principal of the tenant as Microsoft Graph lists it: of an application, a managed identity, or Microsoft's own. */
export interface AzureServicePrincipal {
  /** Object id: what role assignments name. */
  readonly id: string;
  readonly appId: string;
  readonly name?: string;
  /** `Application`, `ManagedIdentity`, `Legacy`, `SocialIdp`. */
  readonly type?: string;
}

/** The members of an Entra group, those of nested groups too. */
export interface AzureGroup {
  readonly id: string;
  /** Object ids. */
  readonly members: readonly string[];
}

export interface AzureFederatedCredential {
  /** ARM resource id, or object id of an application's. */
  readonly id: string;
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
  /**
   * Lower-case ids of the subscriptions in whose list it stood: a list also holds what is assigned above the subscription, so an
   * assignment of a management group applies to each of these. Empty: nothing says.
   */
  readonly listedFor: readonly string[];
}

export interface AzureDenyAssignment {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly permissions: readonly AzurePermission[];
  readonly principals: readonly { readonly id: string; readonly type?: string }[];
  readonly excludePrincipals: readonly { readonly id: string; readonly type?: string }[];
  readonly doNotApplyToChildScopes: boolean;
  readonly condition?: string;
  /** As of a role assignment. */
  readonly listedFor: readonly string[];
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
  readonly tenantId?: string;
  readonly fqdn?: string;
  readonly privateCluster?: boolean;
  /** Entra integration: `.aadProfile`; undefined: none. */
  readonly aad?: { readonly azureRbac: boolean; readonly adminGroups: readonly string[] };
  readonly localAccountsDisabled?: boolean;
}

export interface AzureInventory {
  /** Lower-case ids of the subscriptions whose identities were read whole. */
  readonly subscriptions: readonly string[];
  /** Lower-case ids of the subscriptions whose role assignments, and whose deny assignments, were read whole. */
  readonly subscriptionsWithAssignments: readonly string[];
  readonly subscriptionsWithDenyAssignments: readonly string[];
  readonly tenantId?: string;
  /** Whether the tenant's applications were read. */
  readonly applicationsRead: boolean;
  /** Whether all service principals of the tenant were read. */
  readonly servicePrincipalsRead: boolean;
  readonly servicePrincipals: readonly AzureServicePrincipal[];
  /** Groups whose members were read. */
  readonly groups: readonly AzureGroup[];
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
  subscriptionsWithAssignments: [],
  subscriptionsWithDenyAssignments: [],
  applicationsRead: false,
  servicePrincipalsRead: false,
  servicePrincipals: [],
  groups: [],
  identities: [],
  credentialsRead: [],
  federatedCredentials: [],
  roleDefinitions: [],
  roleAssignments: [],
  denyAssignments: [],
  clusters: [],
};
