import type { GcpBinding, GcpInventory, GcpPolicy } from '../../../inventory/gcp.ts';
import type { Grant } from './service-table.ts';

/**
 * Levels by the last word of a permission, `SERVICE.RESOURCE.VERB`; what is not here writes.
 * Source: https://docs.cloud.google.com/iam/docs/permissions-reference
 */
const READS = new Set(['get', 'getData', 'access', 'check', 'view', 'search', 'query', 'export', 'download', 'getObject', 'consume']);
const MANAGES = new Set(['setIamPolicy', 'actAs', 'getAccessToken', 'getOpenIdToken', 'implicitDelegation', 'signBlob', 'signJwt']);

/** The access level of a permission such as `storage.objects.get`. */
function levelOf(permission: string): string {
  const verb = permission.slice(permission.lastIndexOf('.') + 1);
  if (MANAGES.has(verb) || /^iam\.(?:roles|serviceAccountKeys)\.(?:create|update)$/.test(permission)) return 'Permissions management';
  if (verb === 'list' || verb === 'getIamPolicy') return 'List';
  return READS.has(verb) ? 'Read' : 'Write';
}

/** Bindings of all policies that name a member, with the policy that each stands in. */
function* bindingsOf({ policies }: GcpInventory, member: string): Generator<{ policy: GcpPolicy; binding: GcpBinding }> {
  for (const policy of policies) for (const binding of policy.bindings) if (binding.members.includes(member)) yield { policy, binding };
}

/** What the bindings that name a service account let it do, before deny policies. Roles whose permissions were not read are told as themselves. */
export function* googleGrants(gcp: GcpInventory, email: string): Generator<Grant> {
  const roles = new Map(gcp.roles.map((role) => [role.name, role.permissions]));
  for (const { policy, binding } of bindingsOf(gcp, `serviceAccount:${email}`)) {
    const by = `${binding.role} on ${policy.resource}${binding.condition === undefined ? '' : `, if ${binding.condition.title ?? binding.condition.expression}`}`;
    const conditional = binding.condition !== undefined;
    const permissions = roles.get(binding.role);
    if (permissions === undefined) yield { service: 'roles', level: 'Role', action: binding.role, by, conditional };
    for (const action of permissions ?? [])
      yield { service: action.slice(0, action.indexOf('.')), level: levelOf(action), action, by, conditional };
  }
}

/** The bindings of the policy on a service account itself: who may act as it. */
export const bindingsOn = ({ policies }: GcpInventory, email: string): readonly GcpBinding[] =>
  policies.find(({ resource }) => resource === `projects/-/serviceAccounts/${email}`)?.bindings ?? [];
