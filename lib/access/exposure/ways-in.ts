import type { Service } from '../../inventory/exposure.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import { isPublicAddress } from './address.ts';
import type { Facing, Sign } from './facing.ts';
import { facingOfLoadBalancer } from './load-balancer.ts';
import type { Provider } from './provider.ts';

/** What decides whether something is reached from outside, beside the object itself. */
export interface Surroundings {
  readonly provider: Provider | undefined;
  /** Nodes with an address on the internet. */
  readonly publicNodes: readonly Node[];
}

/** How packets from outside of the cluster come to a service. */
export interface WayIn extends Facing {
  readonly service: Service;
  readonly by: 'load-balancer' | 'node-port' | 'external-ip';
  /** A node whose address on the internet it is. */
  readonly node?: Node;
}

/** The address of a node on the internet and its place; undefined: it has none. An InternalIP may be one as well. */
export function publicAddressOf(node: Node): { readonly address: string; readonly pointer: string } | undefined {
  const list = node.addresses ?? [];
  const index = list.findIndex(
    ({ type, address }) => (type === 'ExternalIP' || type === 'InternalIP') && isPublicAddress(address) === true,
  );
  const found = list[index];
  return found === undefined ? undefined : { address: found.address, pointer: `/status/addresses/${index}` };
}

/** The first port of the nodes: a number, or one that the API server has yet to choose, as it always does for type NodePort. */
function nodePortSign({ type, ports }: Service): (Sign & { readonly port: string }) | undefined {
  const index = ports.findIndex(({ nodePort }) => nodePort !== undefined);
  const port = ports[index]?.nodePort;
  if (port !== undefined)
    return { port: `port ${port}`, pointer: `/spec/ports/${index}/nodePort`, says: `listens on port ${port} of every node` };
  if (type !== 'NodePort' || ports.length === 0) return undefined;
  return { port: 'that port', pointer: '/spec/type', says: 'asks for a port of every node, which the API server chooses' };
}

/** Source: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
function nodePorts(service: Service, { publicNodes }: Surroundings): WayIn[] {
  const found = nodePortSign(service);
  if (found === undefined || (service.type !== 'NodePort' && service.type !== 'LoadBalancer')) return [];
  const { port, ...sign } = found;
  const [node] = publicNodes;
  const way: WayIn = { by: 'node-port', service, to: 'network', sign, hangsOn: [] };
  if (node === undefined) return [way];
  const many = publicNodes.length === 1 ? `node ${node.name}` : `${publicNodes.length} nodes`;
  return [way, { ...way, to: 'internet', node, hangsOn: [`no firewall in front of ${many} stopping ${port}`] }];
}

function externalIPs(service: Service): WayIn[] {
  const found = new Map<Facing['to'], WayIn>();
  for (const [index, address] of service.externalIPs.entries()) {
    const isPublic = isPublicAddress(address) === true;
    const to = isPublic ? 'internet' : 'network';
    if (found.has(to)) continue;
    const sign = { pointer: `/spec/externalIPs/${index}`, says: `takes what is sent to ${address}` };
    found.set(to, { by: 'external-ip', service, to, sign, hangsOn: [`packets to ${address} being routed to a node`] });
  }
  return [...found.values()];
}

/**
 * Every way from outside of the cluster to a service: its load balancer, ports of nodes, addresses that are sent to nodes. A service of type
 * ExternalName has none: it is a name; nobody proxies for a headless one.
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types and kubernetes pkg/proxy/util/utils.go,
 * `ShouldSkipService`
 */
export function waysIn(service: Service, surroundings: Surroundings): readonly WayIn[] {
  if (service.type === 'ExternalName' || service.clusterIP === 'None') return [];
  const balancer =
    service.type === 'LoadBalancer'
      ? [{ ...facingOfLoadBalancer(service, surroundings.provider), by: 'load-balancer' as const, service }]
      : [];
  return [...balancer, ...nodePorts(service, surroundings), ...externalIPs(service)];
}
