import type { ReachAnswer, ReachedNode } from '../../lib/api/contract.ts';
import { fetchJson } from './fetch-json.ts';
import { type ReachQuestion, reachUrl } from './use-reach.ts';
import { REACH_PAGE } from './use-reach-all.ts';

/** Reads every page, for an export. `onProgress` hears how many rows there are so far, and of how many. */
export async function fetchAllReached(
  question: Omit<ReachQuestion, 'offset' | 'limit'>,
  onProgress: (count: number, total: number) => void,
): Promise<readonly ReachedNode[]> {
  const rows: ReachedNode[] = [];
  for (;;) {
    const page = await fetchJson<ReachAnswer>(reachUrl({ ...question, offset: rows.length, limit: REACH_PAGE }));
    for (const row of page.reached) rows.push(row);
    onProgress(rows.length, page.total);
    if (page.reached.length === 0 || rows.length >= page.total) return rows;
  }
}
