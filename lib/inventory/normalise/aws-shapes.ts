import { z } from 'zod';

/**
 * Shapes of the answers of the `aws` command, reduced to what the inventory keeps. Policy documents stay `unknown`: they
 * are read by aws-policy-document.ts. Source: the API references of IAM, EKS and STS.
 */

const page = { IsTruncated: z.boolean().nullish(), Marker: z.string().nullish(), NextToken: z.string().nullish() };
const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).nullish();
const attachedPolicies = z.array(z.object({ PolicyArn: z.string() }));

export const inlinePolicyShape = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown().optional() });

/** A role of list-roles, get-role or get-account-authorization-details; the last alone has the two policy lists. */
export const roleShape = z.object({
  Arn: z.string(),
  RoleName: z.string(),
  Path: z.string().nullish(),
  AssumeRolePolicyDocument: z.unknown().optional(),
  PermissionsBoundary: z.object({ PermissionsBoundaryArn: z.string().nullish() }).nullish(),
  RolePolicyList: z.array(inlinePolicyShape).nullish(),
  AttachedManagedPolicies: attachedPolicies.nullish(),
  Tags: tags,
});

export const managedPolicyShape = z.object({
  Arn: z.string(),
  PolicyName: z.string(),
  PolicyVersionList: z.array(z.object({ Document: z.unknown().optional(), IsDefaultVersion: z.boolean().nullish() })),
});

export const authorizationDetailsShape = z.object({
  RoleDetailList: z.array(z.unknown()),
  Policies: z.array(z.unknown()).nullish(),
  UserDetailList: z.array(z.unknown()).nullish(),
  ...page,
});

export const listRolesShape = z.object({ Roles: z.array(z.unknown()), ...page });
export const getRoleShape = z.object({ Role: z.unknown().optional() });
export const getRolePolicyShape = z.object({ RoleName: z.string(), PolicyName: z.string(), PolicyDocument: z.unknown().optional() });
export const listRolePoliciesShape = z.object({ PolicyNames: z.array(z.string()), ...page });
export const listAttachedShape = z.object({ AttachedPolicies: attachedPolicies, ...page });
export const listProvidersShape = z.object({ OpenIDConnectProviderList: z.array(z.object({ Arn: z.string() })) });
export const getProviderShape = z.object({ Url: z.string(), ClientIDList: z.array(z.string()).nullish() });
export const callerIdentityShape = z.object({ Account: z.string().regex(/^\d{12}$/), Arn: z.string(), UserId: z.string() });

export const describeClusterShape = z.object({
  cluster: z.object({
    name: z.string(),
    arn: z.string(),
    version: z.string().nullish(),
    endpoint: z.string().nullish(),
    identity: z.object({ oidc: z.object({ issuer: z.string().nullish() }).nullish() }).nullish(),
  }),
});

export const describeAssociationShape = z.object({
  association: z.object({
    associationArn: z.string(),
    clusterName: z.string(),
    namespace: z.string(),
    serviceAccount: z.string(),
    roleArn: z.string(),
    targetRoleArn: z.string().nullish(),
    disableSessionTags: z.boolean().nullish(),
    externalId: z.string().nullish(),
    policy: z.unknown().optional(),
  }),
});

export const listAssociationsShape = z.object({
  associations: z.array(
    z.object({ associationArn: z.string(), clusterName: z.string(), namespace: z.string(), serviceAccount: z.string() }),
  ),
  nextToken: z.string().nullish(),
  NextToken: z.string().nullish(),
});
