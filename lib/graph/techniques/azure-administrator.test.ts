import { describe, expect, it } from 'vitest';
import { assignment, azureWorld, definition, deny, GROUP, identity, roleId, SUB_SCOPE } from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const WRITE = 'Microsoft.Authorization/roleAssignments/write';
const MG = '/providers/Microsoft.Management/managementGroups/top';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const only = (role: string) => ({
  condition: `((!(ActionMatches{'${WRITE}'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${role}}))`,
});
const world = (permissions: object, scope: string, more: object = {}, denies: ReturnType<typeof deny>[] = []) =>
  azureWorld({
    identities: [identity('web')],
    definitions: [definition('role', { ...permissions })],
    assignments: [assignment('role', 'web', scope, { ...more })],
    denies,
  });
const edge = (scope: string) => `azure-grant:${roleId('role')}@${scope.toLowerCase()} → azure-admin:${scope.toLowerCase()}`;

describe('azure-administrator', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['everything at a subscription', world({ actions: ['*'] }, SUB_SCOPE), [edge(SUB_SCOPE)]],
    ['everything at a management group', world({ actions: ['*'] }, MG), [edge(MG)]],
    ['everything at the root', world({ actions: ['*'] }, '/'), [edge('/')]],
    ['assigning roles at a resource group', world({ actions: ['*/read', 'Microsoft.Authorization/*'] }, GROUP), [edge(GROUP)]],
    ['assigning roles alone', world({ actions: [WRITE.toUpperCase()] }, SUB_SCOPE), [edge(SUB_SCOPE)]],
    [
      'rewriting roles',
      world({ actions: ['Microsoft.Authorization/roleDefinitions/write'] }, SUB_SCOPE),
      [`${edge(SUB_SCOPE)} (conditional)`],
    ],
    [
      'a deny assignment of some',
      world({ actions: ['*'] }, SUB_SCOPE, {}, [deny('d', SUB_SCOPE, { permissions: [{ actions: [WRITE] }], principals: [{ id: 'x' }] })]),
      [`${edge(SUB_SCOPE)} (conditional)`],
    ],
  ])('finds %s', (_name, inventory, edges) => {
    expect(edgesOf(inventory, 'azure-administrator')).toEqual(edges);
  });

  it.each<[string, Inventory, string]>([
    ['assigning Owner under a condition', world({ actions: [WRITE] }, SUB_SCOPE, only(OWNER)), ''],
    [
      'a condition on whom',
      world({ actions: [WRITE] }, SUB_SCOPE, {
        condition: '@Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {a}',
      }),
      ' (conditional)',
    ],
  ])('finds %s', (_name, inventory, certainty) => {
    const [found, ...others] = edgesOf(inventory, 'azure-administrator');
    expect([found?.includes(`→ azure-admin:${SUB_SCOPE.toLowerCase()}${certainty}`), others]).toEqual([true, []]);
  });

  it.each<[string, Inventory]>([
    ['Contributor by its permissions', world({ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }, SUB_SCOPE)],
    [
      'a role that is only called Owner',
      azureWorld({
        identities: [identity('web')],
        definitions: [definition('Owner', { actions: ['*/read'] })],
        assignments: [assignment('Owner', 'web', SUB_SCOPE)],
      }),
    ],
    ['everything at one resource', world({ actions: ['*'] }, `${GROUP}/providers/Microsoft.Storage/storageAccounts/a`)],
    ['every data action', world({ dataActions: ['*'] }, SUB_SCOPE)],
    ['reading', world({ actions: ['*/read'] }, SUB_SCOPE)],
    ['assigning harmless roles under a condition', world({ actions: [WRITE] }, SUB_SCOPE, only('7f951dda-4ed3-4680-a7ca-43fe172d538d'))],
    [
      'a deny assignment of everybody',
      world({ actions: ['*'] }, SUB_SCOPE, {}, [deny('d', SUB_SCOPE, { permissions: [{ actions: ['*/write'] }] })]),
    ],
    ['a role that was not read', azureWorld({ identities: [identity('web')], assignments: [assignment('role', 'web', SUB_SCOPE)] })],
    ['a role that nobody has', azureWorld({ identities: [identity('web')], definitions: [definition('role', { actions: ['*'] })] })],
  ])('stays silent: %s', (_name, inventory) => {
    expect(edgesOf(inventory, 'azure-administrator')).toEqual([]);
  });

  it('points at the permission in the role', () => {
    expect(evidenceOf(world({ actions: ['*'] }, SUB_SCOPE), 'azure-administrator')).toContain(
      `AzureRoleDefinition ${definition('role', {}).id} /properties/permissions/0/actions`,
    );
  });
});
