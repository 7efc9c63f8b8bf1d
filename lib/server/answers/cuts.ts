import type * as z from 'zod';
import { contain } from '../../analysis/contain.ts';
import { crownJewels } from '../../analysis/crown-jewels.ts';
import { jewelChokePoints } from '../../analysis/jewel-choke-points.ts';
import { podsByWorkload } from '../../analysis/workloads.ts';
import type { ChokePointsAnswer, CutsAnswer } from '../../api/cuts-contract.ts';
import type { ChokePointsRequest, CutsRequest } from '../../api/requests.ts';
import type { Graph } from '../../graph/model.ts';
import type { Dataset } from '../dataset.ts';
import { changeAnswer } from './change-answer.ts';
import { markedJewels, tellingNotFound } from './marked-jewels.ts';
import { edgeDetail, first, nodeOf, nodeSummary } from './parts.ts';

/** In the place of a target: all of them. */
const JEWELS = 'crown-jewels';
const LISTED = 20;
const WAYS = 5;

/** A workload stands for its pods. */
function startsOf(graph: Graph, ids: readonly string[]): readonly number[] {
  const workloads = podsByWorkload(graph);
  return [
    ...new Set(
      ids.flatMap((id) => {
        const node = nodeOf(graph, id);
        return workloads.get(node) ?? [node];
      }),
    ),
  ];
}

/** The fewest changes that contain the sources: see `contain`. */
export function cutsAnswer({ graph, walker }: Dataset, request: z.infer<typeof CutsRequest>): CutsAnswer {
  const { certainty, jewels } = request;
  const marked = markedJewels(graph, jewels);
  const from = startsOf(graph, request.from);
  const to = [...new Set(request.to.flatMap((id) => (id === JEWELS ? crownJewels(graph, marked.nodes) : [nodeOf(graph, id)])))];
  const { targets, reached, inseparable, cut, remains } = contain(graph, walker, { from, to, certainty });
  return {
    from: first(from, LISTED).map((node) => nodeSummary(graph, node)),
    to: first(to, LISTED).map((node) => nodeSummary(graph, node)),
    targets,
    reached,
    inseparable: {
      total: inseparable.length,
      first: first(inseparable, WAYS).map(({ target, way }) => ({
        target: nodeSummary(graph, target),
        way: way.map((edge) => edgeDetail(graph, edge)),
      })),
    },
    changes: cut.changes.map((one) => changeAnswer(graph, one)),
    exact: cut.exact,
    suffices: cut.suffices,
    remains,
    ...tellingNotFound(marked.notFound),
    gaps: graph.gaps,
  };
}

/** The single changes that keep most pairs of a workload and a crown jewel apart. */
export function chokePointsAnswer({ graph, walker }: Dataset, request: z.infer<typeof ChokePointsRequest>): ChokePointsAnswer {
  const { target, most, jewels } = request;
  const marked = markedJewels(graph, jewels);
  const targets = target.length === 0 ? crownJewels(graph, marked.nodes) : target.map((id) => nodeOf(graph, id));
  const workloads = [...podsByWorkload(graph).values()];
  const found = jewelChokePoints(graph, walker, { targets, workloads, most });
  return {
    targets: targets.length,
    workloads: workloads.length,
    pairs: found.pairs,
    ...tellingNotFound(marked.notFound),
    changes: found.changes.map((one) => ({ ...changeAnswer(graph, one), pairs: one.pairs, workloads: one.relieved })),
  };
}
