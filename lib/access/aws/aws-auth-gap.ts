import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { isUnread } from '../../inventory/unread-list.ts';

/** What kubectl says of a ConfigMap that is not there is an answer too. */
const EXPORT = 'kubectl get configmap aws-auth -n kube-system -o json > aws-auth.json 2>&1';

/**
 * The gap of an EKS cluster, by its record or its version (`v1.33.4-eks-1de2ab1`), of whose ConfigMap kube-system/aws-auth nothing was read, not even that
 * there is none: a list of identities that it lets in. Undefined where it was read, has a gap already, or is not asked.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html (authentication mode `API`)
 */
export function awsAuthGap(inventory: Inventory): Omit<Gap, 'id'> | undefined {
  const { aws, cluster, kubernetes } = inventory;
  const record = aws.eksClusters.find(({ arn }) => arn === cluster.eksClusterArn);
  const isEks = record !== undefined || (cluster.version ?? '').includes('-eks-');
  if (!isEks || record?.authenticationMode === 'API' || kubernetes.awsAuth !== undefined || isUnread(inventory, 'configmaps'))
    return undefined;
  return {
    source: 'kubernetes',
    what: 'ConfigMap kube-system/aws-auth',
    resources: ['configmaps'],
    namespaces: ['kube-system'],
    why: 'nothing was read of it, not even that it is not there; so which AWS identities it lets into the cluster is not known',
    remedy: `add it to the snapshot's folder with \`${EXPORT}\``,
    command: EXPORT,
  };
}
