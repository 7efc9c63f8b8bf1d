import { letActAs } from '../../access/gcp/let-act-as.ts';
import { removeBinding } from '../../graph/evidence/gcp.ts';
import type { GcpBinding, GcpPolicy } from '../../inventory/gcp.ts';
import type { RowFix } from '../findings/finding.ts';
import { cloudDocument } from './patches.ts';

const bindingJson = ({ role, members, condition }: GcpBinding) => ({
  role,
  members,
  ...(condition === undefined ? {} : { condition }),
});

/** A policy as `gcloud … set-iam-policy` takes it; conditions are in version 3. Source: https://cloud.google.com/iam/docs/allow-policies */
const policyFile = ({ resource }: Pick<GcpPolicy, 'resource'>, bindings: readonly GcpBinding[]) =>
  cloudDocument(
    { kind: 'GcpPolicy', name: resource },
    `The policy of ${resource} after the fix, as \`set-iam-policy\` takes it; put the \`etag\` of \`get-iam-policy\` in, so that no other change is lost`,
    { version: bindings.some(({ condition }) => condition !== undefined) ? 3 : 1, bindings: bindings.map(bindingJson) },
  );

/** Takes a member out of one binding of a policy. */
export function withoutMember(policy: GcpPolicy, binding: GcpBinding, member: string): Pick<RowFix, 'command' | 'patches' | 'lacks'> {
  const { command: line } = removeBinding({ policy, binding, member });
  const bindings = policy.bindings.flatMap((one): GcpBinding[] => {
    const members = one === binding ? one.members.filter((name) => name !== member) : one.members;
    return members.length === 0 ? [] : [{ ...one, members }];
  });
  return {
    ...(line === undefined
      ? {
          lacks: `which \`gcloud\` command changes the policy of ${policy.resource} is not known; write the policy below in its console or by its API`,
        }
      : { command: line }),
    patches: [policyFile(policy, bindings)],
  };
}

const USER = 'roles/iam.workloadIdentityUser';

/** Lets a member act as a Google service account. */
export function withMember(policies: readonly GcpPolicy[], email: string, member: string): Pick<RowFix, 'command' | 'patches'> {
  const resource = `projects/-/serviceAccounts/${email}`;
  const bindings = policies.find((policy) => policy.resource === resource)?.bindings ?? [];
  const open = bindings.find(({ role, condition }) => role === USER && condition === undefined);
  const added =
    open === undefined
      ? [...bindings, { index: bindings.length, role: USER, members: [member] }]
      : bindings.map((one) => (one === open ? { ...one, members: [...one.members, member] } : one));
  return {
    command: letActAs(email, member),
    patches: [policyFile({ resource }, added)],
  };
}
