import type { CutChange } from '../../analysis/cut-effects.ts';
import type { ChangeAnswer } from '../../api/cuts-contract.ts';
import type { Graph } from '../../graph/model.ts';
import { edgeSummary, nodeSummary } from './parts.ts';

/** A change of a cut with what it takes from whom. */
export function changeAnswer(graph: Graph, one: CutChange): ChangeAnswer {
  return {
    change: one.change,
    fix: one.fix,
    closes: edgeSummary(graph, one.edge),
    edges: one.edges,
    takesFrom: {
      nodes: one.losers,
      workloads: one.workloads,
      otherWorkloads: one.otherWorkloads,
      most: one.losses.map(({ node, edges, techniques }) => ({ node: nodeSummary(graph, node), edges, techniques })),
      others: one.otherWorkloadNodes.map((node) => nodeSummary(graph, node)),
    },
  };
}
