import type * as z from 'zod';
import { shortestPaths } from '../../analysis/paths.ts';
import type { EdgeDetail, PathsAnswer } from '../../api/contract.ts';
import type { EdgeRequest, PathsRequest } from '../../api/requests.ts';
import type { Graph } from '../../graph/model.ts';
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

/** A workload stands for its pods on the canvas: a line at it is an edge of one of them. */
function standsFor(graph: Graph, node: number): readonly number[] {
  if (graph.nodes.kinds[node] !== 'workload') return [node];
  const { offsets, ends } = graph.forward;
  return [node, ...ends.subarray(offsets[node] as number, offsets[node + 1] as number)];
}

/** One edge with its evidence; for a workload, that of its first pod that has it. */
export function edgeAnswer({ graph }: Dataset, { from, to, technique }: z.infer<typeof EdgeRequest>): EdgeDetail {
  const ends = new Set(standsFor(graph, nodeOf(graph, to)));
  const { offsets, edges, ends: reached } = graph.forward;
  for (const start of standsFor(graph, nodeOf(graph, from))) {
    for (let place = offsets[start] as number; place < (offsets[start + 1] as number); place += 1) {
      const edge = edges[place] as number;
      if (ends.has(reached[place] as number) && techniqueAt(graph, edge) === technique) return edgeDetail(graph, edge);
    }
  }
  throw new Refused(
    404,
    'No such edge',
    `nothing leads from \`${from}\` to \`${to}\` by \`${technique}\`; the data may have been read anew since the link was made`,
  );
}
