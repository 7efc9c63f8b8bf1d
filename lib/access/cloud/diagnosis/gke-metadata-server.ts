import type { GkeCluster, GkeNodePool } from '../../../inventory/gcp.ts';
import type { Pod } from '../../../inventory/kubernetes.ts';
import { command } from '../../shell.ts';
import { type ChainFacts, counted, podsEvidence } from './chain-facts.ts';
import type { Finding, Remedy } from './diagnosis.ts';

const POOL_LABEL = 'cloud.google.com/gke-nodepool';

/**
 * GKE's metadata server stands between the pods and the node's identity: on in the node pools where they run, and not passed by through
 * the host's network. Source: https://docs.cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#metadata_server
 */
export function metadataServerFinding(facts: ChainFacts): Finding {
  const { world, pods } = facts;
  const { gcp, cluster } = world.inventory;
  const gke = gcp.clusters.find(({ selfLink }) => selfLink === cluster.gkeSelfLink);
  const onHost = pods.filter(({ spec }) => spec.hostNetwork);
  if (onHost.length > 0)
    return {
      status: 'failed',
      says: `${counted(onHost.length, 'pod')} ${onHost.length === 1 ? 'uses' : 'use'} the host's network and so meets the node's own metadata server: it acts as the node's service account.`,
      evidence: podsEvidence(onHost, '/spec/hostNetwork', 'is true'),
      fix: { says: 'take hostNetwork: true out of the pod template' },
    };
  if (gke === undefined) return unknown('Which GKE cluster this is is not known, so neither is what its node pools serve.');
  if (gke.autopilot === true) return ok('Autopilot always serves GKE metadata.', gke);
  const plain = gke.nodePools.filter(({ metadataMode }) => metadataMode !== 'GKE_METADATA');
  if (gke.nodePools.length === 0) return unknown('The node pools of the cluster were not read.');
  if (plain.length === 0) return ok('Every node pool serves GKE metadata.', gke);
  const caught = pods.filter((pod) => plain.some(({ name }) => name === poolOf(facts, pod)));
  if (caught.length > 0 || plain.length === gke.nodePools.length) return withoutMetadata(gke, plain, caught);
  const known = pods.filter((pod) => poolOf(facts, pod) !== undefined);
  if (pods.length > 0 && known.length === pods.length) return ok('The node pools where its pods run serve GKE metadata.', gke);
  return {
    status: 'unknown',
    says: `Pods that land on node pool ${plain.map(({ name }) => `\`${name}\``).join(', ')} act as the node's service account; where these run is not known.`,
    evidence: poolEvidence(gke, plain),
    fix: enable(gke, plain[0] as GkeNodePool),
  };
}

const unknown = (says: string): Finding => ({ status: 'unknown', says, evidence: [] });

const ok = (says: string, gke: GkeCluster): Finding => ({
  status: 'ok',
  says,
  evidence: [{ kind: 'GkeCluster', name: gke.selfLink, pointer: '/nodePools', says }],
});

/** The node pool that a pod runs on or asks for. */
function poolOf({ world }: ChainFacts, pod: Pod): string | undefined {
  const node = pod.nodeName === undefined ? undefined : world.nodes.get(pod.nodeName);
  return node?.labels.get(POOL_LABEL) ?? pod.spec.nodeSelector.get(POOL_LABEL);
}

function poolEvidence(gke: GkeCluster, pools: readonly GkeNodePool[]): Finding['evidence'] {
  return pools.slice(0, 3).map((pool) => ({
    kind: 'GkeCluster',
    name: gke.selfLink,
    pointer: `/nodePools/${gke.nodePools.indexOf(pool)}/config/workloadMetadataConfig/mode`,
    says: `is ${pool.metadataMode ?? 'not set'} in \`${pool.name}\``,
  }));
}

function enable(gke: GkeCluster, pool: GkeNodePool): Remedy {
  const words = [`--cluster=${gke.name}`, `--location=${gke.location}`, `--project=${gke.project}`, '--workload-metadata=GKE_METADATA'];
  return {
    says: 'let the node pool serve GKE metadata',
    command: command('gcloud', 'container', 'node-pools', 'update', pool.name, ...words),
    sideEffect: 'its nodes are made anew, and pods there lose the identity of the node',
  };
}

function withoutMetadata(gke: GkeCluster, pools: readonly GkeNodePool[], pods: readonly Pod[]): Finding {
  const [pool] = pools as [GkeNodePool];
  const who = pods.length === 0 ? 'every pod' : counted(pods.length, 'pod');
  return {
    status: 'failed',
    says: `Node pool \`${pool.name}\` does not serve GKE metadata: ${who} there acts as the node's service account${pool.serviceAccount === undefined ? '' : ` \`${pool.serviceAccount}\``}, whatever the annotation says.`,
    evidence: [...poolEvidence(gke, [pool]), ...podsEvidence(pods, '/spec/nodeName', `runs in node pool \`${pool.name}\``)],
    fix: enable(gke, pool),
  };
}
