import { indexAzure } from '../../access/azure/azure-index.ts';
import { aksClusterOf } from '../../access/azure/injection.ts';
import type { AksCluster, AzureIdentity } from '../../inventory/azure.ts';
import type { Facts } from './facts.ts';

export interface AksKubelet {
  readonly cluster: AksCluster;
  readonly clientId: string;
  readonly identity?: AzureIdentity;
}

/** The identity that the kubelets of the AKS cluster have, which the metadata service hands to whoever asks on a node; undefined: none is known. */
export function aksKubeletOf({ inventory }: Facts): AksKubelet | undefined {
  const cluster = aksClusterOf(inventory);
  const kubelet = cluster?.kubeletIdentity;
  if (cluster === undefined || kubelet === undefined) return undefined;
  const identity = indexAzure(inventory).identities.get(kubelet.resourceId?.toLowerCase() ?? '');
  const clientId = identity?.clientId ?? kubelet.clientId;
  return clientId === undefined ? undefined : { cluster, clientId, ...(identity === undefined ? {} : { identity }) };
}
