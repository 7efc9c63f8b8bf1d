import { z } from 'zod';

/**
 * Shapes of single records, `properties` already lifted up beside `id` and `name`, reduced to what the inventory keeps; so one shape
 * serves REST answers and what `az … -o json` prints. Source: REST references of Microsoft.Authorization 2022-04-01,
 * Microsoft.ManagedIdentity 2023-01-31, Microsoft.ContainerService 2025-05-01, and of Microsoft Graph v1.0.
 */

const text = z.string();
const maybe = z.string().nullish();
const list = z.array(z.string()).nullish();

export const identityShape = z.object({
  id: text,
  name: text,
  clientId: maybe,
  principalId: maybe,
  tenantId: maybe,
});

const expression = z.object({ languageVersion: z.number().nullish(), value: z.string() });

export const credentialShape = z.object({
  id: maybe,
  name: maybe,
  issuer: text,
  subject: maybe,
  audiences: list,
  claimsMatchingExpression: expression.nullish(),
});

export const applicationShape = z.object({ id: text, appId: text, displayName: maybe, signInAudience: maybe });

export const servicePrincipalShape = z.object({ id: text, appId: text, displayName: maybe, servicePrincipalType: maybe });

export const groupMemberShape = z.object({ id: text });

const permissionShape = z.object({
  actions: list,
  notActions: list,
  dataActions: list,
  notDataActions: list,
  condition: maybe,
});

export const roleDefinitionShape = z.object({
  id: text,
  name: text,
  roleName: maybe,
  roleType: maybe,
  /** REST: `BuiltInRole` or `CustomRole`; `az` prints it as `roleType`. */
  type: maybe,
  permissions: z.array(permissionShape),
});

export const roleAssignmentShape = z.object({
  id: text,
  roleDefinitionId: text,
  principalId: text,
  principalType: maybe,
  scope: text,
  condition: maybe,
});

const principalShape = z.object({ id: text, type: maybe });

export const denyAssignmentShape = z.object({
  id: text,
  denyAssignmentName: maybe,
  name: maybe,
  scope: maybe,
  permissions: z.array(permissionShape),
  principals: z.array(principalShape),
  excludePrincipals: z.array(principalShape).nullish(),
  doNotApplyToChildScopes: z.boolean().nullish(),
  condition: maybe,
});

export const clusterShape = z.object({
  id: text,
  name: text,
  identity: z.object({ principalId: maybe, tenantId: maybe }).nullish(),
  fqdn: maybe,
  privateFQDN: maybe,
  privateFqdn: maybe,
  nodeResourceGroup: maybe,
  disableLocalAccounts: z.boolean().nullish(),
  oidcIssuerProfile: z.object({ enabled: z.boolean().nullish(), issuerURL: maybe, issuerUrl: maybe }).nullish(),
  securityProfile: z.object({ workloadIdentity: z.object({ enabled: z.boolean().nullish() }).nullish() }).nullish(),
  identityProfile: z.object({ kubeletidentity: z.object({ resourceId: maybe, clientId: maybe, objectId: maybe }).nullish() }).nullish(),
  apiServerAccessProfile: z.object({ enablePrivateCluster: z.boolean().nullish() }).nullish(),
  aadProfile: z
    .object({
      managed: z.boolean().nullish(),
      enableAzureRBAC: z.boolean().nullish(),
      enableAzureRbac: z.boolean().nullish(),
      adminGroupObjectIDs: list,
      adminGroupObjectIds: list,
    })
    .nullish(),
});

export type PermissionShape = z.output<typeof permissionShape>;
