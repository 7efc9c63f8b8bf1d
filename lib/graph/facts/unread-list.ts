import type { Inventory } from '../../inventory/inventory.ts';

/** Whether a gap says that a list (`validatingwebhookconfigurations`) could not be read, wherever: what is missing from it may be there. */
export const isUnread = ({ gaps }: Inventory, list: string): boolean =>
  gaps.some(({ what, resources }) => what === list || resources?.includes(list) === true);
