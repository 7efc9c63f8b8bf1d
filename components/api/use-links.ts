'use client';
import type { LinksAnswer } from '../../lib/api/contract.ts';
import type { LinkFilters } from './link-filters.ts';
import { useAnswer } from './use-answer.ts';

/** At most so many links are held as a list; an export reads on to the end. */
export const LINKS_PAGE = 2000;

/** The first links that fit the filters, and how many there are. */
export function useLinks(filters: LinkFilters, enabled: boolean) {
  return useAnswer<LinksAnswer>({ path: 'links', query: { ...filters, limit: LINKS_PAGE }, enabled });
}
