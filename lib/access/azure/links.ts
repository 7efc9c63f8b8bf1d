import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import type { CloudLink } from '../cloud/link.ts';
import { annotatedClient, annotatedLink } from './annotated-link.ts';
import { aksClusterOf } from './injection.ts';
import { linkFacts } from './link-facts.ts';
import { pairOf, possibleLinks } from './possible-links.ts';

/**
 * Every service account and Azure identity that something connects: an annotation, or a federated credential that lets the account's
 * tokens in. Sorted by service account, identity, audience and state. A pair has one link, but for one case: the annotation does not work
 * although the credential fits; then there are a broken link and a possible one, with one code. Works for any cluster whose issuer a
 * credential names, AKS or not. Rules: shared/reference/cloud-identity-links.md, section 3.4.
 */
export function azureLinks(inventory: Inventory): CloudLink[] {
  const accounts = new Map<string, ServiceAccount>();
  for (const account of inventory.kubernetes.serviceAccounts) accounts.set(`${account.namespace}/${account.name}`, account);
  const facts = linkFacts(inventory);
  const links: CloudLink[] = [];
  const known = new Map<string, CloudLink>();
  for (const account of accounts.values()) {
    const link = annotatedLink(facts, account);
    if (link === undefined) continue;
    links.push(link);
    known.set(pairOf(link.serviceAccount, link.identity), link);
  }
  for (const link of possibleLinks(facts, accounts, known)) links.push(link);
  return links.sort(compare);
}

/** What is missing for the links to be whole, beside the gaps that the sources reported. */
export function azureLinkGaps(inventory: Inventory): Omit<Gap, 'id'>[] {
  const annotated = inventory.kubernetes.serviceAccounts.some((account) => annotatedClient(account) !== undefined);
  const federated = inventory.azure.federatedCredentials.length > 0;
  const issuer = inventory.cluster.issuer ?? aksClusterOf(inventory)?.issuer;
  if (issuer !== undefined || !(annotated || federated)) return [];
  return [
    {
      source: 'azure',
      what: "the cluster's OIDC issuer",
      why: 'nothing says which issuer signs the tokens of this cluster, so no federated credential can be compared',
      remedy: 'add the output of `kubectl get --raw /.well-known/openid-configuration` or of `az aks list -o json`, or name the cluster',
    },
  ];
}

function compare(one: CloudLink, other: CloudLink): number {
  for (const field of ['serviceAccount', 'identity', 'audience', 'state'] as const) {
    if (one[field] !== other[field]) return one[field] < other[field] ? -1 : 1;
  }
  return 0;
}
