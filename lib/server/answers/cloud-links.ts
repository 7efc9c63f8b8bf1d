import { type DiagnosisWorld, diagnosisWorld } from '../../access/cloud/diagnosis/world.ts';
import type { CloudLink, CloudProvider } from '../../access/cloud/link.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Dataset } from '../dataset.ts';

/** The links of one dataset, and what is worked out from them once. */
export interface LinkWorld {
  readonly links: readonly CloudLink[];
  readonly diagnosis: DiagnosisWorld;
  /** Identity → how many service accounts of this cluster it lets in. */
  readonly admits: ReadonlyMap<string, number>;
  /** Identities that let nearly every service account of the cluster in. */
  readonly open: ReadonlySet<string>;
  /** Of all links, sorted. */
  readonly namespaces: readonly string[];
  readonly providers: readonly CloudProvider[];
}

/** An identity that lets so large a part of the service accounts in is open to the cluster, even if it names some that it keeps out. */
const OPEN_SHARE = 0.95;
/** Below so many service accounts a share says nothing. */
const FEWEST = 5;

const made = new WeakMap<Inventory, LinkWorld>();

/** The links between service accounts and cloud identities, indexed once for each dataset. */
export function linkWorld({ inventory }: Dataset): LinkWorld {
  let world = made.get(inventory);
  if (world === undefined) {
    const links = cloudLinks(inventory);
    const admits = admittedBy(links);
    const accounts = inventory.kubernetes.serviceAccounts.length;
    const open = [...admits].filter(([, count]) => accounts >= FEWEST && count >= accounts * OPEN_SHARE).map(([identity]) => identity);
    world = { links, diagnosis: diagnosisWorld(inventory, links), admits, open: new Set(open), ...placesOf(links) };
    made.set(inventory, world);
  }
  return world;
}

function admittedBy(links: readonly CloudLink[]): Map<string, number> {
  const accounts = new Map<string, Set<string>>();
  for (const { identity, serviceAccount, state } of links) {
    if (state === 'broken') continue;
    const set = accounts.get(identity);
    if (set === undefined) accounts.set(identity, new Set([serviceAccount]));
    else set.add(serviceAccount);
  }
  return new Map([...accounts].map(([identity, set]) => [identity, set.size]));
}

const PROVIDERS: readonly CloudProvider[] = ['aws', 'gcp', 'azure'];
/** What a list of namespaces to choose from can hold. */
const MOST_NAMESPACES = 5000;

function placesOf(links: readonly CloudLink[]): Pick<LinkWorld, 'namespaces' | 'providers'> {
  const namespaces = new Set(links.map(({ serviceAccount }) => serviceAccount.slice(0, serviceAccount.indexOf('/'))));
  const found = new Set(links.map(({ provider }) => provider));
  return { namespaces: [...namespaces].sort().slice(0, MOST_NAMESPACES), providers: PROVIDERS.filter((provider) => found.has(provider)) };
}
