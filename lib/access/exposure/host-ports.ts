import type { PodSpec } from '../../inventory/kubernetes.ts';
import { containerPointer, runningContainers } from '../pod/security-context.ts';
import { isPublicAddress } from './address.ts';

/** A port of the node that leads to a container. */
export interface HostPort {
  readonly port: number;
  /** Of the container. */
  readonly target: number;
  readonly protocol: string;
  /** The one address of the node that it is bound to; undefined: all of them. */
  readonly address?: string;
  readonly pointer: string;
}

const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
const isAny = (address: string | undefined): boolean =>
  address === undefined || address === '' || address === '0.0.0.0' || address === '::';

/**
 * Ports of the node that running containers declare: by `hostPort`, or by any port at all on the host's network, where a container listens on
 * the node itself. Those bound to the loopback address are left out. Source: k8s.io/api/core/v1 `ContainerPort`
 */
export function hostPortsOf(spec: PodSpec): readonly HostPort[] {
  return runningContainers(spec).flatMap((container) =>
    container.ports.flatMap(({ hostPort, hostIP, containerPort, protocol }, index): HostPort[] => {
      const port = spec.hostNetwork ? containerPort : hostPort;
      if (port === undefined || port === 0 || (hostIP !== undefined && isLoopback(hostIP))) return [];
      const pointer = `${containerPointer(container)}/ports/${index}`;
      return [{ port, target: containerPort, protocol, pointer, ...(hostIP === undefined || isAny(hostIP) ? {} : { address: hostIP }) }];
    }),
  );
}

/** Whether packets from the internet may come to it: at an address of its own, or at whatever public one its node has. */
export const isAtPublicAddress = ({ address }: HostPort, hasPublicNode: boolean): boolean =>
  address === undefined ? hasPublicNode : isPublicAddress(address) === true;
