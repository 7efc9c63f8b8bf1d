import { gkeCluster } from '../../access/gcp/gke-cluster.ts';
import { type NodePoolIdentity, nodePoolIdentities } from '../../access/gcp/node-identities.ts';
import type { Node, Pod } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';

/**
 * Whose credentials the metadata server gives: `own`: the service account's; `node`: the node's service account's; `either`: nothing says on
 * which node pool it runs.
 */
export type MetadataServer = 'own' | 'node' | 'either';

/** Node pools of the cluster at hand, and which one a node is of. */
export interface GkeNodes {
  readonly pools: readonly NodePoolIdentity[];
  /** Place in `pools`; undefined: not known. */
  poolOf(node: number): number | undefined;
  /** What a pod's metadata server gives. */
  metadataOf(place: number): MetadataServer;
}

const POOL_LABEL = 'cloud.google.com/gke-nodepool';
// GKE puts it on nodes whose pods meet the GKE metadata server. Source: gke-metadata-server's DaemonSet selects by it.
const SERVED_LABEL = 'iam.gke.io/gke-metadata-server-enabled';

const remembered = new WeakMap<Facts, GkeNodes>();

/** Made once per graph; without pools where the cluster was not read. */
export function gkeNodes(facts: Facts): GkeNodes {
  const known = remembered.get(facts);
  if (known !== undefined) return known;
  const { inventory, nodes, pods } = facts;
  const cluster = gkeCluster(inventory);
  const pools = nodePoolIdentities(inventory).filter((pool) => pool.cluster === cluster);
  const byName = new Map(pools.map(({ nodePool }, place) => [nodePool.name, place]));
  const poolOf = (node: number): number | undefined => {
    const label = (nodes.records[node] as Node | undefined)?.labels.get(POOL_LABEL);
    return label === undefined ? (pools.length === 1 ? 0 : undefined) : byName.get(label);
  };
  const common = commonOf(pools);
  const made: GkeNodes = {
    pools,
    poolOf,
    metadataOf(place) {
      if ((pods.pods[place] as Pod).spec.hostNetwork) return 'node';
      const node = pods.scheduledOn[place] as number;
      const pool = node < 0 ? undefined : poolOf(node);
      if (pool !== undefined) return pools[pool]?.workloadIdentity === true ? 'own' : 'node';
      const served = node < 0 ? undefined : (nodes.records[node] as Node | undefined)?.labels.get(SERVED_LABEL);
      return served === 'true' ? 'own' : common;
    },
  };
  remembered.set(facts, made);
  return made;
}

/** What all pools of the cluster have in common, for pods whose node is not known. */
function commonOf(pools: readonly NodePoolIdentity[]): MetadataServer {
  if (pools.length > 0 && pools.every(({ workloadIdentity }) => workloadIdentity)) return 'own';
  return pools.length > 0 && pools.every(({ workloadIdentity }) => !workloadIdentity) ? 'node' : 'either';
}

/** What stays open of a pod whose node pool is not known. */
export const POOL_UNKNOWN = 'the node pool that the pod runs on: only with workload metadata mode GKE_METADATA it gets its own identity';
