import { indexAzure } from '../../access/azure/azure-index.ts';
import { type AzureGrant, azureGrants, grantName } from '../../access/azure/grants.ts';
import { comparable, isManagementGroup, subscriptionOf } from '../../access/azure/resource-scope.ts';
import type { AzureIdentity, AzureInventory } from '../../inventory/azure.ts';
import type { Evidence, NodeId } from '../model.ts';
import { ID_PREFIX } from '../node-id.ts';
import { azureIdentityNode } from './azure-identity-node.ts';
import type { Facts } from './facts.ts';

/** The node of an identity, which links know by its client id. */
export const identityNode = ({ nodes }: Facts, identity: AzureIdentity): number => azureIdentityNode(nodes, identity.clientId, identity);

/** The node of a role at a scope. */
export const grantNode = ({ nodes }: Facts, grant: AzureGrant): number =>
  nodes.internAs(`${ID_PREFIX['azure-grant']}:${grant.key}` as NodeId, { kind: 'azure-grant', name: grantName(grant), record: grant });

/** Every role at a scope that assignments of the data give, with its node. */
export function* eachGrant(facts: Facts): Generator<{ readonly grant: AzureGrant; readonly node: number }> {
  for (const grant of azureGrants(indexAzure(facts.inventory)).values()) yield { grant, node: grantNode(facts, grant) };
}

/** The grant behind a node; our own mistake where there is none. */
export function grantAt({ nodes }: Facts, node: number): AzureGrant {
  if (nodes.kinds[node] !== 'azure-grant') throw new Error(`${nodes.ids[node]} is no role at a scope`);
  return nodes.records[node] as AzureGrant;
}

/** That the role has an action: the pattern in its definition, and the assignment that gives it. */
export function grantEvidence(
  { role, assignment }: AzureGrant,
  { actions, plane = 'control' }: { readonly actions: readonly string[]; readonly plane?: 'control' | 'data' },
): [Evidence, ...Evidence[]] {
  const given: Evidence = {
    kind: 'AzureRoleAssignment',
    name: assignment.id,
    pointer: '/properties/roleDefinitionId',
    says: `gives role ${role?.definition.roleName ?? assignment.roleDefinitionId} at ${assignment.scope}`,
  };
  if (role === undefined) return [given];
  const { definition } = role;
  const rows = actions.flatMap((action): Evidence[] => {
    const permission = role.permissions.find((one) => one[plane].has(action.toLowerCase()));
    const list = plane === 'data' ? 'dataActions' : 'actions';
    return permission === undefined
      ? []
      : [
          {
            kind: 'AzureRoleDefinition',
            name: definition.id,
            pointer: `/properties/permissions/${permission.index}/${list}`,
            says: `allows ${action}`,
          },
        ];
  });
  const condition: Evidence[] =
    assignment.condition === undefined
      ? []
      : [{ kind: 'AzureRoleAssignment', name: assignment.id, pointer: '/properties/condition', says: 'limits it by a condition' }];
  return [given, ...rows, ...condition];
}

const remembered = new WeakMap<AzureInventory, ReadonlyMap<string, readonly AzureIdentity[]>>();

/** Managed identities by every scope above them that an id tells: the subscription, the resource group, the identity itself, the root. */
function identitiesByScope({ azure }: Facts['inventory']): ReadonlyMap<string, readonly AzureIdentity[]> {
  let found = remembered.get(azure);
  if (found !== undefined) return found;
  const made = new Map<string, AzureIdentity[]>();
  for (const identity of azure.identities) {
    if (identity.kind !== 'managed-identity') continue;
    const id = comparable(identity.resourceId);
    const group = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(id)?.[0];
    for (const scope of new Set(['', `/subscriptions/${subscriptionOf(id)}`, group ?? id, id])) {
      const list = made.get(scope);
      if (list === undefined) made.set(scope, [identity]);
      else list.push(identity);
    }
  }
  found = made;
  remembered.set(azure, found);
  return found;
}

/** Managed identities that a grant's scope covers: without looking at each for each grant. */
export function identitiesUnder({ inventory }: Facts, { assignment }: AzureGrant): readonly AzureIdentity[] {
  const byScope = identitiesByScope(inventory);
  const { scope, listedFor } = assignment;
  if (!isManagementGroup(scope)) return byScope.get(comparable(scope)) ?? [];
  // What no list says of a management group may hold every subscription.
  return listedFor.length === 0
    ? (byScope.get('') ?? [])
    : listedFor.flatMap((subscription) => byScope.get(`/subscriptions/${subscription}`) ?? []);
}
