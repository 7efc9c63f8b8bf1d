import type { Graph } from '../graph/model.ts';
import { CLUSTER_ADMIN } from '../graph/node-id.ts';
import { type NearestLabels, nearestLabels } from './nearest-labels.ts';
import { ownerOfPod } from './owner-of-pod.ts';
import { GROUPS, groupCodes, type Summary, summarise, summaryOfCounts } from './summary.ts';
import type { Walk, Walker } from './walk.ts';

/** How many nodes of each group a walk holds. */
function countGroups(walk: Walk, codes: Int8Array, sureOnly: boolean): Int32Array {
  const counts = new Int32Array(GROUPS.length);
  for (let place = 0; place < walk.count; place += 1) {
    const code = codes[walk.order[place] as number] as number;
    if (code >= 0 && (!sureOnly || walk.sure[place] === 1)) counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}

/** What is known of everybody who can become cluster admin: he reaches what cluster admin reaches. */
interface Core {
  /** 1: reaches cluster admin and is reached by it; 2: both surely. */
  readonly member: Uint8Array;
  readonly size: number;
  readonly counts: Int32Array;
  readonly sureCounts: Int32Array;
  /** Hops from each node to the nearest of each group, or -1; the node itself counts as 0. */
  readonly distance: readonly Int32Array[];
}

/**
 * Summaries of many starts. Whoever reaches cluster admin, and whom cluster admin reaches, reaches exactly what cluster admin does (they are
 * one strongly connected component), so that is counted once; distances to each group are worked out once for all nodes. Everybody else
 * is walked from. The answers equal those of `summarise`.
 */
export class Summariser {
  readonly #graph: Graph;
  readonly #walker: Walker;
  readonly #codes: Int8Array;
  readonly #labelsOf = new Map<number, Labels>();
  readonly #nearestByCode = new Map<number, NearestLabels>();
  #core: Core | undefined;

  constructor(graph: Graph, walker: Walker) {
    this.#graph = graph;
    this.#walker = walker;
    this.#codes = groupCodes(graph);
  }

  summarise(starts: readonly number[]): Summary {
    const admin = this.#graph.nodes.indexOf(CLUSTER_ADMIN);
    if (admin === undefined) return summarise(this.#graph, this.#walker.glance(starts));
    this.#core ??= this.#coreOf(admin);
    const { member } = this.#core;
    if (starts.length === 0 || starts.includes(admin) || starts.some((start) => member[start] === 0)) {
      return summarise(this.#graph, this.#walker.glance(starts));
    }
    return this.#fromCore(this.#core, starts);
  }

  #coreOf(admin: number): Core {
    const { count } = this.#graph.nodes;
    const member = new Uint8Array(count);
    const forward = this.#walker.walk([admin]);
    const backward = this.#walker.walk([admin], { direction: 'reverse' });
    const reached = new Uint8Array(count);
    for (let place = 0; place < forward.count; place += 1) reached[forward.order[place] as number] = 1 + (forward.sure[place] as number);
    for (let place = 0; place < backward.count; place += 1) {
      const node = backward.order[place] as number;
      member[node] = Math.min(reached[node] as number, 1 + (backward.sure[place] as number));
    }
    const distance = GROUPS.map((_, group) => {
      const members: number[] = [];
      for (let node = 0; node < count; node += 1) if (this.#codes[node] === group) members.push(node);
      const hops = new Int32Array(count).fill(-1);
      const walk = this.#walker.glance(members, { direction: 'reverse' });
      for (let place = 0; place < walk.count; place += 1) hops[walk.order[place] as number] = walk.hops[place] as number;
      return hops;
    });
    return {
      member,
      size: forward.count,
      counts: countGroups(forward, this.#codes, false),
      sureCounts: countGroups(forward, this.#codes, true),
      distance,
    };
  }

  #fromCore(core: Core, starts: readonly number[]): Summary {
    const own = new Int32Array(GROUPS.length);
    for (const start of new Set(starts)) {
      const code = this.#codes[start] as number;
      if (code >= 0) own[code] = (own[code] as number) + 1;
    }
    const isSure = starts.every((start) => core.member[start] === 2);
    const sure = isSure ? core.sureCounts : countGroups(this.#walker.glance(starts, { certainty: 'certain' }), this.#codes, true);
    const near = this.#near(starts);
    return summaryOfCounts({
      totals: core.counts.map((count, code) => count - (own[code] as number)),
      certain: sure.map((count, code) => count - (own[code] as number)),
      minHops: Int32Array.from(GROUPS, (_, code) =>
        (own[code] as number) > 0
          ? this.#hopsToOther(starts, code)
          : Math.min(...starts.map((start) => core.distance[code]?.[start] as number)),
      ),
      further: core.counts.map((count, code) => count - (own[code] as number) - (near[code] as number)),
      total: core.size - new Set(starts).size,
    });
  }

  /** How many of each group lie one hop away. */
  #near(starts: readonly number[]): Int32Array {
    const walk = this.#walker.glance(starts, { depth: 1 });
    const counts = new Int32Array(GROUPS.length);
    for (let place = 0; place < walk.count; place += 1) {
      const code = this.#codes[walk.order[place] as number] as number;
      if (code >= 0 && walk.hops[place] === 1) counts[code] = (counts[code] as number) + 1;
    }
    return counts;
  }

  /** Hops to the nearest of a group that the starts themselves belong to. */
  #hopsToOther(starts: readonly number[], code: number): number {
    const { labelOf, sizes } = this.#labels(code);
    const own = new Set(starts.filter((start) => this.#codes[start] === code));
    const [label, ...more] = new Set([...own].map((start) => labelOf[start] as number));
    // Whoever asks for a part of a workload may find another part of it nearest.
    if (label === undefined || more.length > 0 || sizes.get(label) !== own.size) return this.#hopsByWalking(starts, code);
    const { hops, labels } = this.#nearestOf(code);
    let best = -1;
    for (const start of starts) {
      const found = labels[0][start] === label ? hops[1][start] : hops[0][start];
      if (found !== undefined && found >= 0 && (best === -1 || found < best)) best = found;
    }
    return best;
  }

  #hopsByWalking(starts: readonly number[], code: number): number {
    const walk = this.#walker.glance(starts);
    for (let place = 0; place < walk.count; place += 1)
      if (walk.hops[place] !== 0 && this.#codes[walk.order[place] as number] === code) return walk.hops[place] as number;
    return -1;
  }

  /** Labels of a group's members: pods of one workload share one, as they are asked about together. */
  #labels(code: number): Labels {
    let labels = this.#labelsOf.get(code);
    if (labels === undefined) {
      labels = labelsOf(this.#graph, (node) => this.#codes[node] === code);
      this.#labelsOf.set(code, labels);
    }
    return labels;
  }

  #nearestOf(code: number): NearestLabels {
    let nearest = this.#nearestByCode.get(code);
    if (nearest === undefined) {
      nearest = nearestLabels(this.#graph, this.#labels(code).labelOf);
      this.#nearestByCode.set(code, nearest);
    }
    return nearest;
  }
}

interface Labels {
  readonly labelOf: Int32Array;
  /** How many members have each label. */
  readonly sizes: ReadonlyMap<number, number>;
}

function labelsOf(graph: Graph, isMember: (node: number) => boolean): Labels {
  const { nodes } = graph;
  const labelOf = new Int32Array(nodes.count).fill(-1);
  const sizes = new Map<number, number>();
  for (let node = 0; node < nodes.count; node += 1) {
    if (!isMember(node)) continue;
    const label = nodes.kinds[node] === 'pod' ? ownerOfPod(graph, node) : node;
    labelOf[node] = label;
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
  }
  return { labelOf, sizes };
}
