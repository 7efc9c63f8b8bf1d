import type * as z from 'zod';
import { contain } from '../../analysis/contain.ts';
import { crownJewels } from '../../analysis/crown-jewels.ts';
import { jewelChokePoints } from '../../analysis/jewel-choke-points.ts';
import { podsByWorkload } from '../../analysis/workloads.ts';
import type { ChokePointsAnswer, CutsAnswer } from '../../api/cuts-contract.ts';
import type { ChokePointsRequest, CutsRequest } from '../../api/requests.ts';
import type { Graph } from '../../graph/model.ts';
import { findNode } from '../../graph/read.ts';
import type { Dataset } from '../dataset.ts';
import { changeAnswer } from './change-answer.ts';
import { edgeDetail, first, nodeOf, nodeSummary } from './parts.ts';

/** In the place of a target: all of them. */
const JEWELS = 'crown-jewels';
const LISTED = 20;
const WAYS = 5;

/** Nodes that somebody has marked. A mark of what is not in the data any more marks nothing: it may have been made on another day's data. */
export const markedNodes = (graph: Graph, ids: readonly string[]): readonly number[] => ids.flatMap((id) => findNode(graph, id) ?? []);

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
  const from = startsOf(graph, request.from);
  const to = [
    ...new Set(request.to.flatMap((id) => (id === JEWELS ? crownJewels(graph, markedNodes(graph, jewels)) : [nodeOf(graph, id)]))),
  ];
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
    gaps: graph.gaps,
  };
}

/** The single changes that keep most pairs of a workload and a crown jewel apart. */
export function chokePointsAnswer({ graph, walker }: Dataset, request: z.infer<typeof ChokePointsRequest>): ChokePointsAnswer {
  const { target, most, jewels } = request;
  const targets = target.length === 0 ? crownJewels(graph, markedNodes(graph, jewels)) : target.map((id) => nodeOf(graph, id));
  const workloads = [...podsByWorkload(graph).values()];
  const found = jewelChokePoints(graph, walker, { targets, workloads, most });
  return {
    targets: targets.length,
    workloads: workloads.length,
    pairs: found.pairs,
    changes: found.changes.map((one) => ({ ...changeAnswer(graph, one), pairs: one.pairs, workloads: one.relieved })),
  };
}
