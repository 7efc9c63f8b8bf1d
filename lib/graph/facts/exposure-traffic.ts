import { type Family, internetAddresses, ofFamily, privateAddresses } from '../../access/exposure/address.ts';
import type { Proxies } from '../../access/exposure/ingress-controller.ts';
import type { WayIn } from '../../access/exposure/ways-in.ts';
import { type ConnectionAnswer, connection, type Network } from '../../access/network/connection.ts';
import type { End, PodEnd } from '../../access/network/policy-rules.ts';
import { runningContainers } from '../../access/pod/security-context.ts';
import type { Service } from '../../inventory/exposure.ts';
import type { Pod } from '../../inventory/kubernetes.ts';

/** Traffic to a service: to which of its ports, and from where its packets come to a pod. */
export interface Channel {
  /** `the load balancer`, `Ingress shop/web`. */
  readonly says: string;
  /** Names or numbers of the service's ports, or all of them. */
  readonly ports: ReadonlySet<string> | 'all';
  /** Where packets may come from, each of which is possible; none: it is not known. */
  readonly sources: (family: Family) => readonly End[];
  /** Nodes whose network the proxies are on: a pod there can always be reached from them. */
  readonly nodes?: ReadonlySet<string>;
}

export const podEnd = (pod: Pod): PodEnd => ({
  namespace: pod.namespace,
  name: pod.name,
  labels: pod.labels,
  hostNetwork: pod.spec.hostNetwork,
  ports: runningContainers(pod.spec).flatMap(({ ports }) => ports),
  ...(pod.nodeName === undefined ? {} : { node: pod.nodeName }),
  ...(pod.podIP === undefined ? {} : { address: pod.podIP }),
});

const clientsOf = ({ to, clients }: Pick<WayIn, 'to' | 'clients'>, family: Family): End => {
  const within = ofFamily(clients ?? [], family);
  if (within.length > 0) return { addresses: { within } };
  return { addresses: to === 'internet' ? internetAddresses(family) : privateAddresses(family) };
};

/**
 * Where packets come from that a load balancer or a node passes on: the client, or, where the address is rewritten on the way, the load balancer
 * or a node. `externalTrafficPolicy: Local` keeps the client's at the node.
 * Source: https://kubernetes.io/docs/tutorials/services/source-ip/
 */
export function channelOfWay(way: WayIn, service: Service): Channel {
  const isKept = way.by !== 'load-balancer' && service.externalTrafficPolicy === 'Local';
  return {
    says: { 'load-balancer': 'the load balancer', 'node-port': 'the port of the nodes', 'external-ip': 'the external address' }[way.by],
    ports: 'all',
    sources: (family) => [clientsOf(way, family), ...(isKept ? [] : [{ addresses: privateAddresses(family) }])],
  };
}

/** Packets to a port of a node go from the client to the pod; some plugins rewrite the client's address. */
export const hostPortSources = (to: WayIn['to'], family: Family): readonly End[] => [clientsOf({ to }, family)];

/** One end for all pods of a namespace with the same labels; of several the address is left open. */
function endsOf(pods: readonly Pod[]): readonly End[] {
  const found = new Map<string, { readonly pod: Pod; count: number }>();
  for (const pod of pods) {
    const key = JSON.stringify([pod.namespace, pod.spec.hostNetwork, ...pod.labels]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { pod, count: 1 });
    else known.count += 1;
  }
  return [...found.values()].map(({ pod, count }) => {
    const { address, node, ...end } = podEnd(pod);
    return { pod: count === 1 ? { ...end, ...(address === undefined ? {} : { address }) } : end };
  });
}

/** Packets that a proxy sends on: from its pods, or from where its machines are. */
export function channelOfProxies(
  { says, ports }: Pick<Channel, 'says' | 'ports'>,
  proxies: Exclude<Proxies, { pods: unknown }> | { readonly pods: readonly Pod[] } | undefined,
): Channel {
  if (proxies === undefined) return { says, ports, sources: () => [] };
  if ('pods' in proxies) {
    const ends = endsOf(proxies.pods);
    const onHosts = proxies.pods.filter(({ spec }) => spec.hostNetwork).flatMap(({ nodeName }) => nodeName ?? []);
    return { says, ports, sources: () => ends, ...(onHosts.length === 0 ? {} : { nodes: new Set(onHosts) }) };
  }
  const { addresses } = proxies;
  return {
    says,
    ports,
    sources: (family) => [{ addresses: addresses === 'private' ? privateAddresses(family) : { within: ofFamily(addresses, family) } }],
  };
}

const EVERY_ADDRESS: End = { addresses: { within: ['0.0.0.0/0', '::/0'] } };
const OPEN: ConnectionAnswer = { state: 'open', policies: [], because: [] };

/** What policies make of a channel's packets to a port of a pod: blocked only where they let in none that there may be. */
export function admitted(
  network: Network,
  channel: Channel,
  asked: { readonly pod: PodEnd; readonly port: number; readonly protocol: string },
): ConnectionAnswer {
  const { pod, port, protocol } = asked;
  if (pod.hostNetwork || (pod.node !== undefined && channel.nodes?.has(pod.node) === true)) return OPEN;
  const from = channel.sources(pod.address?.includes(':') === true ? 6 : 4);
  const ask = (end: End): ConnectionAnswer => connection(network, { from: end, to: { pod }, port, protocol });
  if (from.length === 0) {
    const answer = ask(EVERY_ADDRESS);
    return answer.state === 'open'
      ? answer
      : { ...answer, state: 'unknown', because: [`what NetworkPolicies let in from the proxies of ${channel.says}, which are not known`] };
  }
  const answers = from.map(ask);
  const [first] = answers as [ConnectionAnswer, ...ConnectionAnswer[]];
  if (answers.every(({ state }) => state === first.state)) return first;
  const because = answers.flatMap((one) => one.because);
  const undecided = answers.find(({ state }) => state !== 'blocked') ?? first;
  return {
    state: 'unknown',
    policies: undecided.policies,
    because:
      because.length > 0
        ? [...new Set(because)]
        : [`where the packets of ${channel.says} come from, as NetworkPolicies let in some of it alone`],
  };
}
