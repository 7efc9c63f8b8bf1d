import type * as z from 'zod';
import type { CloudLink, CloudLinkState } from '../../access/cloud/link.ts';
import type { LinksAnswer } from '../../api/contract.ts';
import type { IdentitiesAnswer, IdentityCell } from '../../api/identities-contract.ts';
import type { IdentitiesRequest, LinksRequest } from '../../api/requests.ts';
import type { Dataset } from '../dataset.ts';
import { linkWorld } from './cloud-links.ts';
import { cloudWarnings } from './cloud-warnings.ts';
import { azureIdentityOf, identitySummary } from './identity-summary.ts';
import { type LinkMatrix, linkMatrix } from './link-matrix.ts';

type Filters = Omit<z.infer<typeof LinksRequest>, 'offset' | 'limit'>;

function fits(link: CloudLink, { provider, namespace, everyone, q }: Filters, isOpen: boolean): boolean {
  if (provider !== undefined && link.provider !== provider) return false;
  if (namespace !== undefined && !link.serviceAccount.startsWith(`${namespace}/`)) return false;
  if (everyone === 'hide' && isOpen) return false;
  return q === '' || link.serviceAccount.toLowerCase().includes(q) || link.identity.toLowerCase().includes(q) || link.code.includes(q);
}

/** Links that fit everything but the state, and those of them that fit the state too. */
function filtered(data: Dataset, filters: Filters): { readonly any: readonly CloudLink[]; readonly links: readonly CloudLink[] } {
  const { links, open } = linkWorld(data);
  const wanted = { ...filters, q: filters.q.trim().toLowerCase() };
  const any = links.filter((link) => fits(link, wanted, open.has(link.identity)));
  return { any, links: filters.state === undefined ? any : any.filter(({ state }) => state === filters.state) };
}

interface Filtered {
  readonly matrix: LinkMatrix;
  readonly counts: Record<CloudLinkState, number>;
}

/** The last matrices of a dataset, by their filters: a page that scrolls asks for windows of the same one. */
const KEPT = 8;
const made = new WeakMap<Dataset, Map<string, Filtered>>();

function matrixOf(data: Dataset, { provider, namespace, state, everyone, q }: Filters): Filtered {
  const kept = made.get(data) ?? new Map<string, Filtered>();
  made.set(data, kept);
  const key = JSON.stringify([provider, namespace, state, everyone, q]);
  const before = kept.get(key);
  if (before !== undefined) return before;
  const { any, links } = filtered(data, { provider, namespace, state, everyone, q });
  const counts = { wired: 0, possible: 0, conditional: 0, broken: 0 };
  for (const link of any) counts[link.state] += 1;
  const found = { matrix: linkMatrix(links, linkWorld(data).open), counts };
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, found);
  return found;
}

/** A window of the matrix of service accounts and cloud identities. */
export function identitiesAnswer(data: Dataset, request: z.infer<typeof IdentitiesRequest>): IdentitiesAnswer {
  const { row, rows, column, columns } = request;
  const { matrix, counts } = matrixOf(data, request);
  const accounts = matrix.rows.slice(row, row + rows);
  const identities = matrix.columns.slice(column, column + columns);
  const cells: IdentityCell[] = [];
  for (const [place, account] of accounts.entries()) {
    for (const [at, link] of matrix.cells.get(account) ?? []) {
      if (at < column || at >= column + identities.length) continue;
      cells.push({ row: place, column: at - column, state: link.state, code: link.code, method: link.method });
    }
  }
  const { open, namespaces, providers } = linkWorld(data);
  return {
    serviceAccounts: { total: matrix.rows.length, offset: row, items: accounts },
    identities: { total: matrix.columns.length, offset: column, items: identities.map((identity) => identitySummary(data, identity)) },
    cells,
    counts,
    openIdentities: open.size,
    namespaces,
    providers,
    warnings: cloudWarnings(data).filter(({ provider }) => request.provider === undefined || provider === request.provider),
  };
}

/** What needs a look stands first; within a state the order of the clouds' own. */
const STATES: readonly CloudLinkState[] = ['broken', 'wired', 'conditional', 'possible'];

/** The same as a list, a page of it. */
export function linksAnswer(data: Dataset, request: z.infer<typeof LinksRequest>): LinksAnswer {
  const { links: unsorted } = filtered(data, request);
  const links = STATES.flatMap((state) => unsorted.filter((link) => link.state === state));
  return {
    total: links.length,
    links: links.slice(request.offset, request.offset + request.limit).map((link) => {
      const { serviceAccount, provider, identity, method, audience, state, code, reason } = link;
      const name = provider === 'azure' ? azureIdentityOf(data, identity)?.name : undefined;
      return { serviceAccount, provider, identity, ...(name === undefined ? {} : { name }), method, audience, state, code, reason };
    }),
  };
}
