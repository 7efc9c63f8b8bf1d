import type { EndpointSlice, Service, ServicePort } from '../exposure.ts';
import { decidesForLoadBalancer } from './exposure-annotations.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { intOrString } from './int-or-string.ts';
import { annotationsOf, metadataOf, type Normalising, partsOf, placeOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A Service; a manifest without a type gets the one that the API server gives it (pkg/apis/core/v1/defaults.go). */
export function serviceOf(object: RawObject, normalising: Normalising): Service {
  const { fields, pool } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const selector = pool.map(spec, 'selector', { fields, at: '/spec' });
  return withoutUndefined({
    ...placeOf(metadata),
    annotations: annotationsOf(metadata, decidesForLoadBalancer, normalising),
    type: pool.string(fields.string(spec, 'type', '/spec') || 'ClusterIP'),
    clusterIP: fields.string(spec, 'clusterIP', '/spec') || undefined,
    // The endpoints controller takes an empty selector for none (pkg/controller/endpointslice/endpointslice_controller.go).
    selector: selector.size === 0 ? undefined : selector,
    ports: fields.objects(spec, 'ports', '/spec').map((port, index) => servicePortOf(port, `/spec/ports/${index}`, fields)),
    externalIPs: fields.strings(spec, 'externalIPs', '/spec'),
    loadBalancerSourceRanges: fields.strings(spec, 'loadBalancerSourceRanges', '/spec'),
    loadBalancerClass: fields.string(spec, 'loadBalancerClass', '/spec') || undefined,
    loadBalancerIngress: loadBalancerIngressOf(object, fields),
    externalTrafficPolicy: fields.string(spec, 'externalTrafficPolicy', '/spec') || undefined,
  });
}

function servicePortOf(raw: RawObject, at: string, fields: FieldReader): ServicePort {
  const targetPort = intOrString(raw, 'targetPort', { at, fields });
  return withoutUndefined({
    name: fields.string(raw, 'name', at) || undefined,
    protocol: fields.string(raw, 'protocol', at) || 'TCP',
    port: fields.integer(raw, 'port', at) ?? fields.fail(at, 'port', 'a whole number') ?? 0,
    // Zero is how some writers print none.
    targetPort: targetPort === '0' ? undefined : targetPort,
    nodePort: fields.integer(raw, 'nodePort', at) || undefined,
  });
}

/** Addresses and host names in `.status.loadBalancer.ingress` of a Service or an Ingress. */
export function loadBalancerIngressOf(object: RawObject, fields: FieldReader): readonly string[] {
  const status = fields.object(object, 'status', '');
  const balancer = status === undefined ? undefined : fields.object(status, 'loadBalancer', '/status');
  if (balancer === undefined) return [];
  const at = '/status/loadBalancer';
  return fields.objects(balancer, 'ingress', at).flatMap((entry, index) => {
    const here = `${at}/ingress/${index}`;
    return [fields.string(entry, 'ip', here), fields.string(entry, 'hostname', here)].filter(
      (address) => address !== undefined && address !== '',
    );
  }) as string[];
}

/** An EndpointSlice: which pods or addresses stand behind a service. */
export function endpointSliceOf(object: RawObject, normalising: Normalising): EndpointSlice {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  return withoutUndefined({
    ...placeOf(metadata),
    service: metadata.labels.get('kubernetes.io/service-name'),
    ports: fields.objects(object, 'ports', '').map((port, index) =>
      withoutUndefined({
        name: fields.string(port, 'name', `/ports/${index}`) || undefined,
        protocol: fields.string(port, 'protocol', `/ports/${index}`) || 'TCP',
        port: fields.integer(port, 'port', `/ports/${index}`),
      }),
    ),
    endpoints: fields.objects(object, 'endpoints', '').map((endpoint, index) => endpointOf(endpoint, `/endpoints/${index}`, fields)),
  });
}

function endpointOf(raw: RawObject, at: string, fields: FieldReader): EndpointSlice['endpoints'][number] {
  const target = fields.object(raw, 'targetRef', at);
  const isPod = target !== undefined && fields.string(target, 'kind', `${at}/targetRef`) === 'Pod';
  return withoutUndefined({
    addresses: fields.strings(raw, 'addresses', at),
    pod: isPod ? fields.name(target, 'name', `${at}/targetRef`) : undefined,
  });
}
