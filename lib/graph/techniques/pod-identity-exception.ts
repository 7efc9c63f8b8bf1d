import { objectEvidence, podEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { aksKubeletOf } from '../facts/aks-kubelet.ts';
import { azureIdentityNode } from '../facts/azure-identity-node.ts';
import { eachComposed } from '../facts/composed.ts';
import type { Facts } from '../facts/facts.ts';
import type { AnyOf } from '../facts/rights.ts';
import { isEverywhere } from '../facts/scopes.ts';
import { CREATE_WORKLOAD } from '../facts/workload-rights.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

const GROUP = 'aadpodidentity.k8s.io';
const exceptions = (...verbs: string[]): AnyOf => [{ verbs, apiGroup: GROUP, resource: 'azurepodidentityexceptions' }];
const WRITE = exceptions('create', 'update', 'patch');
const READ = exceptions('get', 'list', 'watch');

const HANGS_ON =
  'the node-managed identity component (NMI) of AAD pod identity being what keeps pods from the metadata service, and nothing else: no NetworkPolicy, no IMDS restriction of AKS';
const THERE = `${HANGS_ON}; an AzurePodIdentityException being there, whose labels the pod can take`;

/** A pod that lives in the scope and runs as the account: its labels are those that an exception can name. */
function ownPod({ pods, nodes }: Facts, account: number, scope: string): Evidence | undefined {
  if (nodes.kinds[account] !== 'service-account') return undefined;
  const namespace = nodes.namespaces[account] as string;
  if (!isEverywhere(scope) && scope !== namespace) return undefined;
  for (const place of pods.byNamespace.get(namespace) ?? []) {
    const pod = pods.pods[place];
    if (pod !== undefined && pods.serviceAccount[place] === account && pods.live[place] === 1)
      return podEvidence(pod, '/spec/serviceAccountName', 'runs as it, and an exception can name its labels');
  }
  return undefined;
}

export const podIdentityException = defineTechnique({
  id: 'pod-identity-exception',
  title: 'Excepts its pod from AAD pod identity',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['azure-identity'],
  action:
    "Writes an AzurePodIdentityException for the labels of its pod, or takes the labels of one that is there, and gets the kubelet's identity from the metadata service.",
  precondition:
    'On AKS with AAD pod identity: `create`, `update` or `patch` on azurepodidentityexceptions in a namespace with a pod of its own or with the right to make one; or `get`, `list` or `watch` on them and the right to make a pod.',
  remediation: 'Move to workload identity and remove AAD pod identity; it is archived since 2023.',
  coverage: {
    level: 'partial',
    misses: 'identities other than that of the kubelets; pods that it controls by another way than making them',
  },
  attck: ['T1552.005'],
  references: [
    'https://azure.github.io/aad-pod-identity/docs/configure/application_exception/',
    'https://github.com/Azure/aad-pod-identity',
  ],
  find(facts, emit) {
    const crd = facts.inventory.kubernetes.customResourceDefinitions.find(
      ({ group, plural }) => group === GROUP && plural === 'azurepodidentityexceptions',
    );
    const kubelet = aksKubeletOf(facts);
    if (crd === undefined || kubelet === undefined) return;
    const target = azureIdentityNode(facts.nodes, kubelet.clientId, kubelet.identity);
    const also = [
      objectEvidence('CustomResourceDefinition', crd, '/spec/names/plural', 'AAD pod identity is installed'),
      {
        kind: 'AksCluster',
        name: kubelet.cluster.id,
        pointer: '/properties/identityProfile/kubeletidentity',
        says: `gives its nodes identity ${kubelet.clientId}`,
      },
    ];
    emitAll(facts, emit, { target, also });
  },
  ...proven,
});

function emitAll(facts: Facts, emit: Emit, { target, also }: { target: number; also: readonly Evidence[] }): void {
  facts.eachHolding(WRITE, ({ node }, { scope, name, by }) => {
    const pod = ownPod(facts, node, scope);
    if (pod === undefined) return;
    const hangsOn = name === undefined ? HANGS_ON : THERE;
    emit(node, target, facts.keep({ parts: [{ rights: WRITE, by }], also: [...also, pod], hangsOn }), 'conditional');
  });
  const make = { rights: CREATE_WORKLOAD };
  for (const { rights, hangsOn } of [
    { rights: WRITE, hangsOn: HANGS_ON },
    { rights: READ, hangsOn: THERE },
  ])
    eachComposed(facts, [{ rights }, make], ({ node }, { parts }) =>
      emit(node, target, facts.keep({ parts, also, hangsOn }), 'conditional'),
    );
}
