import { indexAzure } from '../../access/azure/azure-index.ts';
import { aksClusterOf } from '../../access/azure/injection.ts';
import { command } from '../../access/shell.ts';
import type { AksCluster, AzureIdentity } from '../../inventory/azure.ts';
import { identityNode } from '../facts/azure-grants.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

interface Way {
  readonly to: number;
  /** Object id of the group by which it leads there; undefined: the identity's own name. */
  readonly group?: string;
}

/** The cluster, where it takes tokens of Entra ID. */
function entraCluster({ inventory }: Facts): AksCluster | undefined {
  const cluster = aksClusterOf(inventory);
  return cluster?.aad === undefined ? undefined : cluster;
}

/** Whom a principal is in the cluster: the user of its object id and the groups of theirs, where a binding names them. */
function* waysOf(facts: Facts, cluster: AksCluster, principalId: string): Generator<Way> {
  const { nodes } = facts;
  const own = principalId.toLowerCase();
  const groups = indexAzure(facts.inventory).groupsOf.get(own) ?? [];
  const admins = new Set(cluster.aad?.adminGroups.map((id) => id.toLowerCase()));
  for (const group of groups) if (admins.has(group)) yield { to: nodes.clusterAdmin(), group };
  const user = nodes.indexOf(`user:${own}`);
  if (user !== undefined) yield { to: user };
  for (const group of groups) {
    const node = nodes.indexOf(`group:${group}`);
    if (node !== undefined) yield { to: node, group };
  }
}

export const aksEntraUser = defineTechnique({
  id: 'aks-entra-user',
  title: 'Is a user of the AKS cluster by Entra ID',
  class: 'cloud',
  walked: true,
  from: ['azure-identity'],
  to: ['user', 'group', 'cluster-admin'],
  action: 'Shows the API server a token of Entra ID and is the user of its object id there, in the groups that it is in.',
  precondition:
    'The cluster has Entra integration, and a binding names the object id of the identity or of a group that it is in, or that group is an administrator group of the cluster.',
  remediation: 'Take the object id out of the binding, or the identity out of the group.',
  coverage: { level: 'partial', misses: 'groups whose members were not read' },
  attck: ['T1078.004'],
  references: [
    'https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id',
    'https://learn.microsoft.com/azure/aks/azure-ad-rbac',
  ],
  find(facts, emit) {
    const cluster = entraCluster(facts);
    if (cluster === undefined) return;
    for (const identity of facts.inventory.azure.identities) {
      for (const { to } of identity.principalId === undefined ? [] : waysOf(facts, cluster, identity.principalId))
        emit(identityNode(facts, identity), to);
    }
  },
  explain(facts, { from, to }) {
    const cluster = entraCluster(facts);
    const { principalId = '', name } = facts.nodes.records[from] as AzureIdentity;
    const way = cluster === undefined ? undefined : [...waysOf(facts, cluster, principalId)].find((one) => one.to === to);
    if (cluster === undefined || way === undefined) throw new Error(`aks-entra-user: ${name} is not ${facts.nodes.ids[to]}`);
    const { group } = way;
    const isAdmin = facts.nodes.kinds[to] === 'cluster-admin';
    const integration: Evidence = isAdmin
      ? {
          kind: 'AksCluster',
          name: cluster.id,
          pointer: '/properties/aadProfile/adminGroupObjectIDs',
          says: `makes group ${group} administrator`,
        }
      : {
          kind: 'AksCluster',
          name: cluster.id,
          pointer: '/properties/aadProfile',
          says: 'takes tokens of Entra ID, whose object ids are user names',
        };
    const member: Evidence[] =
      group === undefined ? [] : [{ kind: 'AzureGroup', name: group, pointer: '', says: `has ${name} among its members` }];
    return {
      evidence: [integration, ...member],
      fix:
        group === undefined
          ? { says: `take user ${principalId} out of the bindings of the cluster`, sideEffect: 'the identity loses what they give it' }
          : {
              says: 'take the identity out of the group',
              command: command('az', 'ad', 'group', 'member', 'remove', `--group=${group}`, `--member-id=${principalId}`),
              sideEffect: 'it loses everything else that the group has',
            },
    };
  },
});
