import type { AzureInventory, AzurePermission } from '../../../inventory/azure.ts';
import type { Grant } from './service-table.ts';

/**
 * The access level of an action such as `Microsoft.Storage/storageAccounts/read`: `*` may do everything, rights over rights are told apart.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format
 */
function levelOf(action: string, data: boolean): string {
  const lower = action.toLowerCase();
  const verb = lower.slice(lower.lastIndexOf('/') + 1);
  if (lower === '*') return data ? 'Data write' : 'Everything';
  if (data) return verb === 'read' ? 'Data read' : 'Data write';
  if (verb === 'read') return 'Read';
  if (/^microsoft\.authorization\/|\/federatedidentitycredentials\//.test(lower)) return 'Permissions management';
  return verb === 'action' ? 'Action' : 'Write';
}

const serviceOf = (action: string): string => (action.includes('/') ? action.slice(0, action.indexOf('/')) : action);

function* actionsOf(permission: AzurePermission): Generator<{ action: string; data: boolean; but: readonly string[] }> {
  for (const action of permission.actions) yield { action, data: false, but: permission.notActions };
  for (const action of permission.dataActions) yield { action, data: true, but: permission.notDataActions };
}

/** What the role assignments of a principal (object id) let it do, before deny assignments. */
export function* azureGrants(azure: AzureInventory, principalId: string): Generator<Grant> {
  const definitions = new Map(azure.roleDefinitions.map((definition) => [definition.name.toLowerCase(), definition]));
  const wanted = principalId.toLowerCase();
  for (const assignment of azure.roleAssignments) {
    if (assignment.principalId.toLowerCase() !== wanted) continue;
    const id = assignment.roleDefinitionId;
    const definition = definitions.get(id.slice(id.lastIndexOf('/') + 1).toLowerCase());
    const by = `${definition?.roleName ?? id} at ${assignment.scope}`;
    const conditional = assignment.condition !== undefined;
    if (definition === undefined) yield { service: 'roles', level: 'Role', action: id, by, conditional };
    for (const permission of definition?.permissions ?? []) yield* grantsOf(permission, { by, conditional });
  }
}

function* grantsOf(permission: AzurePermission, how: Pick<Grant, 'by' | 'conditional'>): Generator<Grant> {
  for (const { action, data, but } of actionsOf(permission)) {
    const except = but.length === 0 ? '' : ` but ${but.slice(0, 5).join(', ')}${but.length > 5 ? ', …' : ''}`;
    yield { service: serviceOf(action), level: levelOf(action, data), action: `${action}${except}`, ...how };
  }
}
