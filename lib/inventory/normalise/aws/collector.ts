import type { AwsInventory, AwsOidcProvider, AwsRole } from '../../aws.ts';
import { listGaps, type SettledPage } from './list-gaps.ts';
import { settleProviders } from './providers.ts';
import { recordText } from './record-text.ts';
import { mergeRoles, withParts } from './roles.ts';
import { settleAccessEntries } from './settle-access-entries.ts';
import { settleOrganization } from './settle-organization.ts';
import { settlePolicies } from './settle-policies.ts';
import type {
  AwsEntryPolicies,
  AwsGap,
  AwsListed,
  AwsOrganizationFact,
  AwsPage,
  AwsRecords,
  AwsRolePart,
  AwsSink,
  UnplacedPolicy,
  UnplacedProvider,
} from './sink.ts';

/** A sink that becomes the AWS part of an inventory. */
export interface AwsCollector extends AwsSink {
  /** Everything that was told, merged and sorted, and the gaps that only the whole shows. Does not change the collector. */
  finish(): { readonly aws: AwsInventory; readonly gaps: readonly AwsGap[] };
}

type RecordMaps = { readonly [Kind in keyof AwsRecords]: Map<string, AwsRecords[Kind]> };

/** What the collector has heard so far. */
class Heard {
  readonly accounts = new Set<string>();
  readonly records: RecordMaps = {
    users: new Map(),
    groups: new Map(),
    managedPolicies: new Map(),
    eksClusters: new Map(),
    nodegroups: new Map(),
    addons: new Map(),
    accessEntries: new Map(),
    podIdentityAssociations: new Map(),
    instanceProfiles: new Map(),
    instances: new Map(),
    resourcePolicies: new Map(),
    repositories: new Map(),
  };
  readonly roles = new Map<string, AwsRole>();
  readonly parts: AwsRolePart[] = [];
  readonly providers = new Map<string, AwsOidcProvider>();
  readonly unplacedProviders: UnplacedProvider[] = [];
  readonly unplacedPolicies: UnplacedPolicy[] = [];
  readonly entryPolicies: AwsEntryPolicies[] = [];
  readonly organization: AwsOrganizationFact[] = [];
  readonly listed = new Map<string, AwsListed>();
  readonly described = new Set<string>();
  readonly providerLists: (string | undefined)[] = [];
  readonly pages: AwsPage[] = [];
  readonly gaps: AwsGap[] = [];
}

/**
 * Collects the answers of one snapshot, in any order: pass it to `normaliseAwsAnswer` as the sink for every answer, then
 * call `finish()` once. The result does not depend on the order of the answers.
 */
export function createAwsCollector(): AwsCollector {
  const heard = new Heard();
  return {
    record(kind, record) {
      if ('account' in record && record.account !== undefined) heard.accounts.add(record.account);
      keep(heard.records[kind] as Map<string, typeof record>, 'arn' in record ? record.arn : record.id, record);
    },
    role(role) {
      heard.accounts.add(role.account);
      const known = heard.roles.get(role.arn);
      heard.roles.set(role.arn, known === undefined ? role : mergeRoles(known, role));
    },
    rolePart: (part) => void heard.parts.push(part),
    oidcProvider(provider) {
      heard.accounts.add(provider.account);
      const known = heard.providers.get(provider.arn);
      if (known?.clientIds === undefined) heard.providers.set(provider.arn, provider);
    },
    providerOfUnknownArn: (provider) => void heard.unplacedProviders.push(provider),
    policyOfUnknownArn: (policy) => void heard.unplacedPolicies.push(policy),
    entryPolicies: (policies) => void heard.entryPolicies.push(policies),
    organization: (fact) => void heard.organization.push(fact),
    listed: (listed) => keep(heard.listed, listed.key, listed),
    described: (key) => void heard.described.add(key),
    account: (id) => void heard.accounts.add(id),
    providersListed: (account) => void heard.providerLists.push(account),
    page: (page) => void heard.pages.push(page),
    gap: (gap) => void heard.gaps.push(gap),
    finish: () => finish(heard),
  };
}

/** Of two that differ under one key, the one whose text sorts first, so that the order of the files decides nothing. */
function keep<Item>(map: Map<string, Item>, key: string, item: Item): void {
  const known = map.get(key);
  if (known === undefined || recordText(item) < recordText(known)) map.set(key, item);
}

function finish(heard: Heard): { aws: AwsInventory; gaps: AwsGap[] } {
  const { records } = heard;
  const accounts = new Set(heard.accounts);
  for (const { account } of heard.pages) if (account !== undefined) accounts.add(account);
  const only = accounts.size === 1 ? [...accounts][0] : undefined;
  const pages = heard.pages.map((page) => ({ ...page, account: page.account ?? only }));
  const arns = [...arnsOf(heard)];
  const providers = settleProviders({ providers: heard.providers, unplaced: heard.unplacedProviders, arns }, only);
  const { roles, gaps: partGaps } = withParts(heard.roles, heard.parts);
  const entries = settleAccessEntries(records.accessEntries.values(), heard.entryPolicies);
  const resources = settlePolicies({ unplaced: heard.unplacedPolicies, arns }, only);
  const { organization, withoutOrganization, gaps: treeGaps } = settleOrganization(heard.organization, accountsOfRoles(roles));
  return {
    aws: {
      accounts: wholeAccounts(pages),
      accountsWithProviders: accountsWithProviders(heard, only),
      roles: byArn(roles),
      managedPolicies: byArn(records.managedPolicies.values()),
      oidcProviders: byArn(providers.providers),
      eksClusters: byArn(records.eksClusters.values()),
      podIdentityAssociations: byArn(records.podIdentityAssociations.values()),
      users: byArn(records.users.values()),
      groups: byArn(records.groups.values()),
      nodegroups: byArn(records.nodegroups.values()),
      addons: byArn(records.addons.values()),
      accessEntries: byArn(entries.entries),
      instanceProfiles: byArn(records.instanceProfiles.values()),
      instances: [...records.instances.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
      resourcePolicies: byArn(resourcePolicies(records.resourcePolicies, resources.policies)),
      repositories: byArn(records.repositories.values()),
      ...(organization === undefined ? {} : { organization }),
      ...(withoutOrganization.length === 0 ? {} : { accountsWithoutOrganization: withoutOrganization }),
    },
    gaps: [
      ...heard.gaps,
      ...providers.gaps,
      ...partGaps,
      ...entries.gaps,
      ...resources.gaps,
      ...treeGaps,
      ...listGaps({ pages, listed: heard.listed, described: heard.described }),
    ],
  };
}

function* arnsOf({ providers, records, roles }: Heard): Generator<string> {
  yield* roles.keys();
  yield* providers.keys();
  for (const map of Object.values(records)) for (const record of map.values()) if ('arn' in record) yield record.arn;
}

function accountsWithProviders({ providerLists }: Heard, only: string | undefined): string[] {
  return [...new Set(providerLists.map((account) => account ?? only).filter((account) => account !== undefined))].sort();
}

function accountsOfRoles(roles: readonly AwsRole[]): string[] {
  return [...new Set(roles.map(({ account }) => account))].sort();
}

function resourcePolicies(
  known: RecordMaps['resourcePolicies'],
  settled: readonly AwsRecords['resourcePolicies'][],
): Iterable<AwsRecords['resourcePolicies']> {
  const all = new Map(known);
  for (const policy of settled) keep(all, policy.arn, policy);
  return all.values();
}

/** An account's roles were read whole where a last page is there; which pages stand before it, the pages do not say. */
function wholeAccounts(pages: readonly SettledPage[]): string[] {
  const whole = new Set<string>();
  for (const page of pages) if (page.list === 'iam roles' && !page.truncated && page.account !== undefined) whole.add(page.account);
  return [...whole].sort();
}

function byArn<Item extends { readonly arn: string }>(items: Iterable<Item>): Item[] {
  return [...items].sort((one, other) => (one.arn < other.arn ? -1 : one.arn > other.arn ? 1 : 0));
}
