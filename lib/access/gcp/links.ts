import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudLink } from '../cloud/link.ts';
import { annotatedLink } from './annotated-link.ts';
import { indexGcp } from './gcp-index.ts';
import { federatedPopulations, gkePopulation } from './population.ts';
import { possibleLinks } from './possible-links.ts';

/**
 * Every service account of the chosen cluster and every Google service account that something connects: the annotation that GKE's metadata
 * server goes by, or an allow policy that lets the service account in; in clusters elsewhere, workload identity pools that take their tokens.
 * Sorted by service account, identity and method; a pair has one link. Rules: shared/reference/cloud-identity-links.md, section 3.3.
 */
export function gcpLinks(inventory: Inventory): CloudLink[] {
  const index = indexGcp(inventory);
  const gke = gkePopulation(inventory, index);
  const links = new Map<string, CloudLink>();
  const keep = (link: CloudLink): void => {
    const key = `${link.serviceAccount} ${link.identity}`;
    const known = links.get(key);
    if (known === undefined || RANK.indexOf(link.state) < RANK.indexOf(known.state)) links.set(key, link);
  };
  for (const account of inventory.kubernetes.serviceAccounts) {
    const link = annotatedLink(inventory, index, { account, population: gke });
    if (link !== undefined) keep(link);
  }
  for (const population of [...(gke === undefined ? [] : [gke]), ...federatedPopulations(inventory)])
    for (const link of possibleLinks(inventory, index, population)) {
      // An annotation has its own link, which says more.
      const known = links.get(`${link.serviceAccount} ${link.identity}`);
      if (known?.method !== link.method) keep(link);
    }
  return [...links.values()].sort(compare);
}

const RANK: readonly CloudLink['state'][] = ['wired', 'possible', 'conditional', 'broken'];

function compare(one: CloudLink, other: CloudLink): number {
  const left = [one.serviceAccount, one.identity, one.method, one.audience];
  const right = [other.serviceAccount, other.identity, other.method, other.audience];
  const at = left.findIndex((part, place) => part !== right[place]);
  return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1;
}
