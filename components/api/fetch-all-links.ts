import type { CloudLink, LinksAnswer } from '../../lib/api/contract.ts';
import { apiUrl, fetchJson } from './fetch-json.ts';
import type { LinkFilters } from './link-filters.ts';

const PAGE = 20_000;

/** Reads every page of the links that fit, for an export. */
export async function fetchAllLinks(filters: LinkFilters): Promise<readonly CloudLink[]> {
  const links: CloudLink[] = [];
  for (;;) {
    const page = await fetchJson<LinksAnswer>(apiUrl('links', { ...filters, offset: links.length, limit: PAGE }));
    for (const link of page.links) links.push(link);
    if (page.links.length === 0 || links.length >= page.total) return links;
  }
}
