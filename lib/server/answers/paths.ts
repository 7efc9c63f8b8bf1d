import type * as z from 'zod';
import { easiestPaths } from '../../analysis/easiest-paths.ts';
import { shortestPaths } from '../../analysis/paths.ts';
import { techniquesBetween } from '../../analysis/techniques-between.ts';
import type { EdgeDetail, PathsAnswer } from '../../api/contract.ts';
import type { EdgeRequest, PathsRequest } from '../../api/requests.ts';
import type { Graph } from '../../graph/model.ts';
import { techniqueAt } from '../../graph/read.ts';
import type { Dataset } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { edgeDetail, nodeOf, nodeSummary } from './parts.ts';

/** The shortest or the easiest ways from one node to another, and every technique between them; none is an answer. */
export function pathsAnswer({ graph, walker }: Dataset, { from, to, k, by }: z.infer<typeof PathsRequest>): PathsAnswer {
  const question = { from: nodeOf(graph, from), to: nodeOf(graph, to), k };
  const found =
    by === 'hops'
      ? shortestPaths(graph, walker, question).map((path) => ({ ...path, cost: path.edges.length + path.conditional / 1000 }))
      : easiestPaths(graph, question).map((path) => ({ ...path, cost: Number(path.difficulty.toFixed(2)) }));
  return {
    from: nodeSummary(graph, question.from),
    to: nodeSummary(graph, question.to),
    paths: found.map(({ edges, conditional, cost }) => ({
      hops: edges.map((edge) => edgeDetail(graph, edge)),
      certainty: conditional === 0 ? ('certain' as const) : ('conditional' as const),
      cost,
    })),
    techniques: techniquesBetween(graph, walker, question),
    gaps: graph.gaps,
  };
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
