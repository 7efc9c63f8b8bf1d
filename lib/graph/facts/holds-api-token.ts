import { opensApiServer, projectedTokens, wasAdmitted, wouldAutomount } from '../../access/pod/token.ts';
import type { Pod, ServiceAccount } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';

/** Whether the pod at a place has a volume with a token for the API server that a container mounts, or would get one once it is admitted. */
export function holdsApiToken({ pods, nodes, inventory }: Facts): (place: number) => boolean {
  const { issuer } = inventory.cluster;
  const holds = pods.perTemplate(({ spec }) => projectedTokens(spec).some(({ token }) => opensApiServer(token.audience, issuer)));
  return (place) => {
    if (holds(place)) return true;
    const pod = pods.pods[place] as Pod;
    return !wasAdmitted(pod) && wouldAutomount(pod.spec, nodes.records[pods.serviceAccount[place] as number] as ServiceAccount | undefined);
  };
}
