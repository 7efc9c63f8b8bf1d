import type { Gateway, GatewayListener, GatewayRoute, ReferenceGrant, RouteBackend, RouteParent } from '../exposure.ts';
import { decidesForLoadBalancer } from './exposure-annotations.ts';
import type { RawObject } from './field-reader.ts';
import { optionalSelector } from './label-selector.ts';
import { annotationsOf, type Normalising, partsOf, placeOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A Gateway of gateway.networking.k8s.io. Source: https://gateway-api.sigs.k8s.io/reference/spec/. */
export function gatewayOf(object: RawObject, normalising: Normalising): Gateway {
  const { fields, pool } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const infrastructure = fields.object(spec, 'infrastructure', '/spec') ?? {};
  const at = '/spec/infrastructure';
  const passedOn = pool.map(infrastructure, 'annotations', { fields, at, keep: decidesForLoadBalancer });
  return withoutUndefined({
    ...placeOf(metadata),
    annotations: annotationsOf(metadata, decidesForLoadBalancer, normalising),
    infrastructureAnnotations: passedOn.size === 0 ? undefined : passedOn,
    className: fields.string(spec, 'gatewayClassName', '/spec') ?? '',
    listeners: fields.objects(spec, 'listeners', '/spec').map((raw, index) => listenerOf(raw, `/spec/listeners/${index}`, normalising)),
    addresses: addressesOf(object, spec, normalising),
  });
}

function addressesOf(object: RawObject, spec: RawObject, { fields }: Normalising): string[] {
  const status = fields.object(object, 'status', '') ?? {};
  const values = (owner: RawObject, at: string): string[] =>
    fields.objects(owner, 'addresses', at).flatMap((raw, index) => fields.string(raw, 'value', `${at}/addresses/${index}`) || []);
  const assigned = values(status, '/status');
  return assigned.length > 0 ? assigned : values(spec, '/spec');
}

function listenerOf(raw: RawObject, at: string, normalising: Normalising): GatewayListener {
  const { fields } = normalising;
  const allowed = fields.object(raw, 'allowedRoutes', at) ?? {};
  const namespaces = fields.object(allowed, 'namespaces', `${at}/allowedRoutes`) ?? {};
  const here = `${at}/allowedRoutes/namespaces`;
  return withoutUndefined({
    name: fields.name(raw, 'name', at),
    hostname: fields.string(raw, 'hostname', at) || undefined,
    port: fields.integer(raw, 'port', at) ?? fields.fail(at, 'port', 'a whole number') ?? 0,
    protocol: fields.name(raw, 'protocol', at),
    from: fields.string(namespaces, 'from', here) || undefined,
    namespaceSelector: optionalSelector(namespaces, { key: 'selector', at: here }, normalising),
    kinds: fields
      .objects(allowed, 'kinds', `${at}/allowedRoutes`)
      .map((kind, index) => fields.name(kind, 'kind', `${at}/allowedRoutes/kinds/${index}`)),
  });
}

/** An HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute: to which gateways it attaches and where it sends. Rules without backends send nowhere. */
export function routeOf(object: RawObject, kind: string, normalising: Normalising): GatewayRoute {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  return withoutUndefined({
    kind,
    ...placeOf(metadata),
    hostnames: fields.strings(spec, 'hostnames', '/spec'),
    parents: fields.objects(spec, 'parentRefs', '/spec').map((raw, index): RouteParent => {
      const at = `/spec/parentRefs/${index}`;
      return withoutUndefined({
        ...referenceOf(raw, at, { kind: 'Gateway', normalising }),
        sectionName: fields.string(raw, 'sectionName', at) || undefined,
      });
    }),
    backends: fields.objects(spec, 'rules', '/spec').flatMap((rule, index) => backendsOf(rule, `/spec/rules/${index}`, normalising)),
  });
}

/** Where a rule sends requests, and whom it copies them to: the filter RequestMirror reaches its backend too. */
function backendsOf(rule: RawObject, at: string, normalising: Normalising): RouteBackend[] {
  const { fields } = normalising;
  const backends = fields.objects(rule, 'backendRefs', at).map((raw, index): RouteBackend => {
    const here = `${at}/backendRefs/${index}`;
    const backend = referenceOf(raw, here, { kind: 'Service', normalising });
    return fields.integer(raw, 'weight', here) === 0 ? { ...backend, weight: 0 } : backend;
  });
  const mirrors = fields.objects(rule, 'filters', at).flatMap((filter, index) => {
    const mirror = fields.object(filter, 'requestMirror', `${at}/filters/${index}`);
    const here = `${at}/filters/${index}/requestMirror`;
    const raw = mirror === undefined ? undefined : fields.object(mirror, 'backendRef', here);
    return raw === undefined ? [] : [referenceOf(raw, `${here}/backendRef`, { kind: 'Service', normalising })];
  });
  return [...backends, ...mirrors];
}

function referenceOf(raw: RawObject, at: string, { kind, normalising }: { kind: string; normalising: Normalising }): RouteBackend {
  const { fields } = normalising;
  return withoutUndefined({
    kind: fields.string(raw, 'kind', at) || kind,
    namespace: fields.string(raw, 'namespace', at) || undefined,
    name: fields.name(raw, 'name', at),
    port: fields.integer(raw, 'port', at),
    pointer: at,
  });
}

/** A ReferenceGrant: which kinds of which namespaces may name which objects of its own. */
export function referenceGrantOf(object: RawObject, normalising: Normalising): ReferenceGrant {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  return withoutUndefined({
    ...placeOf(metadata),
    from: fields.objects(spec, 'from', '/spec').map((raw, index) => {
      const at = `/spec/from/${index}`;
      return {
        group: fields.string(raw, 'group', at) ?? '',
        kind: fields.name(raw, 'kind', at),
        namespace: fields.name(raw, 'namespace', at),
      };
    }),
    to: fields.objects(spec, 'to', '/spec').map((raw, index) => {
      const at = `/spec/to/${index}`;
      const name = fields.string(raw, 'name', at) || undefined;
      return withoutUndefined({ group: fields.string(raw, 'group', at) ?? '', kind: fields.name(raw, 'kind', at), name });
    }),
  });
}
