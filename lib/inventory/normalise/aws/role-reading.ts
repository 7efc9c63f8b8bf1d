import type { z } from 'zod';
import type { AwsInlinePolicy, AwsRole } from '../../aws.ts';
import type { AwsOrigin } from '../aws-origin.ts';
import { instanceProfileShape, roleShape } from './iam-shapes.ts';
import { accountOfArn, isTruncated, type Place, readDocument, readEach, recordArn, tagsOf } from './reader.ts';
import type { AwsSink } from './sink.ts';

/** Reads roles; returns the account of the first that could be read. */
export function readRoles(raws: readonly unknown[], place: Place): string | undefined {
  let account: string | undefined;
  readEach(raws, { shape: roleShape, what: 'iam role', place }, (role, at) => {
    const arn = recordArn(role.Arn, 'iam role', { ...at, pointer: `${at.pointer}/Arn` });
    if (arn === undefined) return;
    account ??= arn.account;
    at.sink.role(roleOf(role, arn.account, at));
    readInstanceProfiles(role.InstanceProfileList ?? [], { ...at, pointer: `${at.pointer}/InstanceProfileList` }, role.Arn);
  });
  return account;
}

function roleOf(role: z.output<typeof roleShape>, account: string, place: Place): AwsRole {
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  const detailed = role.RolePolicyList != null && role.AttachedManagedPolicies != null;
  const trustAt = { ...place, pointer: `${place.pointer}/AssumeRolePolicyDocument` };
  return {
    arn: role.Arn,
    account,
    name: role.RoleName,
    path: role.Path ?? '/',
    trust: readDocument(role.AssumeRolePolicyDocument, `trust policy of ${role.Arn}`, trustAt),
    ...(boundary == null ? {} : { permissionsBoundary: boundary }),
    inlinePolicies: readInlinePolicies(role.RolePolicyList, role.Arn, { ...place, pointer: `${place.pointer}/RolePolicyList` }),
    attachedPolicies: (role.AttachedManagedPolicies ?? []).map((policy) => policy.PolicyArn),
    tags: tagsOf(role.Tags),
    ...(detailed ? {} : { policiesUnknown: true as const }),
  };
}

/** The inline policies of a role, user or group, `owner` its ARN. */
export function readInlinePolicies(
  policies: readonly { readonly PolicyName: string; readonly PolicyDocument?: unknown }[] | null | undefined,
  owner: string,
  place: Place,
): readonly AwsInlinePolicy[] {
  return (policies ?? []).map((policy, index) => ({
    name: policy.PolicyName,
    document: readDocument(policy.PolicyDocument, `inline policy ${policy.PolicyName} of ${owner}`, {
      ...place,
      pointer: `${place.pointer}/${index}/PolicyDocument`,
    }),
  }));
}

/** Instance profiles, as list-instance-profiles prints them and as they stand inside a role's details; there `role` is the role's ARN. */
export function readInstanceProfiles(raws: readonly unknown[], place: Place, role?: string): string | undefined {
  let account: string | undefined;
  readEach(raws, { shape: instanceProfileShape, what: 'instance profile', place }, (profile, at) => {
    const arn = recordArn(profile.Arn, 'instance profile', { ...at, pointer: `${at.pointer}/Arn` });
    if (arn === undefined) return;
    account ??= arn.account;
    const roles = new Set((profile.Roles ?? []).map(({ Arn }) => Arn));
    if (role !== undefined) roles.add(role);
    at.sink.record('instanceProfiles', {
      arn: profile.Arn,
      account: arn.account,
      name: profile.InstanceProfileName,
      roleArns: [...roles].sort(),
    });
  });
  return account;
}

/** Says that a page of the account's roles was read. */
export function addRolePage(
  account: string | undefined,
  from: { readonly answer: Parameters<typeof isTruncated>[0]; readonly origin: AwsOrigin; readonly sink: AwsSink },
): void {
  const known = account ?? from.origin.account;
  from.sink.page({
    list: 'iam roles',
    permission: 'iam:GetAccountAuthorizationDetails',
    file: from.origin.file,
    truncated: isTruncated(from.answer),
    ...(known === undefined ? {} : { account: known }),
  });
}

/** The account that one of the raw records names in its ARN. */
export function accountOfRecords(raws: readonly unknown[]): string | undefined {
  for (const raw of raws) {
    const account = accountOfArn((raw as { readonly Arn?: unknown } | null)?.Arn);
    if (account !== undefined) return account;
  }
  return undefined;
}
