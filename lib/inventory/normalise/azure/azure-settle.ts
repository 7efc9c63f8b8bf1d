import type { AzureFederatedCredential, AzureGroup, AzureIdentity, AzureInventory, AzureRoleAssignment } from '../../azure.ts';
import { cutOffGap } from './azure-gaps.ts';
import { type AzureList, isWholeList, LIST_PERMISSIONS } from './azure-origin.ts';
import type { AzureRecords } from './azure-records.ts';
import { type AzureGap, type AzurePage, subscriptionOf } from './azure-sink.ts';

/** What only the whole of the answers tells: whose a credential is, which lists are whole, what is missing. */
export function settle(records: AzureRecords): { readonly part: AzureInventory; readonly gaps: readonly AzureGap[] } {
  const pages = wholeLists(records.pages);
  const identities = identitiesOf(records);
  const only = onlySubscription(records);
  const { credentials, gaps: unplacedGaps } = credentialsOf(records);
  const part: AzureInventory = {
    subscriptions: subscriptionsOf(pages.whole, 'identities', only),
    subscriptionsWithAssignments: subscriptionsOf(pages.whole, 'role-assignments', only),
    subscriptionsWithDenyAssignments: subscriptionsOf(pages.whole, 'deny-assignments', only),
    ...tenantOf(identities, records),
    applicationsRead: pages.whole.some(({ list }) => list === 'applications'),
    servicePrincipalsRead: pages.whole.some(({ list }) => list === 'service-principals'),
    servicePrincipals: sorted(records.servicePrincipals.values(), ({ id }) => id),
    groups: groupsOf(records, pages.whole),
    identities,
    credentialsRead: credentialsRead(identities, pages.whole),
    federatedCredentials: credentials,
    roleDefinitions: sorted(records.roleDefinitions.values(), ({ id }) => id),
    roleAssignments: sorted(withSubscription(records.roleAssignments.values(), only), ({ id }) => id),
    denyAssignments: sorted(withSubscription(records.denyAssignments.values(), only), ({ id }) => id),
    clusters: sorted(records.clusters.values(), ({ id }) => id),
  };
  return { part, gaps: [...records.gaps, ...pages.gaps, ...unplacedGaps, ...missingGaps(part)] };
}

/** Lists of which a last page is there; a gap for each of the others. */
function wholeLists(pages: readonly AzurePage[]): { readonly whole: readonly AzurePage[]; readonly gaps: readonly AzureGap[] } {
  const lists = new Map<string, AzurePage[]>();
  for (const page of pages) {
    const { method, subscription, resource, file } = page.origin;
    const key = JSON.stringify([page.list, method ?? file, subscription, resource]);
    const known = lists.get(key);
    if (known === undefined) lists.set(key, [page]);
    else known.push(page);
  }
  const all = [...lists.values()];
  const ended = (list: readonly AzurePage[]) => list.some(({ more }) => !more);
  const cut = sorted(
    all.filter((list) => !ended(list)).map((list) => sorted(list, ({ origin }) => origin.file)[0] as AzurePage),
    ({ origin }) => origin.file,
  );
  return {
    whole: all
      .filter(ended)
      .flat()
      .filter(({ origin }) => isWholeList(origin)),
    gaps: cut.map(({ list, origin }) => cutOffGap(list, origin)),
  };
}

/** The one subscription that the data speaks of, where it is one. */
function onlySubscription(records: AzureRecords): string | undefined {
  const found = new Set<string>();
  for (const { origin, subscriptions } of records.pages) {
    if (origin.subscription !== undefined) found.add(origin.subscription);
    for (const subscription of subscriptions) found.add(subscription);
  }
  for (const id of [...records.identities.keys(), ...records.clusters.keys(), ...records.roleAssignments.keys()]) {
    const subscription = subscriptionOf(id);
    if (subscription !== undefined) found.add(subscription);
  }
  const [first] = found;
  return found.size === 1 ? first : undefined;
}

function subscriptionsOf(pages: readonly AzurePage[], list: AzureList, only: string | undefined): readonly string[] {
  const found = new Set<string>();
  for (const page of pages) {
    if (page.list !== list) continue;
    const named = page.origin.subscription ?? only;
    for (const subscription of named === undefined ? page.subscriptions : [named]) found.add(subscription);
  }
  return [...found].sort();
}

function identitiesOf({ identities, applications, servicePrincipals }: AzureRecords): readonly AzureIdentity[] {
  const principals = new Map([...servicePrincipals.values()].map((principal) => [principal.appId.toLowerCase(), principal.id]));
  const entra = [...applications.values()].map((application): AzureIdentity => {
    const principalId = principals.get(application.clientId.toLowerCase());
    return { kind: 'application', ...application, ...(principalId === undefined ? {} : { principalId }) };
  });
  return sorted([...identities.values(), ...entra], ({ resourceId }) => resourceId);
}

/** The tenant of the managed identities and clusters, where they have one. */
function tenantOf(identities: readonly AzureIdentity[], { clusters }: AzureRecords): { readonly tenantId?: string } {
  const tenants = new Map<string, string>();
  for (const { tenantId } of [...identities, ...clusters.values()])
    if (tenantId !== undefined) tenants.set(tenantId.toLowerCase(), tenantId);
  const [tenantId] = tenants.values();
  return tenants.size === 1 && tenantId !== undefined ? { tenantId } : {};
}

function credentialsOf(records: AzureRecords): {
  readonly credentials: readonly AzureFederatedCredential[];
  readonly gaps: readonly AzureGap[];
} {
  const owners = new Map<string, string>();
  for (const { resourceId, clientId } of records.applications.values()) {
    owners.set(clientId.toLowerCase(), resourceId);
    owners.set(resourceId.toLowerCase(), resourceId);
  }
  const placed = new Map(records.credentials);
  const gaps = new Map<string, AzureGap>();
  for (const { credential, owner, file } of records.unplaced) {
    const identity = owners.get(owner.toLowerCase());
    if (identity === undefined) gaps.set(file, unplacedGap(file));
    else placed.set(`${identity}/${credential.id}`.toLowerCase(), { ...credential, identity });
  }
  return { credentials: sorted(placed.values(), ({ identity, name, id }) => `${identity}\n${name}\n${id}`), gaps: [...gaps.values()] };
}

function unplacedGap(file: string): AzureGap {
  return {
    source: 'azure',
    what: 'federated credentials of an Entra application',
    where: file,
    why: 'nothing says which application they belong to, or that application was not read',
    remedy: 'name the file METHOD/OBJECT-ID.json after the application, and add the list of applications',
    permission: LIST_PERMISSIONS['application-credentials'],
    file,
  };
}

/** `resourceId`s by everything that a path may call an identity: its name, `GROUP/NAME`, its ids. Several may have one name. */
function idsByName(identities: readonly AzureIdentity[]): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const { resourceId, name, clientId, kind } of identities) {
    const group = /\/resourcegroups\/([^/]+)\//i.exec(resourceId)?.[1] ?? '';
    const keys = kind === 'application' ? [resourceId, clientId] : [name, `${group}/${name}`, resourceId];
    for (const key of new Set(keys.map((one) => `${kind} ${one.toLowerCase()}`))) {
      const ids = named.get(key);
      if (ids === undefined) named.set(key, [resourceId]);
      else ids.push(resourceId);
    }
  }
  return named;
}

/** `resourceId`s of identities whose list of credentials was read whole: as the path names it, or as its credentials do. */
function credentialsRead(identities: readonly AzureIdentity[], pages: readonly AzurePage[]): readonly string[] {
  const named = idsByName(identities);
  const read = new Set<string>();
  for (const { list, origin, owners } of pages) {
    if (list !== 'identity-credentials' && list !== 'application-credentials') continue;
    const kind = list === 'application-credentials' ? 'application' : 'managed-identity';
    const called = owners.size > 0 ? [...owners] : [origin.resource ?? ''];
    for (const name of called) {
      const [id, ...others] = named.get(`${kind} ${name.toLowerCase()}`) ?? [];
      // A name that several identities have says of none that it was read.
      if (id !== undefined && others.length === 0) read.add(id);
    }
  }
  return [...read].sort();
}

function groupsOf({ members }: AzureRecords, pages: readonly AzurePage[]): readonly AzureGroup[] {
  const whole = new Set(pages.filter(({ list }) => list === 'group-members').map(({ origin }) => origin.resource?.toLowerCase() ?? ''));
  whole.delete('');
  return [...whole].sort().map((id) => ({ id, members: [...(members.get(id) ?? [])].sort() }));
}

/** With one subscription, whatever was listed was listed for it. */
function withSubscription<Item extends Pick<AzureRoleAssignment, 'listedFor'>>(items: Iterable<Item>, only: string | undefined): Item[] {
  return [...items].map((item) => (item.listedFor.length === 0 && only !== undefined ? { ...item, listedFor: [only] } : item));
}

/** What the rest of the data makes necessary and is not there. */
function missingGaps(part: AzureInventory): AzureGap[] {
  const read = new Set(part.credentialsRead);
  const unread = (kind: AzureIdentity['kind']) =>
    part.identities.filter((identity) => identity.kind === kind && !read.has(identity.resourceId));
  const definitions = new Set(part.roleDefinitions.map(({ name }) => name.toLowerCase()));
  const unknownRoles = new Set(
    part.roleAssignments
      .map(({ roleDefinitionId }) => roleDefinitionId.slice(roleDefinitionId.lastIndexOf('/') + 1).toLowerCase())
      .filter((name) => !definitions.has(name)),
  );
  const groups = new Set(part.groups.map(({ id }) => id));
  const unreadGroups = new Set(
    part.roleAssignments
      .filter(({ principalType }) => principalType === 'Group')
      .map(({ principalId }) => principalId.toLowerCase())
      .filter((id) => !groups.has(id)),
  );
  const without = part.subscriptions.filter((subscription) => !part.subscriptionsWithAssignments.includes(subscription));
  const denies = part.subscriptionsWithAssignments.filter((subscription) => !part.subscriptionsWithDenyAssignments.includes(subscription));
  return [
    ...missing(
      'identity-credentials',
      unread('managed-identity').map(({ name }) => name),
      'federated credentials of identities',
    ),
    ...missing(
      'application-credentials',
      unread('application').map(({ name }) => name),
      'federated credentials of Entra applications',
    ),
    ...missing('role-definitions', [...unknownRoles], 'Azure role definitions that assignments name'),
    ...missing('group-members', [...unreadGroups], 'members of Entra groups that have roles'),
    ...missing('role-assignments', without, 'Azure role assignments of subscriptions'),
    ...missing('deny-assignments', denies, 'Azure deny assignments of subscriptions'),
  ];
}

/** One gap for all of a kind: with thousands of identities nobody reads thousands of gaps. */
function missing(list: AzureList, names: readonly string[], what: string): AzureGap[] {
  if (names.length === 0) return [];
  const some = [...names]
    .sort()
    .slice(0, 5)
    .map((name) => `\`${name.slice(0, 120)}\``);
  return [
    {
      source: 'azure',
      what,
      why: `not read for ${some.join(', ')}${names.length > some.length ? ` and ${names.length - some.length} more` : ''}`,
      remedy: 'collect them with an identity that may read them',
      permission: LIST_PERMISSIONS[list],
    },
  ];
}

/** Sorted by a key, in code unit order. */
function sorted<Item>(items: Iterable<Item>, key: (item: Item) => string): Item[] {
  return [...items]
    .map((item) => ({ item, key: key(item) }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ item }) => item);
}
