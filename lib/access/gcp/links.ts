import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudLink } from '../cloud/link.ts';

export function gcpLinks(_inventory: Inventory): CloudLink[] {
  return [];
}
