import type { AwsInventory, AwsManagedPolicy, AwsOidcProvider, AwsRole, EksCluster, PodIdentityAssociation } from '../aws.ts';
import { listGaps } from './aws-list-gaps.ts';
import { settleProviders, type UnplacedProvider } from './aws-providers.ts';
import { mergeRoles, withParts } from './aws-roles.ts';
import type { AwsGap, AwsPage, AwsRolePart, AwsSink, ListedAssociation } from './aws-sink.ts';

/** A sink that becomes the AWS part of an inventory. */
export interface AwsCollector extends AwsSink {
  /** Everything that was told, merged and sorted, and the gaps that only the whole shows. Does not change the collector. */
  finish(): { readonly aws: AwsInventory; readonly gaps: readonly AwsGap[] };
}

/** What the collector has heard so far. */
export interface Heard {
  readonly accounts: Set<string>;
  readonly roles: Map<string, AwsRole>;
  readonly parts: AwsRolePart[];
  readonly policies: Map<string, AwsManagedPolicy>;
  readonly providers: Map<string, AwsOidcProvider>;
  readonly unplaced: UnplacedProvider[];
  readonly clusters: Map<string, EksCluster>;
  readonly associations: Map<string, PodIdentityAssociation>;
  readonly listed: Map<string, ListedAssociation>;
  readonly providerLists: (string | undefined)[];
  readonly pages: AwsPage[];
  readonly gaps: AwsGap[];
}

/**
 * Collects the answers of one snapshot, in any order: pass it to `normaliseAwsAnswer` as the sink for every answer, then
 * call `finish()` once. The result does not depend on the order of the answers.
 */
export function createAwsCollector(): AwsCollector {
  const heard: Heard = {
    accounts: new Set(),
    roles: new Map(),
    parts: [],
    policies: new Map(),
    providers: new Map(),
    unplaced: [],
    clusters: new Map(),
    associations: new Map(),
    listed: new Map(),
    providerLists: [],
    pages: [],
    gaps: [],
  };
  return {
    role(role) {
      heard.accounts.add(role.account);
      const known = heard.roles.get(role.arn);
      heard.roles.set(role.arn, known === undefined ? role : mergeRoles(known, role));
    },
    rolePart: (part) => void heard.parts.push(part),
    managedPolicy: (policy) => keep(heard.policies, policy),
    oidcProvider(provider) {
      heard.accounts.add(provider.account);
      const known = heard.providers.get(provider.arn);
      if (known?.clientIds === undefined) heard.providers.set(provider.arn, provider);
    },
    providerOfUnknownArn: (provider) => void heard.unplaced.push(provider),
    eksCluster(cluster) {
      heard.accounts.add(cluster.account);
      keep(heard.clusters, cluster);
    },
    podIdentityAssociation(association) {
      heard.accounts.add(association.account);
      keep(heard.associations, association);
    },
    associationListed: (association) => keep(heard.listed, association),
    account: (id) => void heard.accounts.add(id),
    providersListed: (account) => void heard.providerLists.push(account),
    page: (page) => void heard.pages.push(page),
    gap: (gap) => void heard.gaps.push(gap),
    finish: () => finish(heard),
  };
}

/** Of two that differ under one ARN, the one whose JSON sorts first, so that the order of the files decides nothing. */
function keep<Item extends { readonly arn: string }>(map: Map<string, Item>, item: Item): void {
  const known = map.get(item.arn);
  if (known === undefined || JSON.stringify(item) < JSON.stringify(known)) map.set(item.arn, item);
}

function finish(heard: Heard): { aws: AwsInventory; gaps: AwsGap[] } {
  const accounts = new Set(heard.accounts);
  for (const { account } of heard.pages) if (account !== undefined) accounts.add(account);
  const only = accounts.size === 1 ? [...accounts][0] : undefined;
  const pages = heard.pages.map((page) => ({ ...page, account: page.account ?? only }));
  const { providers, gaps: providerGaps } = settleProviders(heard, only);
  const { roles, gaps: partGaps } = withParts(heard.roles, heard.parts);
  const listed = heard.providerLists.map((account) => account ?? only).filter((account) => account !== undefined);
  return {
    aws: {
      accounts: wholeAccounts(pages),
      accountsWithProviders: [...new Set(listed)].sort(),
      roles: byArn(roles),
      managedPolicies: byArn(heard.policies.values()),
      oidcProviders: byArn(providers),
      eksClusters: byArn(heard.clusters.values()),
      podIdentityAssociations: byArn(heard.associations.values()),
      users: [],
      groups: [],
      nodegroups: [],
      addons: [],
      accessEntries: [],
      instanceProfiles: [],
      instances: [],
      resourcePolicies: [],
      repositories: [],
    },
    gaps: [...heard.gaps, ...providerGaps, ...partGaps, ...listGaps({ pages, listed: heard.listed, described: heard.associations })],
  };
}

/** An account's roles were read whole where a last page is there; which pages stand before it, the pages do not say. */
function wholeAccounts(
  pages: readonly { readonly list: string; readonly account: string | undefined; readonly truncated: boolean }[],
): string[] {
  const whole = new Set<string>();
  for (const page of pages) if (page.list === 'roles' && !page.truncated && page.account !== undefined) whole.add(page.account);
  return [...whole].sort();
}

function byArn<Item extends { readonly arn: string }>(items: Iterable<Item>): Item[] {
  return [...items].sort((one, other) => (one.arn < other.arn ? -1 : one.arn > other.arn ? 1 : 0));
}
