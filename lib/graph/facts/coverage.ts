import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';

const about = (gap: Gap, resource: string): boolean => gap.what === resource || gap.resources?.includes(resource) === true;

/** Whether a gap holds for a namespace: for those that it names, for all but those that it excepts, or everywhere. */
function holdsFor({ namespaces, exceptNamespaces }: Gap, namespace: string): boolean {
  if (namespaces !== undefined) return namespaces.includes(namespace);
  return exceptNamespaces === undefined || !exceptNamespaces.includes(namespace);
}

/**
 * Tells for which namespaces a resource could not be read: there, an object that is missing from the inventory may well exist.
 * A resource of which nothing at all was read counts as unread everywhere.
 */
export function unread(inventory: Inventory, resource: 'secrets' | 'serviceaccounts'): (namespace: string) => boolean {
  const { kubernetes, gaps } = inventory;
  if ((resource === 'secrets' ? kubernetes.secrets : kubernetes.serviceAccounts).length === 0) return () => true;
  const relevant = gaps.filter((gap) => about(gap, resource));
  return (namespace) => relevant.some((gap) => holdsFor(gap, namespace));
}

/** Tells whether a service account exists, as far as service accounts could be read. */
export function existence(inventory: Inventory): (namespace: string, name: string) => boolean {
  const known = new Set(inventory.kubernetes.serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`));
  const isUnread = unread(inventory, 'serviceaccounts');
  return (namespace, name) => known.has(`${namespace}/${name}`) || isUnread(namespace);
}
