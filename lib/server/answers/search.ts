import type * as z from 'zod';
import type { SearchAnswer } from '../../api/contract.ts';
import type { SearchRequest } from '../../api/requests.ts';
import type { Dataset } from '../dataset.ts';
import { nodeSummary } from './parts.ts';

/** How well a name answers a search: 0 exact, 1 beginning, 2 beginning of a part, 3 anywhere; -1 not at all. */
function rank(name: string, qualified: string, wanted: string): number {
  if (name === wanted || qualified === wanted) return 0;
  if (name.startsWith(wanted) || qualified.startsWith(wanted)) return 1;
  const at = qualified.indexOf(wanted);
  if (at === -1) return -1;
  return /[-/:.]/.test(qualified[at - 1] ?? '') ? 2 : 3;
}

const RANKS = [0, 1, 2, 3] as const;

/** Nodes whose name, id or `namespace/name` contains the text, best matches first; every node where the text is empty. */
export function searchAnswer({ graph }: Dataset, { q, kind, limit }: z.infer<typeof SearchRequest>): SearchAnswer {
  const { nodes } = graph;
  const wanted = q.trim().toLowerCase();
  const found: number[][] = RANKS.map(() => []);
  let total = 0;
  for (let node = 0; node < nodes.count; node += 1) {
    if (kind !== undefined && nodes.kinds[node] !== kind) continue;
    const name = (nodes.names[node] as string).toLowerCase();
    const best = wanted === '' ? 0 : Math.max(-1, rank(name, (nodes.ids[node] as string).toLowerCase(), wanted));
    const place = best === -1 ? rank(name, `${nodes.namespaces[node]}/${name}`.toLowerCase(), wanted) : best;
    if (place === -1) continue;
    total += 1;
    const list = found[place] as number[];
    if (list.length < limit) list.push(node);
  }
  return {
    total,
    nodes: found
      .flat()
      .slice(0, limit)
      .map((node) => nodeSummary(graph, node)),
  };
}
