import type { EndpointSlice, Service, ServicePort } from '../../inventory/exposure.ts';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import { runningContainers } from '../pod/security-context.ts';

/** Where a connection to a port of a service ends in a pod. */
export interface Target {
  readonly port: number;
  readonly protocol: string;
  /** Place of the port in `.spec.ports` of the service. */
  readonly index: number;
}

/**
 * The port of a pod that a port of a service leads to; undefined: the pod has no port of that name, and is no endpoint for it.
 * Source: kubernetes pkg/api/v1/pod/util.go, `FindPort`
 */
function targetPortIn({ targetPort, port, protocol }: ServicePort, spec: PodSpec): number | undefined {
  if (targetPort === undefined) return port;
  if (/^\d{1,5}$/.test(targetPort)) return Number(targetPort);
  for (const container of runningContainers(spec))
    for (const one of container.ports) if (one.name === targetPort && one.protocol === protocol) return one.containerPort;
  return undefined;
}

/** Whether a reference by number or name, as an Ingress writes it, means this port. */
const isPort = ({ name, port }: ServicePort, reference: string): boolean => reference === name || reference === String(port);

/** The ports of a service that references mean; without any reference all of them. */
export const portsOf = (service: Service, references: ReadonlySet<string> | 'all'): readonly (readonly [number, ServicePort])[] =>
  [...service.ports.entries()].filter(([, port]) => references === 'all' || [...references].some((one) => isPort(port, one)));

/** Where the ports of a service end in a pod that its selector selects. */
export function targetsOf(ports: readonly (readonly [number, ServicePort])[], spec: PodSpec): readonly Target[] {
  return ports.flatMap(([index, one]) => {
    const port = targetPortIn(one, spec);
    return port === undefined ? [] : [{ port, protocol: one.protocol, index }];
  });
}

/** The same where somebody else writes the endpoints: the ports of a slice by their names. Source: k8s.io/api/discovery/v1, `EndpointPort` */
export function targetsOfSlice(ports: readonly (readonly [number, ServicePort])[], slice: EndpointSlice): readonly Target[] {
  return ports.flatMap(([index, { name = '', protocol }]) =>
    slice.ports.flatMap((one) =>
      (one.name ?? '') === name && one.protocol === protocol && one.port !== undefined ? [{ port: one.port, protocol, index }] : [],
    ),
  );
}
