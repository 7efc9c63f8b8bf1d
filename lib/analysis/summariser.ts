import type { Graph } from '../graph/model.ts';
import { type Hub, hubsOf } from './hubs.ts';
import { type NearestLabels, nearestLabels } from './nearest-labels.ts';
import { ownerOfPod } from './owner-of-pod.ts';
import { GROUPS, groupCodes, type Summary, summarise, summaryOfCounts } from './summary.ts';
import type { Walk, Walker } from './walk.ts';

type Certainty = 'all' | 'certain';

/** How much is reached; the starts count. */
interface Reached {
  readonly counts: Int32Array;
  readonly total: number;
}

/** A hub with what it reaches counted. */
interface CountedHub extends Omit<Hub, 'walk'>, Reached {}

/**
 * Summaries of many starts. What lies behind a hub is counted once for everybody who reaches the hub, and only what he reaches beside it is walked;
 * distances to each group are worked out once for all nodes. Whoever reaches no hub is walked from. The answers equal those of `summarise`.
 */
export class Summariser {
  readonly #graph: Graph;
  readonly #walker: Walker;
  readonly #codes: Int8Array;
  readonly #labelsOf = new Map<number, Labels>();
  readonly #nearestByCode = new Map<number, NearestLabels>();
  readonly #hops = new Map<number, Int32Array>();
  readonly #hubs = new Map<Certainty, readonly CountedHub[]>();

  constructor(graph: Graph, walker: Walker) {
    this.#graph = graph;
    this.#walker = walker;
    this.#codes = groupCodes(graph);
  }

  summarise(starts: readonly number[]): Summary {
    if (this.#hubOf(starts, 'all') === undefined) return summarise(this.#graph, this.#walker.glance(starts));
    const all = this.#reached(starts, 'all');
    const sure = this.#reached(starts, 'certain');
    const own = new Int32Array(GROUPS.length);
    for (const start of new Set(starts)) {
      const code = this.#codes[start] as number;
      if (code >= 0) own[code] = (own[code] as number) + 1;
    }
    const near = this.#near(starts);
    const totals = all.counts.map((count, code) => count - (own[code] as number));
    return summaryOfCounts({
      totals,
      certain: sure.counts.map((count, code) => count - (own[code] as number)),
      minHops: totals.map((total, code) =>
        total === 0 ? -1 : own[code] === 0 ? this.#hopsTo(starts, code) : this.#hopsToOther(starts, code),
      ),
      further: totals.map((total, code) => total - (near[code] as number)),
      total: all.total - new Set(starts).size,
    });
  }

  /** The widest hub that one of the starts reaches. */
  #hubOf(starts: readonly number[], certainty: Certainty): CountedHub | undefined {
    let hubs = this.#hubs.get(certainty);
    if (hubs === undefined) {
      hubs = hubsOf(this.#graph, this.#walker, certainty).map(({ reached, reaching, walk }) => ({
        reached,
        reaching,
        ...this.#counted(walk),
      }));
      this.#hubs.set(certainty, hubs);
    }
    return hubs.find(({ reaching }) => starts.some((start) => reaching[start] === 1));
  }

  /** What the hub reaches, and what the starts reach beside: nothing leads out of what a hub reaches. */
  #reached(starts: readonly number[], certainty: Certainty): Reached {
    const hub = this.#hubOf(starts, certainty);
    if (hub === undefined) return this.#counted(this.#walker.glance(starts, { certainty }));
    const beside = this.#counted(this.#walker.glance(starts, { certainty, beside: hub.reached }), hub.reached);
    return { counts: hub.counts.map((count, code) => count + (beside.counts[code] as number)), total: hub.total + beside.total };
  }

  /** What a walk holds, but for what is counted already. */
  #counted({ count, order }: Walk, already?: Uint8Array): Reached {
    const counts = new Int32Array(GROUPS.length);
    let total = 0;
    for (let place = 0; place < count; place += 1) {
      const node = order[place] as number;
      if (already?.[node] === 1) continue;
      total += 1;
      const code = this.#codes[node] as number;
      if (code >= 0) counts[code] = (counts[code] as number) + 1;
    }
    return { counts, total };
  }

  /** Hops to the nearest of a group that none of the starts belongs to. */
  #hopsTo(starts: readonly number[], code: number): number {
    let hops = this.#hops.get(code);
    if (hops === undefined) {
      hops = this.#hopsFromEverywhere(code);
      this.#hops.set(code, hops);
    }
    let best = -1;
    for (const start of starts) {
      const found = hops[start] as number;
      if (found >= 0 && (best === -1 || found < best)) best = found;
    }
    return best;
  }

  /** Hops from each node to the nearest of a group, or -1. */
  #hopsFromEverywhere(code: number): Int32Array {
    const members: number[] = [];
    for (let node = 0; node < this.#codes.length; node += 1) if (this.#codes[node] === code) members.push(node);
    const hops = new Int32Array(this.#codes.length).fill(-1);
    const walk = this.#walker.glance(members, { direction: 'reverse' });
    for (let place = 0; place < walk.count; place += 1) hops[walk.order[place] as number] = walk.hops[place] as number;
    return hops;
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
