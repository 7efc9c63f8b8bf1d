import { Walker } from '../analysis/walk.ts';
import { type WorkloadRisk, workloadRisks } from '../analysis/workloads.ts';
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import type { Inventory } from '../inventory/inventory.ts';

/** One world that was read, and everything derived from it. Replaced whole, never changed. */
export interface Dataset {
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly walker: Walker;
  /** Every workload with what it reaches, riskiest first; worked out when first asked for. */
  readonly workloads: () => readonly WorkloadRisk[];
}

/** Derives a dataset; the graph is built here, unless it is one of a hypothetical world. */
export function datasetOf(inventory: Inventory, graph: Graph = buildGraph(inventory)): Dataset {
  const walker = new Walker(graph);
  let risks: readonly WorkloadRisk[] | undefined;
  return {
    inventory,
    graph,
    walker,
    workloads: () => {
      risks ??= workloadRisks(graph, walker);
      return risks;
    },
  };
}
