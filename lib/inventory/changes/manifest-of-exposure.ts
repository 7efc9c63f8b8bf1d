import type { EndpointSlice, Gateway, GatewayRoute, Ingress, IngressBackend, IngressClass, ReferenceGrant, Service } from '../exposure.ts';
import { withoutUndefined } from '../normalise/security-context.ts';
import { type Manifest, mapText, metadataManifest, put, selectorManifest } from './manifest-parts.ts';

const balancerStatus = (ingress: readonly string[]): Manifest =>
  ingress.length === 0 ? {} : { status: { loadBalancer: { ingress: ingress.map((hostname) => ({ hostname })) } } };

export function serviceManifest(service: Service): Manifest {
  const { type, clusterIP, selector, ports, externalIPs, loadBalancerSourceRanges, loadBalancerClass, externalTrafficPolicy } = service;
  return {
    metadata: metadataManifest(service),
    spec: withoutUndefined({
      type,
      clusterIP,
      selector: mapText(selector),
      ports,
      externalIPs,
      loadBalancerSourceRanges,
      loadBalancerClass,
      externalTrafficPolicy,
    }),
    ...balancerStatus(service.loadBalancerIngress),
  };
}

export function endpointSliceManifest(slice: EndpointSlice): Manifest {
  const { service, ports, endpoints } = slice;
  const labels = service === undefined ? undefined : new Map([['kubernetes.io/service-name', service]]);
  return {
    metadata: metadataManifest({ ...slice, ...(labels === undefined ? {} : { labels }) }),
    ports,
    endpoints: endpoints.map(({ addresses, pod }) =>
      withoutUndefined({ addresses, targetRef: pod === undefined ? undefined : { kind: 'Pod', name: pod } }),
    ),
  };
}

/** A port of a backend is a number or a name; where it is written as before v1, its pointer stays the same. */
function backendManifest({ service, port }: IngressBackend): Manifest {
  if (service === undefined) return port === undefined ? {} : { servicePort: port };
  const isNumber = port !== undefined && /^\d{1,9}$/.test(port);
  return {
    service: withoutUndefined({
      name: service,
      port: port === undefined ? undefined : isNumber ? { number: Number(port) } : { name: port },
    }),
  };
}

export function ingressManifest(ingress: Ingress): Manifest {
  const { className, defaultBackend, paths } = ingress;
  const manifest: Manifest = {
    metadata: metadataManifest(ingress),
    spec: withoutUndefined({ ingressClassName: className }),
    ...balancerStatus(ingress.loadBalancerIngress),
  };
  if (defaultBackend !== undefined) put(manifest, defaultBackend.pointer, backendManifest(defaultBackend));
  for (const { host, path, ...backend } of paths) {
    const [rule = ''] = /^\/spec\/rules\/\d+/.exec(backend.pointer) ?? [];
    if (host !== undefined) put(manifest, `${rule}/host`, host);
    if (path !== undefined) put(manifest, `${backend.pointer.slice(0, -'/backend'.length)}/path`, path);
    put(manifest, backend.pointer, backendManifest(backend));
  }
  return manifest;
}

export const ingressClassManifest = (ingressClass: IngressClass): Manifest => ({
  metadata: metadataManifest({
    ...ingressClass,
    ...(ingressClass.isDefault ? { annotations: new Map([['ingressclass.kubernetes.io/is-default-class', 'true']]) } : {}),
  }),
  spec: { controller: ingressClass.controller },
});

export function gatewayManifest(gateway: Gateway): Manifest {
  const { className, listeners, addresses, infrastructureAnnotations } = gateway;
  return {
    metadata: metadataManifest(gateway),
    spec: withoutUndefined({
      gatewayClassName: className,
      infrastructure: infrastructureAnnotations === undefined ? undefined : { annotations: mapText(infrastructureAnnotations) },
      listeners: listeners.map(({ from, namespaceSelector, kinds, ...listener }) => ({
        ...listener,
        allowedRoutes: {
          namespaces: withoutUndefined({ from, selector: selectorManifest(namespaceSelector) }),
          kinds: kinds.map((kind) => ({ kind })),
        },
      })),
      addresses: addresses.map((value) => ({ value })),
    }),
  };
}

export function routeManifest(route: GatewayRoute): Manifest {
  const manifest: Manifest = { metadata: metadataManifest(route), spec: { hostnames: route.hostnames } };
  for (const { pointer, ...parent } of route.parents) put(manifest, pointer, parent);
  for (const { pointer, ...backend } of route.backends) put(manifest, pointer, backend);
  return manifest;
}

export const referenceGrantManifest = (grant: ReferenceGrant): Manifest => ({
  metadata: metadataManifest(grant),
  spec: { from: grant.from, to: grant.to },
});
