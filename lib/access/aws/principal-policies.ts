import type { AwsInlinePolicy, AwsRole, AwsUser, PolicyDocument } from '../../inventory/aws.ts';
import type { AwsIndex } from './aws-index.ts';
import { compiledPolicy } from './policy.ts';
import type { PlacedPolicy, PolicySet } from './policy-set.ts';

/** The policies that hang on a principal. */
export interface PrincipalPolicies {
  /** Inline and attached ones; a user's groups' too. */
  readonly identity: PolicySet;
  /** Undefined: it has none. */
  readonly boundary?: PolicySet;
}

const remembered = new WeakMap<AwsIndex, WeakMap<AwsRole | AwsUser, PrincipalPolicies>>();

/** Whether the record is a role: only roles have a trust policy. */
export const isRole = (principal: AwsRole | AwsUser): principal is AwsRole => 'trust' in principal;

/**
 * What a principal's own policies are, put together once for all questions. What was not read is named: it may allow and it may deny.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html (users have the policies of their groups)
 */
export function principalPolicies(index: AwsIndex, principal: AwsRole | AwsUser): PrincipalPolicies {
  let known = remembered.get(index);
  if (known === undefined) {
    known = new WeakMap();
    remembered.set(index, known);
  }
  let policies = known.get(principal);
  if (policies === undefined) {
    policies = gather(index, principal);
    known.set(principal, policies);
  }
  return policies;
}

function gather(index: AwsIndex, principal: AwsRole | AwsUser): PrincipalPolicies {
  const policies: PlacedPolicy[] = [];
  const unread: string[] = [];
  const attach = (arns: readonly string[]) => {
    for (const arn of arns) {
      const policy = managedPolicy(index, arn, 'managed');
      if (policy === undefined) unread.push(`the policy ${arn}`);
      else policies.push(policy);
    }
  };
  policies.push(...inline(principal.inlinePolicies, isRole(principal) ? '/RolePolicyList' : '/UserPolicyList'));
  attach(principal.attachedPolicies);
  if (isRole(principal)) {
    if (principal.policiesUnknown === true) unread.push(`the policies of ${principal.arn}`);
  } else {
    for (const name of principal.groups) {
      const group = index.groups.get(`${principal.account}/${name}`);
      if (group === undefined) {
        unread.push(`the policies of group ${name}`);
        continue;
      }
      policies.push(...inline(group.inlinePolicies, '/GroupPolicyList'));
      attach(group.attachedPolicies);
    }
  }
  const { permissionsBoundary } = principal;
  if (permissionsBoundary === undefined) return { identity: { policies, unread } };
  const boundary = managedPolicy(index, permissionsBoundary, 'boundary');
  return {
    identity: { policies, unread },
    boundary:
      boundary === undefined
        ? { policies: [], unread: [`the permissions boundary ${permissionsBoundary}`] }
        : { policies: [boundary], unread: [] },
  };
}

function inline(list: readonly AwsInlinePolicy[], at: string): PlacedPolicy[] {
  return list.map(({ name, document }, place) =>
    placed(document, { policy: name, kind: 'inline', label: `inline ${name}`, pointer: `${at}/${place}/PolicyDocument` }),
  );
}

function managedPolicy(index: AwsIndex, arn: string, kind: 'managed' | 'boundary'): PlacedPolicy | undefined {
  const policy = index.managedPolicies.get(arn);
  if (policy === undefined) return undefined;
  const label = kind === 'boundary' ? 'permissions boundary' : policy.name;
  return placed(policy.document, { policy: arn, kind, label, pointer: policy.documentPointer ?? '' });
}

function placed(document: PolicyDocument, place: Omit<PlacedPolicy, 'compiled'>): PlacedPolicy {
  return { ...place, compiled: compiledPolicy(document) };
}
