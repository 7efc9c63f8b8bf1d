import { type AzureIndex, indexAzure } from '../../access/azure/azure-index.ts';
import { type AzureGrant, type GrantAnswer, grantAllows, grantHas } from '../../access/azure/grants.ts';
import { comparable, isManagementGroup, scopeName } from '../../access/azure/resource-scope.ts';
import { WRITE_ASSIGNMENTS, writesRoles } from '../../access/azure/role-writing.ts';
import { command } from '../../access/shell.ts';
import { eachGrant, grantAt, grantEvidence } from '../facts/azure-grants.ts';
import type { NodeId } from '../model.ts';
import { ID_PREFIX } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

const WRITE_DEFINITIONS = 'Microsoft.Authorization/roleDefinitions/write';

interface Administration extends GrantAnswer {
  readonly action: string;
}

/** A resource group or above; an administrator of one resource is told by what lies in it. */
const isWide = (scope: string): boolean =>
  comparable(scope) === '' || isManagementGroup(scope) || /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?$/.test(comparable(scope));

/** Whether a grant makes master of its scope: by giving itself any role there, or by rewriting a role that it has. */
function administration(index: AzureIndex, grant: AzureGrant): Administration | undefined {
  const { scope } = grant.assignment;
  if (!isWide(scope)) return undefined;
  const answer = writesRoles(index, grant, scope);
  if (answer.truth !== false) return { action: WRITE_ASSIGNMENTS, ...answer };
  const rewriting = grantHas(grant, WRITE_DEFINITIONS)
    ? grantAllows(index, grant, { action: WRITE_DEFINITIONS, data: false, resource: scope })
    : undefined;
  if (rewriting === undefined || rewriting.truth === false) return undefined;
  return { action: WRITE_DEFINITIONS, truth: 'unknown', dependsOn: [...rewriting.dependsOn, 'having a custom role that can be rewritten'] };
}

export const azureAdministrator = defineTechnique({
  id: 'azure-administrator',
  title: 'Is administrator of an Azure scope',
  class: 'cloud',
  walked: true,
  from: ['azure-grant'],
  to: ['azure-admin'],
  action: 'Gives itself any role there, and so may do anything to everything in the scope.',
  precondition:
    'The role allows Microsoft.Authorization/roleAssignments/write at a management group, subscription or resource group, and its condition, if it has one, lets it assign a privileged role.',
  remediation: 'Take the right to assign roles away, or limit it by a condition to the roles and principals that it is for.',
  coverage: { level: 'partial', misses: 'elevateAccess, which only Global Administrators of Entra ID can use, and directory roles' },
  attck: ['T1098.003'],
  references: [
    'https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged',
    'https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview',
  ],
  find(facts, emit) {
    const index = indexAzure(facts.inventory);
    for (const { grant, node } of eachGrant(facts)) {
      const found = administration(index, grant);
      if (found === undefined) continue;
      const { scope } = grant.assignment;
      const id = `${ID_PREFIX['azure-admin']}:${comparable(scope) || '/'}` as NodeId;
      emit(
        node,
        facts.nodes.internAs(id, { kind: 'azure-admin', name: scopeName(scope) }),
        0,
        found.truth === true ? 'certain' : 'conditional',
      );
    }
  },
  explain(facts, { from }) {
    const grant = grantAt(facts, from);
    const found = administration(indexAzure(facts.inventory), grant);
    if (found === undefined) throw new Error(`azure-administrator: ${grant.key} does not write roles`);
    return {
      evidence: grantEvidence(grant, { actions: [found.action] }),
      ...(found.dependsOn.length === 0 ? {} : { hangsOn: found.dependsOn.join('; ') }),
      fix: {
        says: 'assign a role without the right to assign roles in its place',
        command: command('az', 'role', 'assignment', 'delete', '--ids', grant.assignment.id),
        sideEffect: 'whoever has the role loses the rest of it as well',
      },
    };
  },
});
