import { indexAzure } from '../../access/azure/azure-index.ts';
import { type ClusterReach, clusterReaches } from '../../access/azure/cluster-access.ts';
import { aksClusterOf } from '../../access/azure/injection.ts';
import { encloses } from '../../access/azure/resource-scope.ts';
import { command } from '../../access/shell.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import { eachGrant, grantAt, grantEvidence } from '../facts/azure-grants.ts';
import { everything, hasAny } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { reachedByPodAuthor } from '../facts/pod-author.ts';
import type { Certainty } from '../kinds.ts';
import { defineTechnique } from './technique.ts';

interface Target {
  readonly target: number;
  readonly certainty: Certainty;
}

/** The nodes of the graph that a way into the cluster leads to. */
function* targetsOf(facts: Facts, { reach, namespace = '', below, hangsOn }: ClusterReach): Generator<Target> {
  const certainty = hangsOn.length === 0 ? 'certain' : 'conditional';
  if (reach === 'cluster-admin') yield { target: facts.nodes.clusterAdmin(), certainty };
  else if (reach === 'namespace-admin') yield { target: everything(facts, 'namespace-admin', namespace), certainty };
  else if (reach === 'secrets') {
    if (hasAny(facts, 'all-secrets', namespace)) yield { target: everything(facts, 'all-secrets', namespace), certainty };
  } else if (reach === 'pods') {
    for (const found of reachedByPodAuthor(facts, namespace)) yield certainty === 'certain' ? found : { ...found, certainty };
  } else if (below === undefined) {
    if (facts.inventory.kubernetes.nodes.length > 0) yield { target: everything(facts, 'all-nodes', ''), certainty };
  } else for (const node of machinesBelow(facts, below)) yield { target: node, certainty };
}

/** Nodes whose machine lies below a resource: `azure:///subscriptions/…/virtualMachineScaleSets/NAME/virtualMachines/0`. */
function* machinesBelow({ inventory, nodes }: Facts, scope: string): Generator<number> {
  for (const { name, providerID } of inventory.kubernetes.nodes as readonly Node[]) {
    const id = providerID?.startsWith('azure://') ? providerID.slice('azure://'.length) : undefined;
    const node = nodes.indexOf(`node:${name}`);
    if (id !== undefined && node !== undefined && encloses(scope, id)) yield node;
  }
}

/** The first way that leads from a grant to a node, certain ones before others. */
function wayTo(facts: Facts, from: number, to: number): ClusterReach | undefined {
  const cluster = aksClusterOf(facts.inventory);
  const reaches = cluster === undefined ? [] : clusterReaches(indexAzure(facts.inventory), grantAt(facts, from), cluster);
  return reaches.find((reach) => [...targetsOf(facts, reach)].some(({ target }) => target === to));
}

export const aksAccess = defineTechnique({
  id: 'aks-access',
  title: 'Gets into the AKS cluster by an Azure role',
  class: 'cloud',
  walked: true,
  from: ['azure-grant'],
  to: ['cluster-admin', 'namespace-admin', 'all-secrets', 'all-service-accounts', 'all-nodes', 'node'],
  action: "Downloads the cluster's admin credential, runs commands in the cluster or on its machines, or uses Azure RBAC for Kubernetes.",
  precondition:
    'The role allows at the cluster or above: listing its credentials while local accounts are on, running commands, assigning roles, data actions where the cluster asks Azure RBAC; or running commands on machines in its node resource group.',
  remediation:
    'Turn local accounts off, ask Azure RBAC or Kubernetes RBAC for users of Entra ID, and keep Contributor away from the cluster and its node resource group.',
  coverage: {
    level: 'partial',
    misses: 'whether a private or firewalled API server can be reached, and what a changed cluster would allow',
  },
  attck: ['T1078.004', 'T1651'],
  references: [
    'https://learn.microsoft.com/azure/aks/control-kubeconfig-access',
    'https://learn.microsoft.com/azure/aks/manage-azure-rbac',
    'https://learn.microsoft.com/azure/virtual-machines/run-command-overview',
  ],
  find(facts, emit) {
    const cluster = aksClusterOf(facts.inventory);
    if (cluster === undefined) return;
    const index = indexAzure(facts.inventory);
    for (const { grant, node } of eachGrant(facts)) {
      for (const reach of clusterReaches(index, grant, cluster))
        for (const { target, certainty } of targetsOf(facts, reach)) emit(node, target, 0, certainty);
    }
  },
  explain(facts, { from, to, certainty }) {
    const grant = grantAt(facts, from);
    const cluster = aksClusterOf(facts.inventory);
    const way = wayTo(facts, from, to);
    if (way === undefined || cluster === undefined) throw new Error(`aks-access: ${grant.key} does not lead to ${facts.nodes.ids[to]}`);
    const [given, ...more] = grantEvidence(grant, { actions: way.actions, plane: way.plane });
    const ofNodes = way.reach === 'nodes';
    const ofPod = way.reach === 'pods' ? reachedByPodAuthor(facts, way.namespace ?? '').find(({ target }) => target === to) : undefined;
    const hangsOn = [...way.hangsOn, ...(ofPod?.hangsOn === undefined ? [] : [ofPod.hangsOn])].join('; ');
    return {
      evidence: [
        given,
        ...more,
        {
          kind: 'AksCluster',
          name: cluster.id,
          pointer: ofNodes ? '/properties/nodeResourceGroup' : '/id',
          says: ofNodes ? `keeps its machines in resource group ${cluster.nodeResourceGroup}` : 'is the cluster that these objects are of',
        },
      ],
      ...(certainty === 'conditional' ? { hangsOn } : {}),
      fix: {
        says: `take the right away: whoever has the role ${way.does}`,
        command: command('az', 'role', 'assignment', 'delete', '--ids', grant.assignment.id),
        sideEffect: 'whoever has the role there loses the rest of it as well',
      },
    };
  },
});
