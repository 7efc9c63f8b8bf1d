import type { AwsInventory, AwsRole } from '../aws.ts';
import { createAwsCollector, normaliseAwsAnswer } from '../normalise/aws-answer.ts';

/** The accounts with a role that has changed, or why the answer says none. */
export type AppliedRole = { readonly aws: AwsInventory; readonly note?: string } | { readonly broken: string };

/** What `get-role` says of a role takes the place of what was read; its policies, which that answer does not hold, stay. */
function withRole(aws: AwsInventory, next: AwsRole): AppliedRole {
  const base = aws.roles.find(({ arn }) => arn === next.arn);
  if (base === undefined) {
    const roles = [...aws.roles, next].sort((one, other) => (one.arn < other.arn ? -1 : 1));
    return { aws: { ...aws, roles }, note: `${next.arn} is new; what it may do is not known, as the answer holds no policies` };
  }
  const { permissionsBoundary: _boundary, ...kept } = base;
  const { trust, tags, permissionsBoundary } = next;
  const role: AwsRole = { ...kept, trust, tags, ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }) };
  return { aws: { ...aws, roles: aws.roles.map((one) => (one === base ? role : one)) } };
}

/** Applies an answer as `aws iam get-role` prints it: `{"Role": {"Arn", "AssumeRolePolicyDocument", …}}`. */
export function applyAwsRole(aws: AwsInventory, answer: unknown): AppliedRole {
  const collector = createAwsCollector();
  const isKnown = normaliseAwsAnswer(answer, { file: 'change', command: 'get-role' }, collector);
  const { aws: read, gaps } = collector.finish();
  const [role, ...others] = read.roles;
  if (!isKnown || role === undefined || others.length > 0) return { broken: gaps[0]?.why ?? 'it is no answer of `aws iam get-role`' };
  return role.trust.unreadable === undefined
    ? withRole(aws, role)
    : { broken: `its trust policy cannot be read: ${role.trust.unreadable}` };
}
