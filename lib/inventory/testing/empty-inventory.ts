import { createInventoryBuilder } from '../builder.ts';
import type { Inventory } from '../inventory.ts';

/** An inventory of nothing. */
export const EMPTY_INVENTORY: Inventory = createInventoryBuilder().finish();
