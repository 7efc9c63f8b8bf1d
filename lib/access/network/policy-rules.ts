import type { ContainerPort, StringMap } from '../../inventory/kubernetes.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicyRule } from '../../inventory/network-policy.ts';
import { type AddressSet, coverageOf } from './address-set.ts';
import { selects, selectsKnown } from './selects.ts';

/** A pod as one end of a connection. */
export interface PodEnd {
  readonly namespace: string;
  readonly name: string;
  readonly labels: StringMap;
  readonly hostNetwork: boolean;
  /** Of its containers, for ports by name. */
  readonly ports: readonly ContainerPort[];
  readonly node?: string;
  /** `.status.podIP` */
  readonly address?: string;
}

/** Addresses that no pod has, as one end of a connection: one, or whole networks. */
export type End = { readonly pod: PodEnd } | { readonly addresses: AddressSet };

export type Fit = 'yes' | 'no' | 'unknown';
export type Direction = 'ingress' | 'egress';

/** Labels of a namespace; undefined: it was not read. */
export type NamespaceLabels = (namespace: string) => StringMap | undefined;

/** Whether a policy isolates the pods that it selects. Source: k8s.io/api/networking/v1/types.go, `PolicyTypes`. */
export function isolates({ policyTypes, egress }: NetworkPolicy, direction: Direction): boolean {
  if (policyTypes.length > 0) return policyTypes.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' || egress.length > 0;
}

/**
 * Whether a port of a rule is the one asked for. A name is looked up among the ports of the pod that is connected to: an address has none.
 * Source: k8s.io/api/networking/v1/types.go, `NetworkPolicyPort`.
 */
export function portFits(
  { protocol = 'TCP', port, endPort }: NetworkPolicyPort,
  asked: { readonly port: number; readonly protocol: string },
  ports: readonly ContainerPort[],
): boolean {
  if (protocol !== asked.protocol) return false;
  if (port === undefined) return true;
  if (!/^\d{1,5}$/.test(port))
    return ports.some((one) => one.name === port && one.protocol === protocol && one.containerPort === asked.port);
  return endPort === undefined ? Number(port) === asked.port : Number(port) <= asked.port && asked.port <= endPort;
}

const METADATA_NAME = 'kubernetes.io/metadata.name';

function namespaceFits(selector: NonNullable<NetworkPolicyPeer['namespaceSelector']>, namespace: string, labelsOf: NamespaceLabels): Fit {
  const labels = labelsOf(namespace);
  // The API server itself keeps this label, so it is known where nothing else is.
  if (labels === undefined) return selectsKnown(selector, new Map([[METADATA_NAME, namespace]]));
  return selects(selector, new Map([...labels, [METADATA_NAME, namespace]])) ? 'yes' : 'no';
}

/** Whether selectors select a pod: without a namespaceSelector those of the policy's own namespace; with both, both have to. */
function selectorsFit({ podSelector, namespaceSelector }: NetworkPolicyPeer, pod: PodEnd, { policy, labelsOf }: Context): Fit {
  if (podSelector === undefined && namespaceSelector === undefined) return 'no';
  if (podSelector !== undefined && !selects(podSelector, pod.labels)) return 'no';
  if (namespaceSelector === undefined) return pod.namespace === policy.namespace ? 'yes' : 'no';
  return namespaceFits(namespaceSelector, pod.namespace, labelsOf);
}

interface Context {
  readonly policy: NetworkPolicy;
  readonly labelsOf: NamespaceLabels;
}

const EVERY_ADDRESS: AddressSet = { within: ['0.0.0.0/0', '::/0'] };

/** Where the address of a pod is not known, only a block of everything surely holds it. */
function blockFits(block: NonNullable<NetworkPolicyPeer['ipBlock']>, address: string | undefined): Fit {
  const coverage = coverageOf(address === undefined ? EVERY_ADDRESS : { within: [address] }, [block]) ?? 'none';
  return coverage === 'none' ? 'no' : 'unknown';
}

/**
 * Whether a peer is the pod. Unknown where plugins differ: an IP block that holds a pod's address (Cilium takes no block for pods), and a
 * selector that selects a pod on the host's network (most plugins take its packets for the node's).
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors and
 * #networkpolicy-and-hostnetwork-pods
 */
function peerFits(peer: NetworkPolicyPeer, pod: PodEnd, context: Context): Fit {
  if (peer.ipBlock !== undefined) return blockFits(peer.ipBlock, pod.address);
  const fit = selectorsFit(peer, pod, context);
  return fit === 'yes' && pod.hostNetwork ? 'unknown' : fit;
}

export const anyFits = (fits: readonly Fit[]): Fit => (fits.includes('yes') ? 'yes' : fits.includes('unknown') ? 'unknown' : 'no');

/** Whether a rule is about the other end; of several addresses `unknown` where it is about some of them. Ports are asked elsewhere. */
export function peersFit({ peers }: NetworkPolicyRule, end: End, context: Context): Fit {
  if (peers.length === 0) return 'yes';
  if ('pod' in end) return anyFits(peers.map((peer) => peerFits(peer, end.pod, context)));
  return fitOfAddresses(end.addresses, peers);
}

/** Selectors select pods, and these addresses are none's: only IP blocks hold them. */
export function fitOfAddresses(addresses: AddressSet, peers: readonly NetworkPolicyPeer[]): Fit {
  const coverage = coverageOf(
    addresses,
    peers.flatMap(({ ipBlock }) => ipBlock ?? []),
  );
  return coverage === 'all' ? 'yes' : coverage === 'some' ? 'unknown' : 'no';
}
