import { indexAzure } from '../../access/azure/azure-index.ts';
import { azureGrants, grantKey } from '../../access/azure/grants.ts';
import { command } from '../../access/shell.ts';
import type { AzureIdentity, AzureRoleAssignment } from '../../inventory/azure.ts';
import { allOf } from '../closing.ts';
import { grantAt, grantEvidence, grantNode, identityNode } from '../facts/azure-grants.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence, Fix } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Assignments of an identity, its own first, then those of groups that it is known to be in. */
function assignmentsOf({ inventory }: Facts, { principalId }: AzureIdentity): readonly AzureRoleAssignment[] {
  if (principalId === undefined) return [];
  const { assignments, groupsOf } = indexAzure(inventory);
  const own = principalId.toLowerCase();
  return [own, ...(groupsOf.get(own) ?? [])].flatMap((id) => assignments.get(id) ?? []);
}

function givingOf(
  facts: Facts,
  from: number,
  to: number,
): { readonly identity: AzureIdentity; readonly giving: readonly AzureRoleAssignment[] } {
  const identity = facts.nodes.records[from] as AzureIdentity;
  const { key } = grantAt(facts, to);
  return { identity, giving: assignmentsOf(facts, identity).filter((assignment) => grantKey(assignment) === key) };
}

const removeAssignments = (ids: readonly string[]): Fix => ({
  says: ids.length === 1 ? 'delete the role assignment' : `delete all of ${ids.length} role assignments`,
  command: command('az', 'role', 'assignment', 'delete', '--ids', ...ids.slice(0, 10)),
  sideEffect: 'the identity, or everybody in the group, loses what the role allows',
});

export const azurePermission = defineTechnique({
  id: 'azure-permission',
  title: 'Has an Azure role',
  class: 'cloud',
  walked: true,
  from: ['azure-identity'],
  to: ['azure-grant'],
  action: 'Uses what the role allows at its scope and everything below.',
  precondition:
    'A role assignment names the identity or a group that it is in; a condition may narrow it, and deny assignments take away from it.',
  remediation: 'Assign a role with the actions that the workload uses, at the resource that it uses.',
  coverage: {
    level: 'partial',
    misses: 'groups whose members were not read, eligible assignments of Privileged Identity Management, and classic administrators',
  },
  attck: ['T1078.004'],
  references: ['https://learn.microsoft.com/azure/role-based-access-control/overview'],
  find(facts, emit) {
    const grants = azureGrants(indexAzure(facts.inventory));
    for (const identity of facts.inventory.azure.identities) {
      for (const assignment of assignmentsOf(facts, identity)) {
        const grant = grants.get(grantKey(assignment));
        if (grant === undefined) throw new Error(`azure-permission: no grant of ${assignment.id}`);
        const open = assignment.condition !== undefined || grant.role === undefined;
        emit(identityNode(facts, identity), grantNode(facts, grant), 0, open ? 'conditional' : 'certain');
      }
    }
  },
  changes(facts, { from, to }) {
    const { giving } = givingOf(facts, from, to);
    return giving.length === 1 ? [`role assignment ${giving[0]?.id}`] : [];
  },
  closing(facts, { from, to }) {
    return allOf(givingOf(facts, from, to).giving.map(({ id }) => ({ change: `role assignment ${id}` })));
  },
  fix(facts, { from, to }, change) {
    const assignment = givingOf(facts, from, to).giving.find(({ id }) => change === `role assignment ${id}`);
    return assignment === undefined ? undefined : removeAssignments([assignment.id]);
  },
  explain(facts, { from, to, certainty }) {
    const { identity, giving } = givingOf(facts, from, to);
    const grant = grantAt(facts, to);
    const evidence = giving.flatMap((assignment): Evidence[] => {
      const own = assignment.principalId.toLowerCase() === identity.principalId?.toLowerCase();
      const says = own ? `names principal ${assignment.principalId}` : `names group ${assignment.principalId}, which it is in`;
      const [given, ...more] = grantEvidence({ ...grant, assignment }, { actions: [] });
      return [{ kind: 'AzureRoleAssignment', name: assignment.id, pointer: '/properties/principalId', says }, given, ...more];
    });
    const hangsOn =
      grant.role === undefined ? 'what the role allows: its definition was not read' : `the condition ${grant.assignment.condition ?? ''}`;
    return {
      evidence: evidence as [Evidence, ...Evidence[]],
      ...(certainty === 'conditional' ? { hangsOn } : {}),
      fix: removeAssignments(giving.map(({ id }) => id)),
    };
  },
});
