import type { Inventory } from '../../inventory/inventory.ts';
import { awsLinks } from '../aws/links.ts';
import { azureLinks } from '../azure/links.ts';
import { gcpLinks } from '../gcp/links.ts';
import type { CloudLink } from './link.ts';

/** Every service account and cloud identity that something connects, in all clouds, each cloud's in its own order. */
export function cloudLinks(inventory: Inventory): CloudLink[] {
  return [...awsLinks(inventory), ...gcpLinks(inventory), ...azureLinks(inventory)];
}
