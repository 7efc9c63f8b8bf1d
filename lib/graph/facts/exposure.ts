import type { Facing } from '../../access/exposure/facing.ts';
import { type Attachment, attachmentOf } from '../../access/exposure/gateway-attachment.ts';
import { facingOfGateway, proxiesOfGateway } from '../../access/exposure/gateway-facing.ts';
import { type ClassOfIngress, classOf } from '../../access/exposure/ingress-controller.ts';
import { facingOfIngress, type IngressFacing } from '../../access/exposure/ingress-facing.ts';
import { providerOf } from '../../access/exposure/provider.ts';
import { type GrantPlace, grantFor } from '../../access/exposure/reference-grant.ts';
import { publicAddressOf, type Surroundings, type WayIn, waysIn } from '../../access/exposure/ways-in.ts';
import type { Gateway, GatewayRoute, Ingress, IngressBackend, RouteBackend, Service } from '../../inventory/exposure.ts';
import type { LabelSelector, Pod } from '../../inventory/kubernetes.ts';
import { INTERNET, NODE_NETWORK } from '../node-id.ts';
import { type Channel, channelOfProxies, channelOfWay } from './exposure-traffic.ts';
import type { Facts } from './facts.ts';
import { type PodsByLabel, podsByLabel } from './pod-labels.ts';

export interface ServiceWay {
  readonly to: number;
  readonly way: WayIn;
}

export interface ExposedIngress {
  readonly ingress: Ingress;
  readonly node: number;
  readonly facing: IngressFacing;
}

/** Backends of an Ingress that are one service. */
export interface IngressRoute {
  readonly from: number;
  readonly to: number;
  readonly ingress: Ingress;
  readonly backends: readonly IngressBackend[];
}

export interface ExposedGateway {
  readonly gateway: Gateway;
  readonly node: number;
  readonly facing: Facing;
}

export interface AttachedRoute {
  readonly from: number;
  readonly to: number;
  readonly gateway: Gateway;
  readonly route: GatewayRoute;
  readonly attachment: Attachment;
}

/** Backends of a route that are one service; the grant where it is another namespace's. */
export interface RoutedService {
  readonly from: number;
  readonly to: number;
  readonly route: GatewayRoute;
  readonly backends: readonly RouteBackend[];
  readonly grant?: GrantPlace;
}

/** What is reached from outside of the cluster, and by what. Nodes are interned for that alone. */
export interface Exposure {
  readonly surroundings: Surroundings;
  readonly ways: readonly ServiceWay[];
  readonly ingresses: readonly ExposedIngress[];
  readonly ingressRoutes: readonly IngressRoute[];
  readonly gateways: readonly ExposedGateway[];
  readonly attachments: readonly AttachedRoute[];
  readonly routed: readonly RoutedService[];
  /** Exposed services by their node, with the traffic that comes to them. */
  readonly services: ReadonlyMap<number, { readonly service: Service; readonly channels: readonly Channel[] }>;
  readonly podsByLabel: PodsByLabel;
}

const known = new WeakMap<Facts, Exposure>();

/** Works it out once for all techniques; the first one that asks interns the nodes. */
export function exposureOf(facts: Facts): Exposure {
  let exposure = known.get(facts);
  if (exposure === undefined) {
    exposure = new Reading(facts).read();
    known.set(facts, exposure);
  }
  return exposure;
}

/** The node of everybody on the internet, or of whoever is on the network of the nodes. */
export const outsideNode = ({ nodes }: Facts, to: Facing['to']): number =>
  to === 'internet'
    ? nodes.internAs(INTERNET, { kind: 'internet', name: 'internet' })
    : nodes.internAs(NODE_NETWORK, { kind: 'node-network', name: 'network of the nodes' });

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

/** Label keys by which proxies are found, whatever services select by. */
const PROXY_KEYS = [
  'app.kubernetes.io/name',
  'app',
  'istio',
  'gateway.networking.k8s.io/gateway-name',
  'gateway.envoyproxy.io/owning-gateway-name',
  'ingresscontroller.operator.openshift.io/deployment-ingresscontroller',
];

/** Keys that tell services apart best; of another selector its first key. */
function indexKeys(services: readonly Service[]): ReadonlySet<string> {
  const keys = new Set(PROXY_KEYS);
  for (const { selector } of services) {
    if (selector === undefined || [...selector.keys()].some((key) => keys.has(key))) continue;
    const [first] = selector.keys();
    if (first !== undefined) keys.add(first);
  }
  return keys;
}

class Reading {
  readonly #facts: Facts;
  readonly #services: ReadonlyMap<string, Service>;
  readonly #surroundings: Surroundings;
  readonly #pods: PodsByLabel;
  readonly #exposed = new Map<number, { readonly service: Service; readonly channels: Channel[] }>();
  readonly #ways = new Map<Service, readonly WayIn[]>();
  readonly #servicesByNamespace = new Map<string, Service[]>();
  readonly #controllerPods = new Map<readonly LabelSelector[], readonly Pod[]>();
  readonly #controllerWays = new Map<readonly LabelSelector[], readonly WayIn[]>();

  constructor(facts: Facts) {
    const { services, nodes } = facts.inventory.kubernetes;
    this.#facts = facts;
    this.#services = new Map(services.map((service) => [keyOf(service.namespace, service.name), service]));
    this.#surroundings = { provider: providerOf(nodes), publicNodes: nodes.filter((node) => publicAddressOf(node) !== undefined) };
    for (const service of services) this.#ways.set(service, waysIn(service, this.#surroundings));
    const isPublished = (service: Service): boolean => (this.#ways.get(service) as readonly WayIn[]).length > 0;
    for (const service of services) {
      if (!isPublished(service)) continue;
      const list = this.#servicesByNamespace.get(service.namespace);
      if (list === undefined) this.#servicesByNamespace.set(service.namespace, [service]);
      else list.push(service);
    }
    const { ingresses, gateways } = facts.inventory.kubernetes;
    // Without anything that is exposed nobody asks for pods, and 100,000 of them need not be indexed.
    const isAsked = this.#servicesByNamespace.size + ingresses.length + gateways.length > 0;
    this.#pods = podsByLabel(facts, isAsked ? indexKeys(services) : new Set());
  }

  read(): Exposure {
    const ways = this.#readWays();
    const ingresses = this.#facts.inventory.kubernetes.ingresses.map((ingress) => this.#readIngress(ingress));
    const gateways = this.#readGateways();
    const attachments = this.#readAttachments(gateways);
    return {
      surroundings: this.#surroundings,
      ways,
      ingresses: ingresses.map(({ exposed }) => exposed),
      ingressRoutes: ingresses.flatMap(({ routes }) => routes),
      gateways,
      attachments,
      routed: this.#readRouted(attachments),
      services: this.#exposed,
      podsByLabel: this.#pods,
    };
  }

  #expose(service: Service, channel: Channel): number {
    const node = this.#facts.nodes.intern('service', service.name, service.namespace, service);
    const exposed = this.#exposed.get(node);
    if (exposed === undefined) this.#exposed.set(node, { service, channels: [channel] });
    else exposed.channels.push(channel);
    return node;
  }

  #readWays(): ServiceWay[] {
    return [...this.#ways].flatMap(([service, ways]) =>
      ways.map((way): ServiceWay => ({ way, to: this.#expose(service, channelOfWay(way, service)) })),
    );
  }

  #readIngress(ingress: Ingress): { exposed: ExposedIngress; routes: readonly IngressRoute[] } {
    const { nodes, inventory } = this.#facts;
    const found = classOf(ingress, inventory.kubernetes.ingressClasses);
    const facing = facingOfIngress(ingress, found, this.#waysToController(found));
    const node = nodes.intern('ingress', ingress.name, ingress.namespace, ingress);
    const byService = new Map<string, IngressBackend[]>();
    for (const backend of [...(ingress.defaultBackend === undefined ? [] : [ingress.defaultBackend]), ...ingress.paths]) {
      if (backend.service === undefined) continue;
      const list = byService.get(backend.service);
      if (list === undefined) byService.set(backend.service, [backend]);
      else list.push(backend);
    }
    const routes = [...byService].flatMap(([name, backends]): IngressRoute[] => {
      const service = this.#services.get(keyOf(ingress.namespace, name));
      if (service === undefined) return [];
      const references = backends.flatMap(({ port }) => port ?? []);
      const ports = references.length < backends.length ? ('all' as const) : new Set(references);
      const says = `Ingress ${ingress.namespace}/${ingress.name}`;
      const to = this.#expose(service, channelOfProxies({ says, ports }, this.#proxiesOf(found)));
      return [{ from: node, to, ingress, backends }];
    });
    return { exposed: { ingress, node, facing }, routes };
  }

  #proxiesOf(found: ClassOfIngress | undefined): Parameters<typeof channelOfProxies>[1] {
    const proxies = found?.controller?.proxies;
    if (proxies === undefined || 'addresses' in proxies) return proxies;
    const pods = this.#podsOf(proxies.pods);
    return pods.length === 0 ? undefined : { pods };
  }

  #podsOf(selectors: readonly LabelSelector[]): readonly Pod[] {
    let pods = this.#controllerPods.get(selectors);
    if (pods === undefined) {
      const places = new Set(selectors.flatMap((selector) => this.#pods.selected(selector)));
      pods = [...places].map((place) => this.#facts.pods.pods[place] as Pod);
      this.#controllerPods.set(selectors, pods);
    }
    return pods;
  }

  /** Ways to the services in front of the pods of a controller. */
  #waysToController(found: ClassOfIngress | undefined): readonly WayIn[] {
    const proxies = found?.controller?.proxies;
    if (proxies === undefined || 'addresses' in proxies) return [];
    let ways = this.#controllerWays.get(proxies.pods);
    if (ways === undefined) {
      const templates = new Map(this.#podsOf(proxies.pods).map((pod) => [JSON.stringify([pod.namespace, ...pod.labels]), pod]));
      ways = [...templates.values()].flatMap(({ namespace, labels }) =>
        (this.#servicesByNamespace.get(namespace) ?? [])
          .filter(({ selector }) => selector !== undefined && [...selector].every(([key, value]) => labels.get(key) === value))
          .flatMap((service) => this.#ways.get(service) ?? []),
      );
      this.#controllerWays.set(proxies.pods, ways);
    }
    return ways;
  }

  #readGateways(): ExposedGateway[] {
    const { nodes, inventory } = this.#facts;
    const clusterIPs = new Set(inventory.kubernetes.services.flatMap(({ clusterIP }) => clusterIP ?? []));
    return inventory.kubernetes.gateways.flatMap((gateway): ExposedGateway[] => {
      const facing = facingOfGateway(gateway, clusterIPs);
      return facing === undefined ? [] : [{ gateway, facing, node: nodes.intern('gateway', gateway.name, gateway.namespace, gateway) }];
    });
  }

  #readAttachments(gateways: readonly ExposedGateway[]): AttachedRoute[] {
    const { nodes, inventory, namespaces } = this.#facts;
    const byName = new Map(gateways.map((one) => [keyOf(one.gateway.namespace, one.gateway.name), one]));
    return inventory.kubernetes.routes.flatMap((route) => {
      const named = new Set(route.parents.flatMap(({ namespace = route.namespace, name }) => byName.get(keyOf(namespace, name)) ?? []));
      return [...named].flatMap(({ gateway, node }): AttachedRoute[] => {
        const attachment = attachmentOf(gateway, route, namespaces.get(route.namespace)?.labels);
        if (attachment === undefined) return [];
        // Routes of two kinds may have one name.
        const to = nodes.intern('gateway-route', `${route.kind}/${route.name}`, route.namespace, route);
        return [{ from: node, to, gateway, route, attachment }];
      });
    });
  }

  #readRouted(attachments: readonly AttachedRoute[]): RoutedService[] {
    const grants = new Map<string, Parameters<typeof grantFor>[0][number][]>();
    for (const grant of this.#facts.inventory.kubernetes.referenceGrants)
      grants.set(grant.namespace, [...(grants.get(grant.namespace) ?? []), grant]);
    const byRoute = new Map<number, AttachedRoute[]>();
    for (const attached of attachments) byRoute.set(attached.to, [...(byRoute.get(attached.to) ?? []), attached]);
    return [...byRoute.values()].flatMap((attached) => this.#routesOf(attached as [AttachedRoute, ...AttachedRoute[]], grants));
  }

  #routesOf(
    attached: readonly [AttachedRoute, ...AttachedRoute[]],
    grants: ReadonlyMap<string, Parameters<typeof grantFor>[0]>,
  ): RoutedService[] {
    const [{ route, to: from }] = attached;
    const byService = new Map<Service, RouteBackend[]>();
    for (const backend of route.backends) {
      // Source: Gateway API apis/v1/shared_types.go, `BackendRef.Weight`
      if (backend.weight === 0) continue;
      const service =
        backend.kind === 'Service' ? this.#services.get(keyOf(backend.namespace ?? route.namespace, backend.name)) : undefined;
      if (service !== undefined) byService.set(service, [...(byService.get(service) ?? []), backend]);
    }
    return [...byService].flatMap(([service, backends]): RoutedService[] => {
      const grant = service.namespace === route.namespace ? undefined : grantFor(grants.get(service.namespace) ?? [], route, service.name);
      if (service.namespace !== route.namespace && grant === undefined) return [];
      const references = backends.flatMap(({ port }) => (port === undefined ? [] : [String(port)]));
      const ports = references.length < backends.length ? ('all' as const) : new Set(references);
      const says = `${route.kind} ${route.namespace}/${route.name}`;
      const pods = attached.flatMap(({ gateway }) => this.#podsOfGateway(gateway));
      const to = this.#expose(service, channelOfProxies({ says, ports }, pods.length === 0 ? undefined : { pods }));
      return [{ from, to, route, backends, ...(grant === undefined ? {} : { grant }) }];
    });
  }

  #podsOfGateway(gateway: Gateway): readonly Pod[] {
    const [own, envoy] = proxiesOfGateway(gateway) as [LabelSelector, LabelSelector];
    const places = [...this.#pods.selected(own, gateway.namespace), ...this.#pods.selected(envoy)];
    return places.map((place) => this.#facts.pods.pods[place] as Pod);
  }
}
