import { indexAzure } from '../../access/azure/azure-index.ts';
import { mayTakeOver, takeoverOf } from '../../access/azure/takeover.ts';
import { command } from '../../access/shell.ts';
import type { AzureIdentity } from '../../inventory/azure.ts';
import { eachGrant, grantAt, grantEvidence, identitiesUnder, identityNode } from '../facts/azure-grants.ts';
import { defineTechnique } from './technique.ts';

export const azureEscalation = defineTechnique({
  id: 'azure-escalation',
  title: 'Takes over a managed identity',
  class: 'cloud',
  walked: true,
  from: ['azure-grant'],
  to: ['azure-identity'],
  action: 'Adds a federated credential of its own to the managed identity, gives itself the right to, or runs a machine as it.',
  precondition:
    'The role allows, at the identity or above it, to write federated credentials or role assignments; or to assign the identity, where the attacker can also create or change a machine.',
  remediation:
    'Keep strong identities in resource groups of their own, where nobody else has Contributor, and lock their credentials by a deny assignment or policy.',
  coverage: {
    level: 'partial',
    misses: 'machines and apps that already run as the identity, and applications, whose credentials Entra ID guards',
  },
  attck: ['T1098.001', 'T1548.005'],
  references: [
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust-user-assigned-managed-identity',
    'https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations',
  ],
  find(facts, emit) {
    const index = indexAzure(facts.inventory);
    for (const { grant, node } of eachGrant(facts)) {
      if (!mayTakeOver(grant)) continue;
      for (const identity of identitiesUnder(facts, grant)) {
        const found = takeoverOf(index, grant, identity);
        if (found !== undefined) emit(node, identityNode(facts, identity), 0, found.truth === true ? 'certain' : 'conditional');
      }
    }
  },
  explain(facts, { from, to }) {
    const grant = grantAt(facts, from);
    const identity = facts.nodes.records[to] as AzureIdentity;
    const found = takeoverOf(indexAzure(facts.inventory), grant, identity);
    if (found === undefined) throw new Error(`azure-escalation: ${grant.key} does not take over ${identity.resourceId}`);
    const { takeover, dependsOn } = found;
    const [given, ...more] = grantEvidence(grant, { actions: [takeover.action] });
    return {
      evidence: [
        given,
        ...more,
        {
          kind: 'AzureIdentity',
          name: identity.resourceId,
          pointer: '/id',
          says: `is, or lies below, the scope ${grant.assignment.scope}`,
        },
      ],
      ...(dependsOn.length === 0 ? {} : { hangsOn: dependsOn.join('; ') }),
      fix: {
        says: `take ${takeover.action} over the identity away: whoever has it ${takeover.does}`,
        command: command('az', 'role', 'assignment', 'delete', '--ids', grant.assignment.id),
        sideEffect: 'whoever has the role there loses the rest of it as well',
      },
    };
  },
});
