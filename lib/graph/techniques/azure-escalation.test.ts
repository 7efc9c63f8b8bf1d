import { describe, expect, it } from 'vitest';
import {
  assignment,
  azureWorld,
  clientId,
  definition,
  deny,
  GROUP,
  identity,
  identityId,
  roleId,
  SUB_SCOPE,
} from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const WRITE = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write';
const FAR = `${SUB_SCOPE}/resourceGroups/far`;
const MG = '/providers/Microsoft.Management/managementGroups/top';
const parts = (permissions: object, scope: string, more: object = {}) => ({
  identities: [identity('near'), identity('away', {}, FAR)],
  definitions: [definition('role', { ...permissions })],
  assignments: [assignment('role', 'near', scope, { ...more })],
});
const world = (permissions: object, scope: string, more: object = {}) => azureWorld(parts(permissions, scope, more));
const to = (scope: string, ...names: string[]) =>
  names.map((name) => `azure-grant:${roleId('role')}@${scope.toLowerCase()} → azure-identity:${clientId(name)}`).sort();
const NEAR = identityId('near');

describe('azure-escalation', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['credentials at the identity', world({ actions: [WRITE] }, NEAR), to(NEAR, 'near')],
    ['credentials at the resource group', world({ actions: [WRITE] }, GROUP), to(GROUP, 'near')],
    ['credentials at the subscription', world({ actions: [WRITE] }, SUB_SCOPE), to(SUB_SCOPE, 'away', 'near')],
    ['credentials at a management group', world({ actions: [WRITE] }, MG), to(MG, 'away', 'near')],
    ['credentials at the root', world({ actions: [WRITE] }, '/'), to('/', 'away', 'near')],
    ['Contributor by its permissions', world({ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }, FAR), to(FAR, 'away')],
    ['writing role assignments', world({ actions: ['Microsoft.Authorization/*'] }, FAR), to(FAR, 'away')],
    [
      'assigning the identity',
      world({ actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'] }, FAR),
      to(FAR, 'away').map((edge) => `${edge} (conditional)`),
    ],
  ])('finds %s', (_name, inventory, edges) => {
    expect(edgesOf(inventory, 'azure-escalation')).toEqual(edges);
  });

  it.each<[string, Inventory]>([
    ['reading', world({ actions: ['*/read'] }, SUB_SCOPE)],
    [
      'writing identities without their credentials',
      world({ actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/write'] }, SUB_SCOPE),
    ],
    ['credentials of another group', world({ actions: [WRITE] }, `${GROUP}-2`)],
    ['credentials as a data action', world({ dataActions: [WRITE] }, SUB_SCOPE)],
    [
      'a deny assignment of everybody',
      azureWorld({ ...parts({ actions: [WRITE] }, GROUP), denies: [deny('d', GROUP, { permissions: [{ actions: [WRITE] }] })] }),
    ],
    ['a condition that does not hold', world({ actions: [WRITE] }, GROUP, { condition: "'a' StringEquals 'b'" })],
    [
      'nobody to take over',
      azureWorld({ definitions: [definition('role', { actions: ['*'] })], assignments: [assignment('role', 'near', GROUP)] }),
    ],
  ])('stays silent: %s', (_name, inventory) => {
    expect(edgesOf(inventory, 'azure-escalation')).toEqual([]);
  });

  it('points at assignment, role and identity', () => {
    expect(evidenceOf(world({ actions: [WRITE] }, NEAR), 'azure-escalation')).toEqual([
      `AzureRoleAssignment ${assignment('role', 'near', NEAR).id} /properties/roleDefinitionId`,
      `AzureRoleDefinition ${definition('role', {}).id} /properties/permissions/0/actions`,
      `AzureIdentity ${NEAR} /id`,
    ]);
  });
});
