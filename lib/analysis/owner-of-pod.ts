import type { Graph } from '../graph/model.ts';

/** The workload that owns a pod; the pod itself where nobody does. */
export function ownerOfPod({ nodes, edges, reverse }: Graph, pod: number): number {
  let owner = pod;
  for (let place = reverse.offsets[pod] as number; place < (reverse.offsets[pod + 1] as number); place += 1) {
    const from = edges.from[reverse.edges[place] as number] as number;
    if (nodes.kinds[from] === 'workload') owner = from;
  }
  return owner;
}
