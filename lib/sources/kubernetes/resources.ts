import type { ListedResource } from '../listed-resources.ts';

/** How gaps and progress name the list: an optional one with its group, as its plural may be another one's too. */
export function listName(resource: ListedResource): string {
  return resource.optional ? qualifiedPlural(resource) : resource.plural;
}

/** `v1` or `apps/v1`: what an object of the resource has as its apiVersion. */
export function apiVersionOf(resource: ListedResource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** Path of the list below the server's URL, cluster-wide without `namespace`. The name is escaped: it comes from outside. */
export function listPath(resource: ListedResource, namespace?: string): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${resource.plural}`;
}

/** `pods` or `roles.rbac.authorization.k8s.io`: how kubectl and RBAC messages name it. */
export function qualifiedPlural(resource: ListedResource): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}
