import type { AzureRoleAssignment } from '../../inventory/azure.ts';
import type { Truth } from '../aws/truth.ts';
import { assignmentAllows } from './authorize.ts';
import { type AzureIndex, type CompiledRole, roleGuid } from './azure-index.ts';
import { denied, type PlaneRequest } from './deny.ts';
import { comparable, scopeName } from './resource-scope.ts';

/**
 * A role at a scope, under one condition: what all assignments of it give alike, so that a thousand principals that have it share one
 * answer.
 */
export interface AzureGrant {
  /** `ROLE-GUID@SCOPE` in lower case; with a condition the assignment's name behind it. */
  readonly key: string;
  /** Undefined: the role definition was not read. */
  readonly role?: CompiledRole;
  /** The first of its assignments, listed for whatever any of them was. */
  readonly assignment: AzureRoleAssignment;
}

export interface GrantAnswer {
  readonly truth: Truth;
  readonly dependsOn: readonly string[];
}

const remembered = new WeakMap<AzureIndex, ReadonlyMap<string, AzureGrant>>();

/** Everything that role assignments give, by key. Made once for an index. */
export function azureGrants(index: AzureIndex): ReadonlyMap<string, AzureGrant> {
  let grants = remembered.get(index);
  if (grants === undefined) {
    grants = makeGrants(index);
    remembered.set(index, grants);
  }
  return grants;
}

function makeGrants(index: AzureIndex): ReadonlyMap<string, AzureGrant> {
  const grants = new Map<string, AzureGrant>();
  const listed = new Map<string, Set<string>>();
  for (const assignment of index.azure.roleAssignments) {
    const key = grantKey(assignment);
    const subscriptions = listed.get(key) ?? new Set<string>();
    listed.set(key, subscriptions);
    for (const subscription of assignment.listedFor) subscriptions.add(subscription);
    if (grants.has(key)) continue;
    const role = index.roles.get(roleGuid(assignment.roleDefinitionId));
    grants.set(key, { key, ...(role === undefined ? {} : { role }), assignment });
  }
  for (const [key, grant] of grants)
    grants.set(key, { ...grant, assignment: { ...grant.assignment, listedFor: [...(listed.get(key) ?? [])].sort() } });
  return grants;
}

/** The key of the grant that an assignment gives. */
export function grantKey({ id, roleDefinitionId, scope, condition }: AzureRoleAssignment): string {
  const key = `${roleGuid(roleDefinitionId)}@${comparable(scope) || '/'}`;
  return condition === undefined ? key : `${key}#${id.slice(id.lastIndexOf('/') + 1).toLowerCase()}`;
}

/** `Contributor at rg-prod-eu`. */
export function grantName({ role, assignment }: AzureGrant): string {
  const under = assignment.condition === undefined ? '' : ' under a condition';
  return `${role?.definition.roleName ?? `role ${roleGuid(assignment.roleDefinitionId)}`} at ${scopeName(assignment.scope)}${under}`;
}

/**
 * What a grant lets whoever has it do to a resource. Deny assignments that name everybody count; of one that names some, it is unknown
 * whether they have the grant. A role that was not read says nothing: `false`, and the grant itself is known to be open.
 */
export function grantAllows(index: AzureIndex, { assignment, role }: AzureGrant, request: PlaneRequest): GrantAnswer {
  if (role === undefined) return { truth: false, dependsOn: [] };
  const answer = assignmentAllows(index, assignment, request);
  if (answer.truth === false) return { truth: false, dependsOn: [] };
  const deny = denied(index, undefined, request);
  if (deny.truth === true) return { truth: false, dependsOn: [] };
  const dependsOn = [...answer.dependsOn, ...deny.dependsOn];
  return { truth: dependsOn.length === 0 ? true : 'unknown', dependsOn };
}

/** Whether the grant's role has an action at all, wherever and under whatever condition: a cheap look before the whole question. */
export function grantHas({ role }: AzureGrant, action: string, plane: 'control' | 'data' = 'control'): boolean {
  return role?.permissions.some((permission) => permission[plane].has(action.toLowerCase())) === true;
}
