import type { AwsInlinePolicy, AwsRole } from '../../aws.ts';
import type { AwsGap, AwsRolePart } from './sink.ts';

/** Two answers about one role: what is known wins over what is not, details over a summary; the order decides nothing. */
export function mergeRoles(one: AwsRole, other: AwsRole): AwsRole {
  const [best, rest] = rank(one) <= rank(other) ? [one, other] : [other, one];
  const boundary = best.permissionsBoundary ?? rest.permissionsBoundary;
  return {
    ...best,
    trust: best.trust.unreadable !== undefined && rest.trust.unreadable === undefined ? rest.trust : best.trust,
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    tags: best.tags.size === 0 ? rest.tags : best.tags,
  };
}

/** Details before summaries, more tags before fewer, then by the text: a total order of what was printed. */
function rank(role: AwsRole): string {
  const tags = String(999 - Math.min(999, role.tags.size)).padStart(3, '0');
  return `${role.policiesUnknown === true ? 1 : 0}${tags}${JSON.stringify(role)}${JSON.stringify([...role.tags])}`;
}

/**
 * Adds what get-role-policy, list-role-policies and list-attached-role-policies say to roles of which only a summary was
 * read. A role is whole when its attached policies are listed and every listed inline policy was read. Details that
 * were read already say all of it, and are left alone.
 */
export function withParts(roles: ReadonlyMap<string, AwsRole>, parts: readonly AwsRolePart[]): { roles: AwsRole[]; gaps: AwsGap[] } {
  const byRole = new Map<string, AwsRolePart[]>();
  for (const part of parts) {
    const key = `${part.account}/${part.role}`;
    const list = byRole.get(key);
    if (list === undefined) byRole.set(key, [part]);
    else list.push(part);
  }
  const merged: AwsRole[] = [];
  for (const role of roles.values()) {
    const key = `${role.account}/${role.name}`;
    const own = byRole.get(key) ?? [];
    byRole.delete(key);
    merged.push(role.policiesUnknown === true ? completed(role, own) : role);
  }
  return { roles: merged, gaps: [...byRole.keys()].sort().map(strayGap) };
}

function completed(role: AwsRole, parts: readonly AwsRolePart[]): AwsRole {
  const inline = new Map<string, AwsInlinePolicy>();
  let attached: readonly string[] | undefined;
  let names: readonly string[] | undefined;
  for (const part of parts) {
    if (part.inlinePolicy !== undefined) inline.set(part.inlinePolicy.name, part.inlinePolicy);
    attached = part.attachedPolicies ?? attached;
    names = part.inlineNames ?? names;
  }
  const { policiesUnknown: _unknown, ...known } = role;
  const whole = attached !== undefined && names?.every((name) => inline.has(name)) === true;
  return {
    ...known,
    inlinePolicies: [...inline.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    attachedPolicies: attached ?? role.attachedPolicies,
    ...(whole ? {} : { policiesUnknown: true as const }),
  };
}

function strayGap(key: string): AwsGap {
  const account = key.slice(0, 12);
  return {
    source: 'aws',
    what: `role ${key.slice(13)} of account ${account}`,
    where: account,
    why: 'its policies were read, the role itself was not',
    remedy: 'add the answer of `aws iam get-account-authorization-details` for this account',
    permission: 'iam:GetAccountAuthorizationDetails',
  };
}
