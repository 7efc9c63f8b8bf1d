import type { AzureIdentity } from '../../inventory/azure.ts';
import type { CloudRefusal } from '../cloud/question.ts';
import type { AzureIndex } from './azure-index.ts';

/** Whom a question or an assignment is about. */
export interface AzurePrincipal {
  /** Object id that role assignments name; undefined: it has none that was read. */
  readonly principalId?: string;
  /** As sentences call it. */
  readonly name: string;
  readonly identity?: AzureIdentity;
}

export type PrincipalSearch =
  | { readonly found: 'one'; readonly principal: AzurePrincipal }
  | { readonly found: 'several'; readonly count: number }
  | { readonly found: 'none' };

/**
 * Whom a person means by a client id, a principal id, a resource id or a name, in this order. A principal that only an assignment names is
 * found too: it was deleted, or its kind was not read.
 */
export function findPrincipal(index: AzureIndex, text: string): PrincipalSearch {
  const wanted = text.trim().toLowerCase();
  const directory = directoryOf(index);
  for (const field of [directory.byClient, directory.byPrincipal, directory.byResource, directory.byName]) {
    const [identity, ...others] = field.get(wanted) ?? [];
    if (others.length > 0) return { found: 'several', count: others.length + 1 };
    if (identity !== undefined) return { found: 'one', principal: principalOf(identity) };
  }
  const other = directory.others.get(wanted);
  if (other !== undefined) return { found: 'one', principal: other };
  return index.assignments.has(wanted) ? { found: 'one', principal: { principalId: text.trim(), name: text.trim() } } : { found: 'none' };
}

/** Everybody by everything that they may be called, in lower case. */
interface Directory {
  readonly byClient: ReadonlyMap<string, readonly AzureIdentity[]>;
  readonly byPrincipal: ReadonlyMap<string, readonly AzureIdentity[]>;
  readonly byResource: ReadonlyMap<string, readonly AzureIdentity[]>;
  readonly byName: ReadonlyMap<string, readonly AzureIdentity[]>;
  /** Service principals and clusters, which are no identities of the data. */
  readonly others: ReadonlyMap<string, AzurePrincipal>;
}

const remembered = new WeakMap<AzureIndex, Directory>();

function directoryOf(index: AzureIndex): Directory {
  let directory = remembered.get(index);
  if (directory === undefined) {
    const { identities, clusters, servicePrincipals } = index.azure;
    const others = new Map<string, AzurePrincipal>();
    for (const { principalId, name } of clusters)
      if (principalId !== undefined) others.set(principalId.toLowerCase(), { principalId, name });
    for (const { id, appId, name } of servicePrincipals)
      for (const key of [id, appId]) others.set(key.toLowerCase(), { principalId: id, name: name ?? appId });
    directory = {
      byClient: groupedBy(identities, 'clientId'),
      byPrincipal: groupedBy(identities, 'principalId'),
      byResource: groupedBy(identities, 'resourceId'),
      byName: groupedBy(identities, 'name'),
      others,
    };
    remembered.set(index, directory);
  }
  return directory;
}

/** Identities by a field, in lower case; those without it are left out. */
const groupedBy = (identities: readonly AzureIdentity[], field: 'clientId' | 'principalId' | 'resourceId' | 'name') =>
  Map.groupBy(
    identities.filter((identity) => identity[field] !== undefined),
    (identity) => (identity[field] as string).toLowerCase(),
  );

const principalOf = (identity: AzureIdentity): AzurePrincipal => ({
  ...(identity.principalId === undefined ? {} : { principalId: identity.principalId }),
  name: identity.name,
  identity,
});

/** Why a question about an identity that was not found has no answer. */
export function refusalOf(search: Exclude<PrincipalSearch, { readonly found: 'one' }>, text: string): CloudRefusal {
  const called = `\`${text.slice(0, 300)}\``;
  if (search.found === 'several') return { error: `${search.count} Azure identities are called ${called}; give a client id` };
  return { error: `no Azure identity ${called} was read; give the client id of one that the data holds, or collect its subscription` };
}
