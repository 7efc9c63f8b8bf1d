import type { PodIdentityAssociation } from '../../../inventory/aws.ts';
import { hasEnded } from '../../../inventory/has-ended.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import type { Namespace, Node, Pod, ServiceAccount, Workload } from '../../../inventory/kubernetes.ts';
import type { NetworkPolicy } from '../../../inventory/network-policy.ts';
import { associationsOf } from '../../aws/pod-identity-links.ts';
import { projectedTokens } from '../../pod/token.ts';
import type { CloudLink } from '../link.ts';

/** What diagnoses of one inventory share, indexed once. Keys are `namespace/name`. */
export interface DiagnosisWorld {
  readonly inventory: Inventory;
  readonly accounts: ReadonlyMap<string, ServiceAccount>;
  readonly links: ReadonlyMap<string, readonly CloudLink[]>;
  readonly associations: ReadonlyMap<string, readonly PodIdentityAssociation[]>;
  /** Pods by their service account; those that have ended are left out. */
  readonly pods: ReadonlyMap<string, readonly Pod[]>;
  /** Controllers whose pods run as it. */
  readonly workloads: ReadonlyMap<string, readonly Workload[]>;
  /** Controllers by `namespace/Kind/name`. */
  readonly controllers: ReadonlyMap<string, Workload>;
  readonly nodes: ReadonlyMap<string, Node>;
  /** `namespace/name` of the Secrets that were read. */
  readonly secrets: ReadonlySet<string>;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  /** By namespace. */
  readonly networkPolicies: ReadonlyMap<string, readonly NetworkPolicy[]>;
  /** An admitted pod per audience that holds a token for it: proof that something hands them out. */
  readonly holders: ReadonlyMap<string, Pod>;
  /** Names of nodes on which a Pod Identity agent runs. */
  readonly agentNodes: ReadonlySet<string>;
  /** How many bindings or assignments name a Google member or an Azure principal. */
  readonly grants: ReadonlyMap<string, number>;
}

const AGENT = 'eks-pod-identity-agent';

/** Whether the API server has admitted the pod and it has not ended: then it holds what webhooks put into it. */
export const isAdmitted = (pod: Pod): boolean => pod.uid !== undefined;

/** Indexes an inventory and its links; the cost is one pass over each list. */
export function diagnosisWorld(inventory: Inventory, links: readonly CloudLink[]): DiagnosisWorld {
  const { kubernetes } = inventory;
  const pods = kubernetes.pods.filter((pod) => !hasEnded(pod));
  const agents = pods.filter(
    (pod) => pod.namespace === 'kube-system' && (pod.owner?.name === AGENT || pod.labels.get('app.kubernetes.io/name') === AGENT),
  );
  return {
    inventory,
    accounts: new Map(kubernetes.serviceAccounts.map((account) => [`${account.namespace}/${account.name}`, account])),
    links: Map.groupBy(links, ({ serviceAccount }) => serviceAccount),
    associations: Map.groupBy(associationsOf(inventory), ({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`),
    pods: Map.groupBy(pods, ({ namespace, spec }) => `${namespace}/${spec.serviceAccountName}`),
    workloads: Map.groupBy(kubernetes.workloads, ({ namespace, spec }) => `${namespace}/${spec.serviceAccountName}`),
    controllers: new Map(kubernetes.workloads.map((one) => [`${one.namespace}/${one.kind}/${one.name}`, one])),
    nodes: new Map(kubernetes.nodes.map((node) => [node.name, node])),
    secrets: new Set(kubernetes.secrets.map(({ namespace, name }) => `${namespace}/${name}`)),
    namespaces: new Map(kubernetes.namespaces.map((namespace) => [namespace.name, namespace])),
    networkPolicies: Map.groupBy(kubernetes.networkPolicies, ({ namespace }) => namespace),
    holders: holdersOf(pods),
    agentNodes: new Set(agents.flatMap(({ nodeName, phase }) => (nodeName === undefined || phase !== 'Running' ? [] : [nodeName]))),
    grants: grantsOf(inventory),
  };
}

function holdersOf(pods: readonly Pod[]): Map<string, Pod> {
  const found = new Map<string, Pod>();
  const seen = new Set<Pod['spec']>();
  for (const pod of pods) {
    if (!isAdmitted(pod) || seen.has(pod.spec)) continue;
    seen.add(pod.spec);
    for (const { token } of projectedTokens(pod.spec)) {
      if (token.audience !== undefined && !found.has(token.audience)) found.set(token.audience, pod);
    }
  }
  return found;
}

function grantsOf({ gcp, azure }: Inventory): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const policy of gcp.policies) for (const binding of policy.bindings) for (const member of binding.members) count(member);
  for (const assignment of azure.roleAssignments) count(assignment.principalId.toLowerCase());
  return counts;
}
