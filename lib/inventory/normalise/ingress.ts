import type { Ingress, IngressBackend, IngressClass, IngressPath } from '../exposure.ts';
import { ingressAnnotationsOf } from './exposure-annotations.ts';
import type { RawObject } from './field-reader.ts';
import { intOrString } from './int-or-string.ts';
import { type Normalising, partsOf, placeOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';
import { loadBalancerIngressOf } from './service.ts';

/** An Ingress of networking.k8s.io, or of `extensions/v1beta1` and `networking.k8s.io/v1beta1`, whose backends are written otherwise. */
export function ingressOf(object: RawObject, normalising: Normalising): Ingress {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const key = fields.object(spec, 'defaultBackend', '/spec') === undefined ? 'backend' : 'defaultBackend';
  const fallback = fields.object(spec, key, '/spec');
  return withoutUndefined({
    ...placeOf(metadata),
    annotations: ingressAnnotationsOf(metadata.raw, normalising),
    className: fields.string(spec, 'ingressClassName', '/spec') || undefined,
    defaultBackend: fallback === undefined ? undefined : backendOf(fallback, `/spec/${key}`, normalising),
    paths: pathsOf(spec, normalising),
    loadBalancerIngress: loadBalancerIngressOf(object, fields),
  });
}

function pathsOf(spec: RawObject, normalising: Normalising): IngressPath[] {
  const { fields } = normalising;
  return fields.objects(spec, 'rules', '/spec').flatMap((rule, index) => {
    const at = `/spec/rules/${index}`;
    const http = fields.object(rule, 'http', at);
    if (http === undefined) return [];
    const host = fields.string(rule, 'host', at) || undefined;
    return fields.objects(http, 'paths', `${at}/http`).map((path, place) => {
      const here = `${at}/http/paths/${place}`;
      const backend = fields.object(path, 'backend', here) ?? fields.fail(here, 'backend', 'an object') ?? {};
      return withoutUndefined({
        host,
        path: fields.string(path, 'path', here) || undefined,
        ...backendOf(backend, `${here}/backend`, normalising),
      });
    });
  });
}

/** `{service: {name, port: {number | name}}}`, or `{serviceName, servicePort}` as it was before v1. */
function backendOf(raw: RawObject, at: string, { fields }: Normalising): IngressBackend {
  const service = fields.object(raw, 'service', at);
  if (service === undefined) {
    const old = fields.string(raw, 'serviceName', at) || undefined;
    return withoutUndefined({ service: old, port: intOrString(raw, 'servicePort', { at, fields }), pointer: at });
  }
  const here = `${at}/service`;
  const port = fields.object(service, 'port', here) ?? {};
  const number = fields.integer(port, 'number', `${here}/port`) || undefined;
  return withoutUndefined({
    service: fields.name(service, 'name', here),
    port: number === undefined ? fields.string(port, 'name', `${here}/port`) || undefined : String(number),
    pointer: at,
  });
}

/** An IngressClass, and whether Ingresses that name no class are its own. */
export function ingressClassOf(object: RawObject, normalising: Normalising): IngressClass {
  const { fields, pool } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const key = 'ingressclass.kubernetes.io/is-default-class';
  const annotations = pool.map(metadata.raw, 'annotations', { fields, at: '/metadata', keep: (annotation) => annotation === key });
  return withoutUndefined({
    name: metadata.name,
    uid: metadata.uid,
    controller: fields.string(spec, 'controller', '/spec') ?? '',
    isDefault: annotations.get(key) === 'true',
  });
}
