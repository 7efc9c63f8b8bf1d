import type * as z from 'zod';
import { shortestPaths } from '../../analysis/paths.ts';
import type { EdgeDetail, PathsAnswer } from '../../api/contract.ts';
import type { EdgeRequest, PathsRequest } from '../../api/requests.ts';
import { techniqueAt } from '../../graph/read.ts';
import type { Dataset } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { edgeDetail, nodeOf, nodeSummary } from './parts.ts';

/** The shortest ways from one node to another; none is an answer. */
export function pathsAnswer({ graph, walker }: Dataset, { from, to, k }: z.infer<typeof PathsRequest>): PathsAnswer {
  const [start, end] = [nodeOf(graph, from), nodeOf(graph, to)];
  const paths = shortestPaths(graph, walker, { from: start, to: end, k }).map(({ edges, conditional }) => ({
    hops: edges.map((edge) => edgeDetail(graph, edge)),
    certainty: conditional === 0 ? ('certain' as const) : ('conditional' as const),
    cost: edges.length + conditional / 1000,
  }));
  return { from: nodeSummary(graph, start), to: nodeSummary(graph, end), paths, gaps: graph.gaps };
}

/** One edge with its evidence. */
export function edgeAnswer({ graph }: Dataset, { from, to, technique }: z.infer<typeof EdgeRequest>): EdgeDetail {
  const [start, end] = [nodeOf(graph, from), nodeOf(graph, to)];
  const { offsets, edges, ends } = graph.forward;
  for (let place = offsets[start] as number; place < (offsets[start + 1] as number); place += 1) {
    const edge = edges[place] as number;
    if (ends[place] === end && techniqueAt(graph, edge) === technique) return edgeDetail(graph, edge);
  }
  throw new Refused(
    404,
    'No such edge',
    `nothing leads from \`${from}\` to \`${to}\` by \`${technique}\`; the data may have been read anew since the link was made`,
  );
}
