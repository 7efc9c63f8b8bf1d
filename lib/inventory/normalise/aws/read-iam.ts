import type { z } from 'zod';
import type { AwsOrigin } from '../aws-origin.ts';
import * as shapes from './iam-shapes.ts';
import {
  type AwsReader,
  isTruncated,
  malformedGap,
  type Place,
  pointerOf,
  readDocument,
  readEach,
  reader,
  recordArn,
  tagsOf,
} from './reader.ts';
import { accountOfRecords, addRolePage, readInlinePolicies, readInstanceProfiles, readRoles } from './role-reading.ts';
import type { AwsSink } from './sink.ts';

const DETAILS = { shape: shapes.authorizationDetailsShape, read: readAuthorizationDetails };

/** GetAccountAuthorizationDetails in any of its pages, the lists of roles and instance profiles, and who is calling. */
export const IAM_READERS: readonly AwsReader[] = [
  reader({ keys: ['RoleDetailList'], ...DETAILS }),
  reader({ keys: ['UserDetailList'], ...DETAILS }),
  reader({ keys: ['GroupDetailList'], ...DETAILS }),
  reader({ keys: ['Policies'], commands: ['iam-get-account-authorization-details'], ...DETAILS }),
  reader({
    keys: ['Roles'],
    everyday: true,
    shape: shapes.listRolesShape,
    read(answer, origin, sink) {
      addRolePage(readRoles(answer.Roles, { file: origin.file, pointer: '/Roles', sink }), { answer, origin, sink });
    },
  }),
  reader({
    keys: ['InstanceProfiles'],
    shape: shapes.listInstanceProfilesShape,
    read(answer, origin, sink) {
      const account = readInstanceProfiles(answer.InstanceProfiles, { file: origin.file, pointer: '/InstanceProfiles', sink });
      addProfilePage(account ?? origin.account, { truncated: isTruncated(answer), file: origin.file, sink });
    },
  }),
  reader({
    keys: ['InstanceProfile'],
    shape: shapes.getInstanceProfileShape,
    read(answer, { file }, sink) {
      const parsed = shapes.instanceProfileShape.safeParse(answer.InstanceProfile);
      if (parsed.success) readInstanceProfiles([answer.InstanceProfile], { file, pointer: '/InstanceProfile', sink });
      else sink.gap(malformedGap('instance profile', { file, pointer: '/InstanceProfile', why: 'no instance profile' }));
    },
  }),
  reader({
    keys: ['Account', 'Arn', 'UserId'],
    shape: shapes.callerIdentityShape,
    read: (answer, _origin, sink) => sink.account(answer.Account),
  }),
];

function readAuthorizationDetails(answer: z.output<typeof shapes.authorizationDetailsShape>, origin: AwsOrigin, sink: AwsSink): void {
  const at = (pointer: string): Place => ({ file: origin.file, pointer, sink });
  const roles = answer.RoleDetailList ?? [];
  const users = answer.UserDetailList ?? [];
  const groups = answer.GroupDetailList ?? [];
  const policies = answer.Policies ?? [];
  const account = readRoles(roles, at('/RoleDetailList'));
  readUsers(users, at('/UserDetailList'));
  readGroups(groups, at('/GroupDetailList'));
  for (const [index, raw] of policies.entries()) readManagedPolicy(raw, at(`/Policies/${index}`));
  addRolePage(account ?? accountOfRecords([...policies, ...users, ...groups]), { answer, origin, sink });
}

function readUsers(raws: readonly unknown[], place: Place): void {
  readEach(raws, { shape: shapes.userShape, what: 'iam user', place }, (user, at) => {
    const arn = recordArn(user.Arn, 'iam user', { ...at, pointer: `${at.pointer}/Arn` });
    if (arn === undefined) return;
    const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn;
    at.sink.record('users', {
      arn: user.Arn,
      account: arn.account,
      name: user.UserName,
      path: user.Path ?? '/',
      ...(boundary == null ? {} : { permissionsBoundary: boundary }),
      inlinePolicies: readInlinePolicies(user.UserPolicyList, user.Arn, { ...at, pointer: `${at.pointer}/UserPolicyList` }),
      attachedPolicies: (user.AttachedManagedPolicies ?? []).map((policy) => policy.PolicyArn),
      groups: user.GroupList ?? [],
      tags: tagsOf(user.Tags),
    });
  });
}

function readGroups(raws: readonly unknown[], place: Place): void {
  readEach(raws, { shape: shapes.groupShape, what: 'iam group', place }, (group, at) => {
    const arn = recordArn(group.Arn, 'iam group', { ...at, pointer: `${at.pointer}/Arn` });
    if (arn === undefined) return;
    at.sink.record('groups', {
      arn: group.Arn,
      account: arn.account,
      name: group.GroupName,
      inlinePolicies: readInlinePolicies(group.GroupPolicyList, group.Arn, { ...at, pointer: `${at.pointer}/GroupPolicyList` }),
      attachedPolicies: (group.AttachedManagedPolicies ?? []).map((policy) => policy.PolicyArn),
    });
  });
}

function readManagedPolicy(raw: unknown, place: Place): void {
  const parsed = shapes.managedPolicyShape.safeParse(raw);
  const versions = parsed.data?.PolicyVersionList ?? [];
  const index = versions.findIndex((version) => version.IsDefaultVersion === true);
  if (!parsed.success || index < 0) {
    const issue = parsed.error?.issues[0];
    const pointer = place.pointer + (issue === undefined ? '/PolicyVersionList' : pointerOf(issue.path));
    place.sink.gap(malformedGap('managed policy', { file: place.file, pointer, why: issue?.message ?? 'no default version' }));
    return;
  }
  const documentPointer = `/PolicyVersionList/${index}/Document`;
  const at = { ...place, pointer: place.pointer + documentPointer };
  place.sink.record('managedPolicies', {
    arn: parsed.data.Arn,
    name: parsed.data.PolicyName,
    document: readDocument(versions[index]?.Document, `default version of ${parsed.data.Arn}`, at),
    documentPointer,
  });
}

function addProfilePage(account: string | undefined, page: { truncated: boolean; file: string; sink: AwsSink }): void {
  page.sink.page({
    list: 'instance profiles',
    permission: 'iam:ListInstanceProfiles',
    file: page.file,
    truncated: page.truncated,
    ...(account === undefined ? {} : { account }),
  });
}
