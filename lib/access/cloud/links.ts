import type { Inventory } from '../../inventory/inventory.ts';
import { awsLinks } from '../aws/links.ts';
import { azureLinks } from '../azure/links.ts';
import { gcpLinks } from '../gcp/links.ts';
import type { CloudLink } from './link.ts';

const remembered = new WeakMap<Inventory, readonly CloudLink[]>();

/**
 * Every service account and cloud identity that something connects, in all clouds, each cloud's in its own order. Worked out once for each
 * inventory: the graph and the answers about links share them.
 */
export function cloudLinks(inventory: Inventory): readonly CloudLink[] {
  let links = remembered.get(inventory);
  if (links === undefined) {
    links = [...awsLinks(inventory), ...gcpLinks(inventory), ...azureLinks(inventory)];
    remembered.set(inventory, links);
  }
  return links;
}
