import { egressToAddress } from '../../access/network/egress.ts';
import { PolicyIndex } from '../../access/network/policy-index.ts';
import { command } from '../../access/shell.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { nodeEvidence, podEvidence } from '../evidence/objects.ts';
import type { Facts } from '../facts/facts.ts';
import { gsaNode } from '../facts/gcp-world.ts';
import { gkeNodes, POOL_UNKNOWN } from '../facts/gke-nodes.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

/** Address and port of Compute Engine's metadata server. Source: https://cloud.google.com/compute/docs/metadata/querying-metadata */
const METADATA = { address: '169.254.169.254', port: 80 };

/** Names of the network policies that keep a pod from the metadata server; empty: none does, or none holds for it. */
function blockedBy(facts: Facts): (pod: Pod) => readonly string[] {
  const index = new PolicyIndex(facts.inventory.kubernetes.networkPolicies);
  return (pod) => {
    if (pod.spec.hostNetwork) return [];
    const answer = egressToAddress(index.selecting(pod), pod, METADATA);
    return answer.state === 'blocked' ? answer.policies.map(({ name }) => name) : [];
  };
}

/** Pools whose account a pod may meet: that of its node, else of all that do not serve identities of their own. */
function poolsOf(facts: Facts, place: number): readonly number[] {
  const { pools, poolOf } = gkeNodes(facts);
  const node = facts.pods.scheduledOn[place] as number;
  const own = node < 0 ? undefined : poolOf(node);
  if (own !== undefined) return [own];
  const host = (facts.pods.pods[place] as Pod).spec.hostNetwork;
  return [...pools.keys()].filter((pool) => host || pools[pool]?.workloadIdentity === false);
}

const LIMITED = "the node pool's OAuth scopes, which do not include cloud-platform: the token opens only some APIs";

interface Way {
  readonly from: number;
  readonly pool: number;
  readonly blocking: (pod: Pod) => readonly string[];
}

function hangsOnOf(facts: Facts, { from, pool, blocking }: Way): readonly string[] {
  const scopes = gkeNodes(facts).pools[pool]?.fullScope === true ? [] : [LIMITED];
  const place = facts.pods.placeOf.get(from);
  if (place === undefined) return scopes;
  const pod = facts.pods.pods[place] as Pod;
  const node = facts.pods.scheduledOn[place] as number;
  const unplaced = (node < 0 ? undefined : gkeNodes(facts).poolOf(node)) === undefined ? [POOL_UNKNOWN] : [];
  const names = blocking(pod);
  const blocked = names.length === 0 ? [] : [`the network plugin not enforcing NetworkPolicy ${pod.namespace}/${names.join(', ')}`];
  return [...unplaced, ...blocked, ...scopes];
}

function emitNodes(facts: Facts, emit: Emit): void {
  const { nodes } = facts;
  const { pools, poolOf } = gkeNodes(facts);
  for (let node = 0, { count } = nodes; node < count; node += 1) {
    const place = nodes.kinds[node] === 'node' ? poolOf(node) : undefined;
    const pool = place === undefined ? undefined : pools[place];
    if (pool?.nodeAccount !== undefined) emit(node, gsaNode(facts, pool.nodeAccount), place, pool.fullScope ? 'certain' : 'conditional');
  }
}

function emitPods(facts: Facts, emit: Emit): void {
  const { pods } = facts;
  const { pools, metadataOf } = gkeNodes(facts);
  const blocking = blockedBy(facts);
  for (const place of pods.pods.keys()) {
    const server = pods.live[place] === 1 ? metadataOf(place) : 'own';
    const from = pods.node[place] as number;
    for (const pool of server === 'own' ? [] : poolsOf(facts, place)) {
      const account = pools[pool]?.nodeAccount;
      const on = account === undefined ? [] : hangsOnOf(facts, { from, pool, blocking });
      if (account !== undefined) emit(from, gsaNode(facts, account), pool, on.length === 0 ? 'certain' : 'conditional');
    }
  }
}

export const gcpInstanceMetadata = defineTechnique({
  id: 'gcp-instance-metadata',
  title: "Gets the node's Google service account from the metadata server",
  class: 'cloud',
  walked: true,
  from: ['node', 'pod'],
  to: ['gcp-service-account'],
  action: "Asks the metadata server at 169.254.169.254 for a token of the node pool's service account.",
  precondition:
    'Root on the node; or a pod on the host network, or on a node pool without workload metadata mode GKE_METADATA, that no enforced NetworkPolicy keeps from the address.',
  remediation: 'Set GKE_METADATA on every node pool, and give nodes a service account with the least roles.',
  coverage: { level: 'partial', misses: 'clusters whose node pools were not read, and firewalls on the node' },
  attck: ['T1552.005'],
  references: ['https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#metadata_server'],
  find(facts, emit) {
    if (gkeNodes(facts).pools.length === 0) return;
    emitNodes(facts, emit);
    emitPods(facts, emit);
  },
  changes(facts, { from, detail }) {
    const place = facts.pods.placeOf.get(from);
    const pool = gkeNodes(facts).pools[detail];
    if (place === undefined || pool === undefined) return [];
    const workload = facts.workloadOf[place] as number;
    return (facts.pods.pods[place] as Pod).spec.hostNetwork
      ? [`template of ${facts.nodes.ids[workload >= 0 ? workload : from]}`]
      : [`workload metadata of ${pool.cluster.selfLink}/nodePools/${pool.nodePool.name}`];
  },
  explain(facts, { from, detail: pool }) {
    const found = gkeNodes(facts).pools[pool];
    if (found === undefined) throw new Error(`gcp-instance-metadata: no node pool behind ${facts.nodes.ids[from]}`);
    const { cluster, nodePool, place: at, nodeAccount } = found;
    const place = facts.pods.placeOf.get(from);
    const pod = place === undefined ? undefined : (facts.pods.pods[place] as Pod);
    const who: Evidence =
      pod === undefined
        ? nodeEvidence(facts.nodes, from, { kind: 'Node', pointer: '/metadata/labels', says: `is of node pool ${nodePool.name}` })
        : pod.spec.hostNetwork
          ? podEvidence(pod, '/spec/hostNetwork', "is on the node's network, where Compute Engine's metadata server answers")
          : podEvidence(pod, '/spec/nodeName', `runs on ${pod.nodeName ?? 'a node'} of node pool ${nodePool.name}`);
    const hangsOn = hangsOnOf(facts, { from, pool, blocking: blockedBy(facts) });
    return {
      evidence: [
        who,
        {
          kind: 'GkeCluster',
          name: cluster.selfLink,
          pointer: `/nodePools/${at}/config`,
          says: `serviceAccount ${nodePool.serviceAccount ?? 'default'} (${nodeAccount}), workload metadata mode ${nodePool.metadataMode ?? 'not set'}`,
        },
      ],
      ...(hangsOn.length === 0 ? {} : { hangsOn: hangsOn.join('; ') }),
      fix: {
        says: 'serve pods their own identity, and give the node pool a service account with the least roles',
        command: command(
          'gcloud',
          'container',
          'node-pools',
          'update',
          nodePool.name,
          `--cluster=${cluster.name}`,
          `--location=${cluster.location}`,
          `--project=${cluster.project}`,
          '--workload-metadata=GKE_METADATA',
        ),
        sideEffect: "pods that use the node's service account by the metadata server lose it; nodes are made anew",
      },
    };
  },
});
