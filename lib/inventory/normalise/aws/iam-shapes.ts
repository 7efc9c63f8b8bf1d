import { z } from 'zod';
import { page, tags, text } from './shapes.ts';

/**
 * Shapes of IAM's and STS's answers, reduced to what the inventory keeps. Policy documents stay `unknown`: they are read by
 * aws-policy-document.ts. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */

const attachedPolicies = z.array(z.object({ PolicyArn: z.string() }));
const inlinePolicies = z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown().optional() }));
const boundary = z.object({ PermissionsBoundaryArn: text }).nullish();

export const instanceProfileShape = z.object({
  Arn: z.string(),
  InstanceProfileName: z.string(),
  Roles: z.array(z.object({ Arn: z.string() })).nullish(),
});

/** A role of list-roles, get-role or get-account-authorization-details; the last alone has the two policy lists. */
export const roleShape = z.object({
  Arn: z.string(),
  RoleName: z.string(),
  Path: text,
  AssumeRolePolicyDocument: z.unknown().optional(),
  PermissionsBoundary: boundary,
  RolePolicyList: inlinePolicies.nullish(),
  AttachedManagedPolicies: attachedPolicies.nullish(),
  InstanceProfileList: z.array(z.unknown()).nullish(),
  Tags: tags,
});

export const userShape = z.object({
  Arn: z.string(),
  UserName: z.string(),
  Path: text,
  PermissionsBoundary: boundary,
  UserPolicyList: inlinePolicies.nullish(),
  AttachedManagedPolicies: attachedPolicies.nullish(),
  GroupList: z.array(z.string()).nullish(),
  Tags: tags,
});

export const groupShape = z.object({
  Arn: z.string(),
  GroupName: z.string(),
  GroupPolicyList: inlinePolicies.nullish(),
  AttachedManagedPolicies: attachedPolicies.nullish(),
});

export const managedPolicyShape = z.object({
  Arn: z.string(),
  PolicyName: z.string(),
  PolicyVersionList: z.array(z.object({ Document: z.unknown().optional(), IsDefaultVersion: z.boolean().nullish() })),
});

const list = z.array(z.unknown()).nullish();

export const authorizationDetailsShape = z.object({
  RoleDetailList: list,
  Policies: list,
  UserDetailList: list,
  GroupDetailList: list,
  ...page,
});

export const listRolesShape = z.object({ Roles: z.array(z.unknown()), ...page });
export const getRoleShape = z.object({ Role: z.unknown().optional() });
export const getRolePolicyShape = z.object({ RoleName: z.string(), PolicyName: z.string(), PolicyDocument: z.unknown().optional() });
export const listRolePoliciesShape = z.object({ PolicyNames: z.array(z.string()), ...page });
export const listAttachedShape = z.object({ AttachedPolicies: attachedPolicies, ...page });
export const listProvidersShape = z.object({ OpenIDConnectProviderList: z.array(z.object({ Arn: z.string() })) });
export const getProviderShape = z.object({ Url: z.string(), ClientIDList: z.array(z.string()).nullish() });
export const listInstanceProfilesShape = z.object({ InstanceProfiles: z.array(z.unknown()), ...page });
export const getInstanceProfileShape = z.object({ InstanceProfile: z.unknown().optional() });
export const callerIdentityShape = z.object({ Account: z.string().regex(/^\d{12}$/), Arn: z.string(), UserId: z.string() });
