import type {
  AzureDenyAssignment,
  AzureIdentity,
  AzureInventory,
  AzurePermission,
  AzureRoleAssignment,
  AzureRoleDefinition,
} from '../../inventory/azure.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { globMatches } from './glob.ts';

/** Whether lists of patterns have an action, in lower case: some of `some`, none of `none`. */
export interface ActionSet {
  readonly has: (action: string) => boolean;
}

/** One permission of a role: what it lets do to the resource itself, and to the data in it. */
export interface CompiledPermission {
  readonly source: AzurePermission;
  /** Place in `permissions`, for the JSON pointer. */
  readonly index: number;
  readonly control: ActionSet;
  readonly data: ActionSet;
}

export interface CompiledRole {
  readonly definition: AzureRoleDefinition;
  readonly permissions: readonly CompiledPermission[];
}

export interface CompiledDeny {
  readonly assignment: AzureDenyAssignment;
  readonly permissions: readonly CompiledPermission[];
}

/** The Azure part of an inventory, indexed once. All keys are in lower case, as Azure compares ids and names so. */
export interface AzureIndex {
  readonly azure: AzureInventory;
  /** By resource id or object id of the application. */
  readonly identities: ReadonlyMap<string, AzureIdentity>;
  readonly identitiesByClient: ReadonlyMap<string, AzureIdentity>;
  /** By the GUID at the end of a definition's id: built-in roles have one in every subscription, custom ones have one of their own. */
  readonly roles: ReadonlyMap<string, CompiledRole>;
  /** Assignments by principal id. */
  readonly assignments: ReadonlyMap<string, readonly AzureRoleAssignment[]>;
  readonly denies: readonly CompiledDeny[];
  /** Groups that a principal is known to be in. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
  /** Assignments of groups whose members were not read. */
  readonly unreadGroups: readonly AzureRoleAssignment[];
  readonly isUnreadGroup: (principal: { readonly id: string; readonly type?: string }) => boolean;
}

const remembered = new WeakMap<AzureInventory, AzureIndex>();

/** The index of an inventory; made once for each. */
export function indexAzure({ azure }: Pick<Inventory, 'azure'>): AzureIndex {
  let index = remembered.get(azure);
  if (index === undefined) {
    index = makeIndex(azure);
    remembered.set(azure, index);
  }
  return index;
}

function makeIndex(azure: AzureInventory): AzureIndex {
  const groups = new Set(azure.groups.map(({ id }) => id.toLowerCase()));
  const groupsOf = new Map<string, string[]>();
  for (const { id, members } of azure.groups) for (const member of members) push(groupsOf, member.toLowerCase(), id.toLowerCase());
  const assignments = new Map<string, AzureRoleAssignment[]>();
  for (const assignment of azure.roleAssignments) push(assignments, assignment.principalId.toLowerCase(), assignment);
  const isUnreadGroup = ({ id, type }: { readonly id: string; readonly type?: string }) =>
    (type?.toLowerCase() === 'group' || type?.toLowerCase() === 'foreigngroup') && !groups.has(id.toLowerCase());
  return {
    azure,
    identities: new Map(azure.identities.map((identity) => [identity.resourceId.toLowerCase(), identity])),
    identitiesByClient: new Map(azure.identities.map((identity) => [identity.clientId.toLowerCase(), identity])),
    roles: new Map(azure.roleDefinitions.map((definition) => [roleGuid(definition.id), compileRole(definition)])),
    assignments,
    denies: azure.denyAssignments.map((assignment) => ({ assignment, permissions: assignment.permissions.map(compilePermission) })),
    groupsOf,
    unreadGroups: azure.roleAssignments.filter(({ principalId, principalType }) =>
      isUnreadGroup({ id: principalId, ...(principalType === undefined ? {} : { type: principalType }) }),
    ),
    isUnreadGroup,
  };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The GUID of a role definition, in lower case. */
export const roleGuid = (roleDefinitionId: string): string => roleDefinitionId.slice(roleDefinitionId.lastIndexOf('/') + 1).toLowerCase();

const compileRole = (definition: AzureRoleDefinition): CompiledRole => ({
  definition,
  permissions: definition.permissions.map(compilePermission),
});

/**
 * Patterns of a role or deny assignment: an action is in where one of `actions` fits and none of `notActions`. What one role leaves out
 * another may still give: `notActions` takes nothing away from other roles.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#notactions
 */
function compilePermission(source: AzurePermission, index: number): CompiledPermission {
  return {
    source,
    index,
    control: actionSet(source.actions, source.notActions),
    data: actionSet(source.dataActions, source.notDataActions),
  };
}

function actionSet(some: readonly string[], none: readonly string[]): ActionSet {
  const [inside, outside] = [patternSet(some), patternSet(none)];
  return { has: (action) => inside(action) && !outside(action) };
}

function patternSet(patterns: readonly string[]): (action: string) => boolean {
  const exact = new Set<string>();
  const wild: string[] = [];
  for (const pattern of patterns) {
    if (pattern.includes('*')) wild.push(pattern.toLowerCase());
    else exact.add(pattern.toLowerCase());
  }
  return (action) => exact.has(action) || wild.some((pattern) => globMatches(pattern, action));
}
