import type { LabelSelector, StringMap } from './kubernetes.ts';

/** What lets traffic into the cluster, as its APIs name it. Sources: core/v1 Service, networking.k8s.io/v1 Ingress, discovery.k8s.io/v1, gateway.networking.k8s.io. */

export interface ServicePort {
  readonly name?: string;
  /** TCP, UDP or SCTP. */
  readonly protocol: string;
  readonly port: number;
  /** Number or name of a container's port, as written; undefined: the same as `port`. */
  readonly targetPort?: string;
  readonly nodePort?: number;
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  /** Annotations that decide whether a load balancer faces the internet or whom it lets in. */
  readonly annotations: StringMap;
  /** ClusterIP, NodePort, LoadBalancer or ExternalName. */
  readonly type: string;
  /** `None`: headless. */
  readonly clusterIP?: string;
  /** Undefined: none, and somebody else writes its endpoints. */
  readonly selector?: StringMap;
  readonly ports: readonly ServicePort[];
  readonly externalIPs: readonly string[];
  readonly loadBalancerSourceRanges: readonly string[];
  readonly loadBalancerClass?: string;
  /** Addresses and host names in `.status.loadBalancer.ingress`. */
  readonly loadBalancerIngress: readonly string[];
  readonly externalTrafficPolicy?: string;
}

/** Endpoints of a service; kept for what its selector does not say. */
export interface EndpointSlice {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  /** Label `kubernetes.io/service-name`. */
  readonly service?: string;
  readonly ports: readonly { readonly name?: string; readonly protocol: string; readonly port?: number }[];
  readonly endpoints: readonly { readonly addresses: readonly string[]; readonly pod?: string }[];
}

export interface IngressBackend {
  /** Undefined: a resource that is no service. */
  readonly service?: string;
  /** Number or name. */
  readonly port?: string;
  /** JSON pointer of the backend. */
  readonly pointer: string;
}

export interface IngressPath extends IngressBackend {
  readonly host?: string;
  readonly path?: string;
}

export interface Ingress {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  /** Annotations that decide who may come in: scheme of the load balancer, class, allowed source ranges, authentication. */
  readonly annotations: StringMap;
  readonly className?: string;
  readonly defaultBackend?: IngressBackend;
  readonly paths: readonly IngressPath[];
  readonly loadBalancerIngress: readonly string[];
}

export interface IngressClass {
  readonly name: string;
  readonly uid?: string;
  readonly controller: string;
  readonly isDefault: boolean;
}

export interface GatewayListener {
  readonly name: string;
  readonly hostname?: string;
  readonly port: number;
  readonly protocol: string;
  /** Same, All or Selector; undefined: Same. */
  readonly from?: string;
  readonly namespaceSelector?: LabelSelector;
  /** Kinds of route that may attach; empty: those of the protocol. */
  readonly kinds: readonly string[];
}

export interface Gateway {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly annotations: StringMap;
  /** Of `.spec.infrastructure.annotations`, which the controller writes on what it makes; undefined: none that decides. */
  readonly infrastructureAnnotations?: StringMap;
  readonly className: string;
  readonly listeners: readonly GatewayListener[];
  /** In `.status.addresses`, else `.spec.addresses`. */
  readonly addresses: readonly string[];
}

export interface RouteParent {
  /** `Gateway` where nothing is written; a mesh writes `Service`. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
  /** JSON pointer of the reference. */
  readonly pointer: string;
}

export interface RouteBackend {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number;
  /** Only where it is 0: nothing is sent there. */
  readonly weight?: 0;
  readonly pointer: string;
}

/** HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute. */
export interface GatewayRoute {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly hostnames: readonly string[];
  readonly parents: readonly RouteParent[];
  readonly backends: readonly RouteBackend[];
}

/** Lets routes of other namespaces name objects of this one. */
export interface ReferenceGrant {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  /** An entry without name: every object of the kind. */
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
}
