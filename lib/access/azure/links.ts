import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudLink } from '../cloud/link.ts';

export function azureLinks(_inventory: Inventory): CloudLink[] {
  return [];
}
