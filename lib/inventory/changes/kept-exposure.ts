import type { Gateway, Ingress, Service } from '../exposure.ts';
import { isSame } from './three-way.ts';

const isBalanced = ({ type }: Service): boolean => type === 'LoadBalancer';
const hasNodePorts = (service: Service): boolean => service.type === 'NodePort' || isBalanced(service);

/** The addresses that a load balancer has stay where a manifest says none and asks for no other load balancer. */
function addressesOf<Entry>(
  base: Entry,
  next: Entry,
  { given, asks }: { readonly given: (entry: Entry) => readonly string[]; readonly asks: readonly (keyof Entry)[] },
): readonly string[] {
  const isAnother = asks.some((field) => !isSame(base[field], next[field]));
  return given(next).length > 0 || isAnother ? given(next) : given(base);
}

/** Ports of nodes stay by the names of their ports, none twice. */
function portsOf(base: Service, next: Service): Service['ports'] {
  if (!hasNodePorts(base) || !hasNodePorts(next)) return next.ports;
  const used = new Set(next.ports.map(({ nodePort }) => nodePort));
  const given = new Map(base.ports.map(({ name, nodePort }) => [name, nodePort]));
  return next.ports.map((port) => {
    const nodePort = given.get(port.name);
    return port.nodePort !== undefined || nodePort === undefined || used.has(nodePort) ? port : { ...port, nodePort };
  });
}

/**
 * What a service has been given stays where its manifest does not say it and its type still has it: its address, its ports of nodes, the class and the
 * addresses of its load balancer. Source: kubernetes pkg/registry/core/service, `patchAllocatedValues` and `dropTypeDependentFields`.
 */
export function keptService(base: Service, next: Service): Service {
  const { clusterIP, loadBalancerClass } = base;
  const named: Service = {
    ...(clusterIP === undefined || next.type === 'ExternalName' ? {} : { clusterIP }),
    ...(loadBalancerClass === undefined || !isBalanced(base) || !isBalanced(next) ? {} : { loadBalancerClass }),
    ...next,
  };
  const asks = ['type', 'loadBalancerClass', 'annotations'] as const;
  return {
    ...named,
    ports: portsOf(base, next),
    loadBalancerIngress: addressesOf(base, named, { given: (one) => one.loadBalancerIngress, asks }),
  };
}

export const keptIngress = (base: Ingress, next: Ingress): Ingress => ({
  ...next,
  loadBalancerIngress: addressesOf(base, next, { given: (one) => one.loadBalancerIngress, asks: ['className', 'annotations'] }),
});

export const keptGateway = (base: Gateway, next: Gateway): Gateway => ({
  ...next,
  addresses: addressesOf(base, next, {
    given: (one) => one.addresses,
    asks: ['className', 'annotations', 'infrastructureAnnotations'],
  }),
});
