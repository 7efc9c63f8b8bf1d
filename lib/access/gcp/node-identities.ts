import type { GkeCluster, GkeNodePool } from '../../inventory/gcp.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type GcpIndex, indexGcp } from './gcp-index.ts';

/** Who the pods of a node pool are to Google. */
export interface NodePoolIdentity {
  readonly cluster: GkeCluster;
  readonly nodePool: GkeNodePool;
  /** Index in `.nodePools`, for the JSON pointer. */
  readonly place: number;
  /** Pods that are not on the host's network get their own identity; false: every pod acts as the node. */
  readonly workloadIdentity: boolean;
  /** Email of the node's service account, whose tokens hostNetwork pods get in any case; undefined: the project's number is not known. */
  readonly nodeAccount?: string;
  /** Without the scope `cloud-platform` tokens reach only some APIs. */
  readonly fullScope: boolean;
}

const ALL_APIS = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * Who pods are on each node pool that was read. Source: https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity: pods with
 * hostNetwork, and all pods of pools that do not have GKE_METADATA, reach the Compute Engine metadata server.
 */
export function nodePoolIdentities(inventory: Inventory): readonly NodePoolIdentity[] {
  const index = indexGcp(inventory);
  return inventory.gcp.clusters.flatMap((cluster) =>
    cluster.nodePools.map((nodePool, place): NodePoolIdentity => {
      const nodeAccount = accountOf(index, cluster, nodePool);
      const served = cluster.autopilot === true || (cluster.workloadPool !== undefined && nodePool.metadataMode === 'GKE_METADATA');
      return {
        cluster,
        nodePool,
        place,
        workloadIdentity: served,
        ...(nodeAccount === undefined ? {} : { nodeAccount }),
        fullScope: nodePool.oauthScopes.includes(ALL_APIS),
      };
    }),
  );
}

/** `default` is Compute Engine's default account of the project, which is named by the project's number. */
function accountOf(index: GcpIndex, { project }: GkeCluster, { serviceAccount }: GkeNodePool): string | undefined {
  if (serviceAccount !== undefined && serviceAccount !== 'default') return serviceAccount;
  const number = index.projects.get(project)?.number;
  return number === undefined ? undefined : `${number}-compute@developer.gserviceaccount.com`;
}
