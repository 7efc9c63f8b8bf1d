import type { Truth } from '../aws/truth.ts';

/** What an assignment hangs on, with the subscriptions that it was listed for. */
export interface PlacedScope {
  readonly scope: string;
  readonly listedFor: readonly string[];
}

/** A scope as it compares: lower case, without a slash at its end; the root `/` is the empty text. */
export const comparable = (scope: string): string => scope.toLowerCase().replace(/\/{1,8}$/, '');

/** Whether a scope is the resource or stands above it by its id alone: a management group's id does not say what lies below it. */
export function encloses(scope: string, resource: string): boolean {
  const [above, below] = [comparable(scope), comparable(resource)];
  return below === above || below.startsWith(`${above}/`);
}

/**
 * A scope as a person gives it, as the resource id that it means: addresses of the management API have a host and a query around it, and the
 * slash before it gets lost. Undefined: it is none; addresses of blobs and secrets do not say in which subscription they are.
 */
export function scopeOf(text: string): string | undefined {
  const id = text
    .trim()
    .replace(/^https:\/\/management\.[a-z0-9.-]{1,100}(?::\d{1,5})?(\/[^?]*)(?:\?.*)?$/is, '$1')
    .replace(/^(?=(?:subscriptions|providers)\/)/i, '/');
  return id === '/' || /^\/(?:subscriptions|providers)\/[^/]/i.test(id) ? id : undefined;
}

/** Lower-case id of the subscription of a resource id. */
export function subscriptionOf(resource: string): string | undefined {
  return /^\/subscriptions\/([^/]{1,64})(?:\/|$)/i.exec(resource)?.[1]?.toLowerCase();
}

export const isManagementGroup = (scope: string): boolean =>
  /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/.test(comparable(scope));

/**
 * Whether what is assigned at a scope applies to a resource. A management group holds the subscriptions that its assignments were listed
 * for; whether one management group lies below another, nothing says.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/scope-overview
 */
export function appliesTo({ scope, listedFor }: PlacedScope, resource: string): Truth {
  if (encloses(scope, resource)) return true;
  if (!isManagementGroup(scope)) return false;
  const subscription = subscriptionOf(resource);
  if (subscription === undefined) return isManagementGroup(resource) ? 'unknown' : false;
  if (listedFor.length === 0) return 'unknown';
  return listedFor.includes(subscription);
}

/**
 * The value of an attribute of a resource, as far as its id has it: `TYPE:name` for each resource on the way, and the path of a blob.
 * Undefined: the id does not say.
 * Source: https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes
 */
export function attributeOf(resource: string, attribute: string): string | undefined {
  const colon = attribute.lastIndexOf(':');
  const wanted = attribute.slice(0, colon).toLowerCase();
  const field = attribute.slice(colon + 1).toLowerCase();
  const at = resource.toLowerCase().lastIndexOf('/providers/');
  if (colon < 0 || at < 0) return undefined;
  const [provider = '', ...parts] = resource.slice(at + '/providers/'.length).split('/');
  let type = provider.toLowerCase();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    type += `/${(parts[index] as string).toLowerCase()}`;
    const isBlob = type === 'microsoft.storage/storageaccounts/blobservices/containers/blobs';
    if (type === wanted && field === 'name') return parts[index + 1];
    if (isBlob) return type === wanted && field === 'path' ? parts.slice(index + 1).join('/') : undefined;
  }
  return undefined;
}

/** The last part of a scope, for sentences: `rg-prod-eu`, `acmeshop`, `subscription 1111…`. */
export function scopeName(scope: string): string {
  const bare = scope.replace(/\/{1,8}$/, '');
  if (bare === '') return 'the root';
  const last = bare.slice(bare.lastIndexOf('/') + 1);
  if (/^\/subscriptions\/[^/]+$/i.test(bare)) return `subscription ${last}`;
  return isManagementGroup(bare) ? `management group ${last}` : last;
}
