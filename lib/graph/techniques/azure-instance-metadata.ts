import { egressToAddress } from '../../access/network/egress.ts';
import { PolicyIndex } from '../../access/network/policy-index.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { nodeEvidence, podEvidence } from '../evidence/objects.ts';
import { aksKubeletOf } from '../facts/aks-kubelet.ts';
import { azureIdentityNode } from '../facts/azure-identity-node.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Source: https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service */
const METADATA = { address: '169.254.169.254', port: 80 };
const RESTRICTION = 'the metadata service not being closed to pods (AKS: --enable-imds-restriction), which the data does not say';

/** Machines of a virtual node are containers elsewhere; those of other clouds say so in their ids. */
const isAzureMachine = ({ nodes }: Facts, node: number): boolean => {
  const record = nodes.records[node] as { readonly providerID?: string; readonly labels?: ReadonlyMap<string, string> } | undefined;
  if (record?.labels?.get('type') === 'virtual-kubelet') return false;
  return record?.providerID === undefined || record.providerID.startsWith('azure://');
};

/** What keeps a pod from the service, as far as it is known. */
function hangsOnOf(pod: Pod, facts: Facts): string | undefined {
  if (pod.spec.hostNetwork) return undefined;
  const egress = egressToAddress(policiesOf(facts).selecting(pod), pod, METADATA);
  if (egress.state === 'open') return RESTRICTION;
  const names = egress.policies.map(({ name }) => name).join(', ');
  return `the network plugin not enforcing NetworkPolicy ${pod.namespace}/${names}, which blocks ${METADATA.address}`;
}

const remembered = new WeakMap<Facts['inventory'], PolicyIndex>();

function policiesOf({ inventory }: Facts): PolicyIndex {
  const policies = remembered.get(inventory) ?? new PolicyIndex(inventory.kubernetes.networkPolicies);
  remembered.set(inventory, policies);
  return policies;
}

export const azureInstanceMetadata = defineTechnique({
  id: 'azure-instance-metadata',
  title: "Gets the kubelet's Azure identity from the metadata service",
  class: 'cloud',
  walked: true,
  from: ['node', 'pod'],
  to: ['azure-identity'],
  action: "Asks the instance metadata service at 169.254.169.254 for a token of the node's managed identity.",
  precondition:
    'The node is a machine of the AKS cluster, whose kubelets have a managed identity; a pod reaches the service from the host network, or where neither an enforced NetworkPolicy nor the IMDS restriction of AKS stops it.',
  remediation:
    "Turn on the IMDS restriction of AKS or block 169.254.169.254 by NetworkPolicy, and give the kubelet's identity nothing but AcrPull.",
  coverage: { level: 'partial', misses: 'other identities that add-ons assign to the scale sets of node pools' },
  attck: ['T1552.005'],
  references: ['https://learn.microsoft.com/azure/aks/imds-restriction', 'https://learn.microsoft.com/azure/aks/use-managed-identity'],
  find(facts, emit) {
    const kubelet = aksKubeletOf(facts);
    if (kubelet === undefined) return;
    const { nodes, pods } = facts;
    const to = azureIdentityNode(nodes, kubelet.clientId, kubelet.identity);
    for (let node = 0, { count } = nodes; node < count; node += 1) {
      if (nodes.kinds[node] !== 'node' || !isAzureMachine(facts, node)) continue;
      emit(node, to);
      for (const place of pods.byNode.get(node) ?? []) {
        if (pods.live[place] !== 1) continue;
        const hangsOn = hangsOnOf(pods.pods[place] as Pod, facts);
        emit(pods.node[place] as number, to, 0, hangsOn === undefined ? 'certain' : 'conditional');
      }
    }
  },
  changes({ pods, nodes, workloadOf }, { from, to }) {
    const place = pods.placeOf.get(from);
    if (place === undefined) return [`identity of machines ${nodes.ids[to]}`];
    const workload = workloadOf[place] as number;
    return (pods.pods[place] as Pod).spec.hostNetwork
      ? [`template of ${nodes.ids[workload >= 0 ? workload : from]}`]
      : [`metadata service of the machines of ${nodes.ids[to]}`];
  },
  explain(facts, { from }) {
    const kubelet = aksKubeletOf(facts);
    if (kubelet === undefined) throw new Error('azure-instance-metadata: no identity of the kubelets');
    const place = facts.pods.placeOf.get(from);
    const pod = place === undefined ? undefined : facts.pods.pods[place];
    const hangsOn = pod === undefined ? undefined : hangsOnOf(pod, facts);
    const here: Evidence =
      pod === undefined
        ? nodeEvidence(facts.nodes, from, { kind: 'Node', pointer: '/metadata/name', says: 'is a machine of the cluster' })
        : pod.spec.hostNetwork
          ? podEvidence(pod, '/spec/hostNetwork', "is on the node's network, which no policy holds for")
          : podEvidence(pod, '/spec/nodeName', `runs on ${pod.nodeName}`);
    const pointer = '/properties/identityProfile/kubeletidentity';
    return {
      evidence: [here, { kind: 'AksCluster', name: kubelet.cluster.id, pointer, says: `gives its nodes identity ${kubelet.clientId}` }],
      ...(hangsOn === undefined ? {} : { hangsOn }),
      fix: {
        says: "keep little in the kubelet's identity: whoever is on a node has it; close the metadata service to pods",
        sideEffect: 'pods that use the identity of the node by the metadata service lose it',
      },
    };
  },
});
