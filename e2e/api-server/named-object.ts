import type { ServedResource } from './catalogue.ts';
import { statusBody } from './status-body.ts';
import type { Store } from './store.ts';

/** What a path asks for that names one object of a namespace. */
export interface NamedObject {
  readonly resource: ServedResource;
  readonly namespace: string;
  readonly name: string;
}

/** `/api/v1/namespaces/kube-system/configmaps/aws-auth`; undefined: the path names no object. */
export function namedObject(path: string, served: readonly ServedResource[]): NamedObject | undefined {
  const match = /^\/(?:api|apis)\/(.+)\/namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path);
  const [, groupVersion, namespace = '', plural, name = ''] = match ?? [];
  const resource = served.find((one) => one.plural === plural && one.groupVersion === groupVersion);
  return resource === undefined ? undefined : { resource, namespace, name };
}

/** The object, or 404, or 403 where `user` may not read it; in the words of kube-apiserver. */
export function namedReply(
  store: Store,
  { resource, namespace, name }: NamedObject,
  forbiddenTo: string | undefined,
): { readonly status: number; readonly body: string | Buffer } {
  const { groupVersion, plural } = resource;
  const group = groupVersion.includes('/') ? groupVersion.split('/')[0] : '';
  const details = { details: { name, kind: plural } };
  if (forbiddenTo !== undefined) {
    const message = `${plural} "${name}" is forbidden: User "${forbiddenTo}" cannot get resource "${plural}" in API group "${group}" in the namespace "${namespace}"`;
    return { status: 403, body: statusBody(403, 'Forbidden', message, details) };
  }
  const body = store.one(resource, namespace, name);
  return body === undefined
    ? { status: 404, body: statusBody(404, 'NotFound', `${plural} "${name}" not found`, details) }
    : { status: 200, body };
}
