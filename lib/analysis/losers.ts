import type { TechniqueId } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import { techniqueAt } from '../graph/read.ts';
import { podsByWorkload } from './workloads.ts';

/** Techniques by which a workload acts as what is at their other end, rather than attacks it. */
export const ACTS_AS: ReadonlySet<TechniqueId> = new Set([
  'holds-token',
  'member-of',
  'mounts-secret',
  'bound-by',
  'assume-aws-role',
  'pod-identity',
  'gcp-workload-identity',
  'azure-federated-identity',
]);

/** Tells which workloads lose something when a node loses an edge: those that act as the node. */
export class Losers {
  readonly #graph: Graph;
  readonly #ownerOf: Int32Array;
  readonly #known = new Map<number, readonly number[]>();

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#ownerOf = new Int32Array(graph.nodes.count).fill(-1);
    for (const [owner, pods] of podsByWorkload(graph)) {
      this.#ownerOf[owner] = owner;
      for (const pod of pods) this.#ownerOf[pod] = owner;
    }
  }

  /** Workloads (and pods that nobody owns) that act as the node: through its tokens, its groups, its bindings and its links to clouds. */
  workloadsOf(node: number): readonly number[] {
    let found = this.#known.get(node);
    if (found === undefined) {
      found = this.#walk(node);
      this.#known.set(node, found);
    }
    return found;
  }

  /** Workloads that act as any of the nodes. */
  workloadsOfAll(nodes: Iterable<number>): ReadonlySet<number> {
    const found = new Set<number>();
    for (const node of nodes) for (const workload of this.workloadsOf(node)) found.add(workload);
    return found;
  }

  #walk(start: number): readonly number[] {
    const { reverse } = this.#graph;
    const seen = new Set([start]);
    const workloads = new Set<number>();
    // The set grows while it is walked.
    for (const node of seen) {
      const owner = this.#ownerOf[node] as number;
      if (owner >= 0) {
        workloads.add(owner);
        continue;
      }
      for (let place = reverse.offsets[node] as number; place < (reverse.walkedEnd[node] as number); place += 1) {
        if (ACTS_AS.has(techniqueAt(this.#graph, reverse.edges[place] as number))) seen.add(reverse.ends[place] as number);
      }
    }
    return [...workloads];
  }
}
