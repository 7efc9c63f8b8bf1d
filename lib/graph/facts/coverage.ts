import type { Inventory } from '../../inventory/inventory.ts';

/**
 * Tells for which namespaces a resource could not be read: there, an object that is missing from the inventory may well exist.
 * A gap without a place, and a resource of which nothing at all was read, hold for every namespace.
 */
export function unread(inventory: Inventory, resource: 'secrets' | 'serviceaccounts'): (namespace: string) => boolean {
  const { kubernetes, gaps } = inventory;
  const nothing = (resource === 'secrets' ? kubernetes.secrets : kubernetes.serviceAccounts).length === 0;
  const places = gaps.filter((gap) => gap.what === resource).map((gap) => gap.where);
  const everywhere = nothing || places.includes(undefined);
  const namespaces = new Set(places);
  return (namespace) => everywhere || namespaces.has(namespace);
}

/** Tells whether a service account exists, as far as service accounts could be read. */
export function existence(inventory: Inventory): (namespace: string, name: string) => boolean {
  const known = new Set(inventory.kubernetes.serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`));
  const isUnread = unread(inventory, 'serviceaccounts');
  return (namespace, name) => known.has(`${namespace}/${name}`) || isUnread(namespace);
}
