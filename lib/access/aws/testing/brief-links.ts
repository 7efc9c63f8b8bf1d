import type { Inventory } from '../../../inventory/inventory.ts';
import { awsLinks } from '../links.ts';

/** The links of a world, a line each: `shop/api role irsa sts.amazonaws.com wired ok`. */
export function brief(inventory: Inventory): string[] {
  return awsLinks(inventory).map(
    (link) => `${link.serviceAccount} ${link.identity.split('/').at(-1)} ${link.method} ${link.audience} ${link.state} ${link.code}`,
  );
}
