import type { Gateway, GatewayListener, GatewayRoute, RouteParent } from '../../inventory/exposure.ts';
import type { StringMap } from '../../inventory/kubernetes.ts';
import { selects, selectsKnown } from '../network/selects.ts';

/** A listener of a gateway that takes a route, and what it hangs on. */
export interface Attachment {
  readonly parent: RouteParent;
  /** Place in `.spec.listeners`. */
  readonly listener: number;
  readonly hangsOn: readonly string[];
}

/** Kinds of route that a protocol takes where the listener names none. Source: Gateway API apis/v1/gateway_types.go, `AllowedRoutes.Kinds` and `ProtocolType` */
const KINDS_OF_PROTOCOL = new Map<string, readonly string[]>([
  ['HTTP', ['HTTPRoute', 'GRPCRoute']],
  ['HTTPS', ['HTTPRoute', 'GRPCRoute']],
  ['TLS', ['TLSRoute', 'TCPRoute']],
  ['TCP', ['TCPRoute']],
  ['UDP', ['UDPRoute']],
]);

/** Routes that name hosts. */
const BY_HOST = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute']);

/**
 * Whether two host names, of which each may begin with `*.`, have a host in common. A wildcard stands for one label or more.
 * Source: Gateway API apis/v1/httproute_types.go, `Hostnames`
 */
function hostnamesMeet(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a === b) return true;
  const suffixOf = (name: string): string | undefined => (name.startsWith('*.') ? name.slice(1) : undefined);
  const [suffixA, suffixB] = [suffixOf(a), suffixOf(b)];
  if (suffixA !== undefined && suffixB !== undefined) return suffixA.endsWith(suffixB) || suffixB.endsWith(suffixA);
  if (suffixA !== undefined) return b.endsWith(suffixA);
  return suffixB !== undefined && a.endsWith(suffixB);
}

const hostsMeet = ({ hostname }: GatewayListener, { kind, hostnames }: GatewayRoute): boolean =>
  hostname === undefined || hostnames.length === 0 || !BY_HOST.has(kind) || hostnames.some((one) => hostnamesMeet(hostname, one));

/** Whether a listener takes routes of a kind; undefined: its protocol is none that the API knows. */
function takesKind({ kinds, protocol }: GatewayListener, kind: string): boolean | undefined {
  if (kinds.length > 0) return kinds.includes(kind);
  return KINDS_OF_PROTOCOL.get(protocol)?.includes(kind);
}

function takesNamespace(
  listener: GatewayListener,
  gateway: Gateway,
  route: { namespace: string; labels: StringMap | undefined },
): 'yes' | 'no' | 'unknown' {
  const from = listener.from ?? 'Same';
  if (from === 'All') return 'yes';
  if (from === 'Same') return route.namespace === gateway.namespace ? 'yes' : 'no';
  if (from !== 'Selector' || listener.namespaceSelector === undefined) return 'no';
  const name: readonly [string, string] = ['kubernetes.io/metadata.name', route.namespace];
  if (route.labels === undefined) return selectsKnown(listener.namespaceSelector, new Map([name]));
  return selects(listener.namespaceSelector, new Map([...route.labels, name])) ? 'yes' : 'no';
}

function listenerTakes(
  gateway: Gateway,
  listener: GatewayListener,
  asked: { route: GatewayRoute; parent: RouteParent; labels: StringMap | undefined },
): string[] | undefined {
  const { route, parent, labels } = asked;
  if (parent.sectionName !== undefined && parent.sectionName !== listener.name) return undefined;
  if (parent.port !== undefined && parent.port !== listener.port) return undefined;
  const kind = takesKind(listener, route.kind);
  const namespace = takesNamespace(listener, gateway, { namespace: route.namespace, labels });
  if (kind === false || namespace === 'no' || !hostsMeet(listener, route)) return undefined;
  return [
    ...(kind === undefined ? [`listener ${listener.name} with protocol ${listener.protocol} taking a ${route.kind}`] : []),
    ...(namespace === 'unknown' ? [`the labels of namespace ${route.namespace}, which were not read`] : []),
  ];
}

/**
 * The listener by which a route hangs on a gateway, a sure one before others; undefined: none takes it. `labels` are those of the route's
 * namespace, undefined where it was not read. Source: https://gateway-api.sigs.k8s.io/concepts/security-model/ and apis/v1/gateway_types.go
 */
export function attachmentOf(gateway: Gateway, route: GatewayRoute, labels: StringMap | undefined): Attachment | undefined {
  const found: Attachment[] = [];
  for (const parent of route.parents) {
    const isThis = parent.kind === 'Gateway' && parent.name === gateway.name && (parent.namespace ?? route.namespace) === gateway.namespace;
    if (!isThis) continue;
    for (const [index, listener] of gateway.listeners.entries()) {
      const hangsOn = listenerTakes(gateway, listener, { route, parent, labels });
      if (hangsOn !== undefined) found.push({ parent, listener: index, hangsOn });
    }
  }
  return found.find(({ hangsOn }) => hangsOn.length === 0) ?? found[0];
}
