import type { AzureRoleAssignment } from '../../inventory/azure.ts';
import type { Truth } from '../aws/truth.ts';
import type { CloudDecision } from '../cloud/question.ts';
import { type AzureIndex, type CompiledRole, roleGuid } from './azure-index.ts';
import { evaluateCondition } from './condition.ts';
import { denied, type PlaneRequest } from './deny.ts';
import { appliesTo, scopeName } from './resource-scope.ts';

/** What one role assignment says to a request. */
export interface AssignmentAnswer {
  readonly truth: Truth;
  readonly assignment: AzureRoleAssignment;
  readonly role?: CompiledRole;
  readonly dependsOn: readonly string[];
}

export interface AzureDecision {
  readonly decision: CloudDecision;
  /** What decided, as a sentence without its stop. */
  readonly by: string;
  /** The assignment that allows; undefined where none does, or a deny assignment decides. */
  readonly assignment?: AzureRoleAssignment;
  readonly dependsOn: readonly string[];
}

/**
 * Whether a principal may do something to a resource: the union of its role assignments and those of its groups, less what a deny
 * assignment takes away. Source: https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource
 */
export function authorize(index: AzureIndex, principalId: string, request: PlaneRequest): AzureDecision {
  const deny = denied(index, principalId, request);
  if (deny.truth === true) return { decision: 'ExplicitlyDenied', by: `deny assignment \`${deny.assignment?.name}\``, dependsOn: [] };
  const allow = allowed(index, principalId, request);
  if (allow === undefined) return { decision: 'ImplicitlyDenied', by: 'no role assignment allows it', dependsOn: [] };
  const dependsOn = [...new Set([...allow.dependsOn, ...deny.dependsOn])];
  const by = describeAssignment(allow);
  const { assignment } = allow;
  return dependsOn.length === 0
    ? { decision: 'Allowed', by, assignment, dependsOn }
    : { decision: 'Conditional', by, assignment, dependsOn };
}

/** The assignment that allows it, or the first that may; undefined: none. */
function allowed(index: AzureIndex, principalId: string, request: PlaneRequest): AssignmentAnswer | undefined {
  const key = principalId.toLowerCase();
  const groups = index.groupsOf.get(key) ?? [];
  let open: AssignmentAnswer | undefined;
  for (const id of [key, ...groups]) {
    for (const assignment of index.assignments.get(id) ?? []) {
      const answer = assignmentAllows(index, assignment, request);
      if (answer.truth === true) return answer;
      if (answer.truth === 'unknown') open ??= answer;
    }
  }
  return open ?? allowedByUnreadGroup(index, request);
}

function allowedByUnreadGroup(index: AzureIndex, request: PlaneRequest): AssignmentAnswer | undefined {
  for (const assignment of index.unreadGroups) {
    const answer = assignmentAllows(index, assignment, request);
    // A role that was not read, of a group that was not read, says nothing at all.
    if (answer.truth === false || answer.role === undefined) continue;
    const membership = `whether it is a member of group \`${assignment.principalId}\``;
    return { ...answer, truth: 'unknown', dependsOn: [membership, ...answer.dependsOn] };
  }
  return undefined;
}

/** What one assignment says, whoever has it; deny assignments are not looked at. */
export function assignmentAllows(index: AzureIndex, assignment: AzureRoleAssignment, request: PlaneRequest): AssignmentAnswer {
  const here = appliesTo(assignment, request.resource);
  if (here === false) return { truth: false, assignment, dependsOn: [] };
  const open = here === 'unknown' ? [`whether the resource lies below ${scopeName(assignment.scope)}`] : [];
  const role = index.roles.get(roleGuid(assignment.roleDefinitionId));
  if (role === undefined)
    return {
      truth: 'unknown',
      assignment,
      dependsOn: [...open, `role definition \`${roleGuid(assignment.roleDefinitionId)}\`, which was not read`],
    };
  const own = evaluateCondition(assignment.condition, request);
  const inRole = own.truth === false ? { truth: false as const, dependsOn: [] } : roleAllows(role, request);
  if (inRole.truth === false) return { truth: false, assignment, role, dependsOn: [] };
  const dependsOn = [...open, ...own.dependsOn, ...inRole.dependsOn];
  return { truth: dependsOn.length === 0 ? true : 'unknown', assignment, role, dependsOn };
}

function roleAllows(role: CompiledRole, request: PlaneRequest): { readonly truth: Truth; readonly dependsOn: readonly string[] } {
  const action = request.action.toLowerCase();
  let open: readonly string[] | undefined;
  for (const permission of role.permissions) {
    if (!(request.data ? permission.data : permission.control).has(action)) continue;
    const { truth, dependsOn } = evaluateCondition(permission.source.condition, request);
    if (truth === true) return { truth, dependsOn: [] };
    if (truth === 'unknown') open ??= dependsOn;
  }
  return open === undefined ? { truth: false, dependsOn: [] } : { truth: 'unknown', dependsOn: open };
}

/** `role Contributor at rg-prod-eu`. */
function describeAssignment({ assignment, role }: Pick<AssignmentAnswer, 'assignment' | 'role'>): string {
  const name = role?.definition.roleName ?? roleGuid(assignment.roleDefinitionId);
  return `role assignment \`${assignment.id.slice(assignment.id.lastIndexOf('/') + 1)}\` of role \`${name}\` at ${scopeName(assignment.scope)}`;
}
