import type { AzureIndex } from './azure-index.ts';
import type { AzureGrant, GrantAnswer } from './grants.ts';
import { grantAllows, grantHas } from './grants.ts';

export const WRITE_ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments/write';

/** Built-in roles that make their holder master of a scope. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged */
export const PRIVILEGED_ROLES: readonly string[] = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', // Owner
  'b24988ac-6180-42a0-ab88-20f7382dd24c', // Contributor
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', // User Access Administrator
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168', // Role Based Access Control Administrator
];

/**
 * Whether a grant lets its holder give itself one of the privileged roles at a scope. The condition that delegates assigning some roles
 * only is asked about each of them and of `more`, with the holder as a service principal; whom it may give them to it may leave open.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview
 */
export function writesRoles(index: AzureIndex, grant: AzureGrant, resource: string, more: readonly string[] = []): GrantAnswer {
  if (!grantHas(grant, WRITE_ASSIGNMENTS)) return { truth: false, dependsOn: [] };
  let open: GrantAnswer = { truth: false, dependsOn: [] };
  for (const role of [...PRIVILEGED_ROLES, ...more]) {
    const answer = grantAllows(index, grant, { action: WRITE_ASSIGNMENTS, data: false, resource, context: assigning(role) });
    if (answer.truth === true) return answer;
    if (answer.truth === 'unknown') open = answer;
  }
  return open;
}

/** Roles that write federated credentials of managed identities. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/identity */
export const IDENTITY_ROLES: readonly string[] = [
  'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', // Managed Identity Contributor
];

/** Roles that make cluster admin of AKS. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers */
export const CLUSTER_ROLES: readonly string[] = [
  '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8', // Azure Kubernetes Service Cluster Admin Role
];

/** What a request that assigns a role to the holder says of itself. */
export const assigning = (role: string): ReadonlyMap<string, readonly string[]> =>
  new Map([
    ['@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]', [role]],
    ['@Request[Microsoft.Authorization/roleAssignments:PrincipalType]', ['ServicePrincipal']],
  ]);
