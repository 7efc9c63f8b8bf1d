import type { Inventory } from '../../inventory/inventory.ts';
import { isUnread, unreadIn } from '../../inventory/unread-list.ts';

/**
 * Tells for which namespaces a resource could not be read: there, an object that is missing from the inventory may well exist.
 * Every namespace has a service account, so that none at all means that nobody listed them, nor, unless a gap says so of them, anything else of
 * the cluster.
 */
export function unread(inventory: Inventory, resource: 'secrets' | 'serviceaccounts'): (namespace: string) => boolean {
  const saysNothing = inventory.kubernetes.serviceAccounts.length === 0 && !isUnread(inventory, 'serviceaccounts');
  return saysNothing ? () => true : unreadIn(inventory, resource);
}

/** Tells whether a service account exists, as far as service accounts could be read. */
export function existence(inventory: Inventory): (namespace: string, name: string) => boolean {
  const known = new Set(inventory.kubernetes.serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`));
  const mayExist = unread(inventory, 'serviceaccounts');
  return (namespace, name) => known.has(`${namespace}/${name}`) || mayExist(namespace);
}
