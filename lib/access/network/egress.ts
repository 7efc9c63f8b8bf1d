import type { Pod } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy } from '../../inventory/network-policy.ts';
import { readIpRange } from '../aws/ip-range.ts';
import { isolates, peersFit, portFits } from './policy-rules.ts';
import { selects } from './selects.ts';

export { selects } from './selects.ts';

/**
 * What NetworkPolicies make of a connection from a pod to an address outside of the cluster: `open`: no policy isolates the pod for
 * egress, or one of those that do lets it out; `blocked`: those that do let nothing out to there. Whether anybody enforces policies is
 * the network plugin's business.
 */
export type EgressState = 'open' | 'blocked';

export interface EgressAnswer {
  readonly state: EgressState;
  /** The policies that isolate the pod for egress; of an open way only those that let it out. */
  readonly policies: readonly NetworkPolicy[];
}

/** Where the pod wants to go: an IPv4 or IPv6 address that no pod has, and a port by TCP. */
export interface Destination {
  readonly address: string;
  readonly port: number;
}

/** A namespace's labels only ever decide about pods, and the address is none's. */
const labelsOf = (): undefined => undefined;

/**
 * Whether policies let a pod reach an address outside of the cluster. Policies add up: one that lets it out is enough, and none that
 * isolates it lets it out as well. Pods on the host's network are not subject to policies; ask for them not.
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/ and k8s.io/api/networking/v1/types.go
 */
export function egressToAddress(
  policies: readonly NetworkPolicy[],
  pod: Pick<Pod, 'namespace' | 'labels'>,
  { address, port }: Destination,
): EgressAnswer {
  if (readIpRange(address) === undefined) throw new Error(`no address: \`${address}\``);
  const end = { addresses: { within: [address] } };
  const isolating = policies.filter(
    (policy) => policy.namespace === pod.namespace && isolates(policy, 'egress') && selects(policy.podSelector, pod.labels),
  );
  const open = isolating.filter((policy) =>
    policy.egress.some(
      (rule) =>
        (rule.ports.length === 0 || rule.ports.some((one) => portFits(one, { port, protocol: 'TCP' }, []))) &&
        peersFit(rule, end, { policy, labelsOf }) === 'yes',
    ),
  );
  if (isolating.length === 0 || open.length > 0) return { state: 'open', policies: open };
  return { state: 'blocked', policies: isolating };
}
