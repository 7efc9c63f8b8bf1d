import type { LabelSelector, Pod } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy, NetworkPolicyPort, NetworkPolicyRule } from '../../inventory/network-policy.ts';
import { contains, type IpRange, readIpRange } from '../aws/ip-range.ts';

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

/** Policies by namespace, as a policy only ever selects pods of its own. */
export function policiesByNamespace(policies: readonly NetworkPolicy[]): ReadonlyMap<string, readonly NetworkPolicy[]> {
  const found = new Map<string, NetworkPolicy[]>();
  for (const policy of policies) {
    const list = found.get(policy.namespace);
    if (list === undefined) found.set(policy.namespace, [policy]);
    else list.push(policy);
  }
  return found;
}

/** Whether a selector selects labels; an empty one selects everything. Source: apimachinery `LabelSelectorAsSelector`. */
export function selects({ matchLabels, matchExpressions }: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of matchLabels) if (labels.get(key) !== value) return false;
  return matchExpressions.every(({ key, operator, values }) => {
    const value = labels.get(key);
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    if (operator === 'In') return value !== undefined && values.includes(value);
    // An absent label satisfies NotIn; an operator that does not exist selects nothing.
    return operator === 'NotIn' && (value === undefined || !values.includes(value));
  });
}

/** A policy limits egress where it says so, or says nothing of types and has egress rules. */
const limitsEgress = ({ policyTypes, egress }: NetworkPolicy): boolean =>
  policyTypes.length === 0 ? egress.length > 0 : policyTypes.includes('Egress');

/** A port by number, with its range; a named port is looked up in the pod at the other end, and an address outside has none. */
function portFits({ protocol, port, endPort }: NetworkPolicyPort, wanted: number): boolean {
  if (protocol !== undefined && protocol !== 'TCP') return false;
  if (port === undefined) return true;
  if (!/^\d{1,5}$/.test(port)) return false;
  return endPort === undefined ? Number(port) === wanted : Number(port) <= wanted && wanted <= endPort;
}

function inBlock(range: IpRange, { cidr, except }: { readonly cidr: string; readonly except: readonly string[] }): boolean {
  const holds = (text: string): boolean => {
    const outer = readIpRange(text);
    return outer !== undefined && contains(outer, range);
  };
  return holds(cidr) && !except.some(holds);
}

/** Selectors select pods, and the address is none's: only an IP block or no peer at all lets out to it. */
function letsOut({ ports, peers }: NetworkPolicyRule, range: IpRange, port: number): boolean {
  if (ports.length > 0 && !ports.some((one) => portFits(one, port))) return false;
  return peers.length === 0 || peers.some(({ ipBlock }) => ipBlock !== undefined && inBlock(range, ipBlock));
}

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
  const range = readIpRange(address);
  if (range === undefined) throw new Error(`no address: \`${address}\``);
  const isolating = policies.filter(
    (policy) => policy.namespace === pod.namespace && limitsEgress(policy) && selects(policy.podSelector, pod.labels),
  );
  const open = isolating.filter(({ egress }) => egress.some((rule) => letsOut(rule, range, port)));
  if (isolating.length === 0 || open.length > 0) return { state: 'open', policies: open };
  return { state: 'blocked', policies: isolating };
}
