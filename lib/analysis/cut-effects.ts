import type { TechniqueId } from '../graph/kinds.ts';
import type { Fix, Graph } from '../graph/model.ts';
import { techniqueAt } from '../graph/read.ts';
import { techniques } from '../graph/techniques/index.ts';
import { type ClosingIndex, MadeChanges } from './closing-index.ts';
import type { Cost } from './hitting-set.ts';
import { ACTS_AS, Losers } from './losers.ts';

/** Who loses how many edges, and of which techniques. */
export interface Loss {
  readonly node: number;
  readonly edges: number;
  readonly techniques: readonly TechniqueId[];
}

/** One change of a set, with what it takes from whom. */
export interface CutChange {
  /** Stable key of the change. */
  readonly change: string;
  readonly fix: Fix;
  /** One of the edges on the way that it closes: the fix was told by it. */
  readonly edge: number;
  /** How many edges would stay open without it, or are closed by it alone. */
  readonly edges: number;
  /** How many nodes lose edges, and the first of them, those that lose most first. */
  readonly losers: number;
  readonly losses: readonly Loss[];
  /** How many workloads act as one of them, how many of those are no sources, and the first of them. */
  readonly workloads: number;
  readonly otherWorkloads: number;
  readonly otherWorkloadNodes: readonly number[];
}

/** Longer lists are cut off; the counts say how many there are. */
const LISTED = 10;

/** Others weigh before edges; sums of both stay whole numbers. */
const OTHERS_WEIGHT = 2 ** 26;

/** FNV-1a over the key's UTF-16: tells equal costs apart in a way that hangs on nothing but the key. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < key.length; place += 1) hash = Math.imul(hash ^ key.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Commands take subjects and rules out by their place: of one list the last comes first, so that the places of the others stay true. */
function inOrderOfCommands(a: string, b: string): number {
  const split = (key: string): readonly [string, number] => {
    const slash = key.lastIndexOf('/');
    const place = key.slice(slash + 1);
    return /^\d{1,9}$/.test(place) ? [key.slice(0, slash), Number(place)] : [key, 0];
  };
  const [listA, placeA] = split(a);
  const [listB, placeB] = split(b);
  return byText(listA, listB) || placeB - placeA;
}

/** What changes cost and take, for one set of sources. */
export class CutEffects {
  readonly #graph: Graph;
  readonly #index: ClosingIndex;
  readonly #losers: Losers;
  readonly #from: ReadonlySet<number>;
  readonly #sources: ReadonlySet<number>;
  readonly #costs = new Map<number, Cost>();

  constructor(graph: Graph, index: ClosingIndex, from: readonly number[]) {
    this.#graph = graph;
    this.#index = index;
    this.#losers = new Losers(graph);
    this.#from = new Set(from);
    this.#sources = this.#losers.workloadsOfAll(from);
  }

  /** First who is no source and loses something by the change alone, workloads and people; then how much the edges that it closes give. */
  readonly cost = (change: number): Cost => {
    let cost = this.#costs.get(change);
    if (cost === undefined) {
      const edges = this.#closedAlone(change);
      const others = this.#othersOf(this.#workloadsOf(edges)).length + this.#peopleOf(edges);
      const weight = others * OTHERS_WEIGHT + Math.min(this.#lost(edges), OTHERS_WEIGHT - 1);
      cost = { weight, tie: (this.#index.ranks[change] as number) * 2 ** 32 + hashOf(this.#index.changes[change] as string) };
      this.#costs.set(change, cost);
    }
    return cost;
  };

  /** The changes with what each takes; `isOnWay` tells edges that lie between the sources and the targets. */
  describe(changes: readonly number[], isOnWay: (edge: number) => boolean): readonly CutChange[] {
    const together = new MadeChanges(this.#index, changes).met;
    return changes
      .map((change) => this.#describeOne(change, this.#closedThanksTo(change, changes, together), isOnWay))
      .sort((a, b) => inOrderOfCommands(a.change, b.change));
  }

  #describeOne(change: number, edges: readonly number[], isOnWay: (edge: number) => boolean): CutChange {
    const key = this.#index.changes[change] as string;
    const edge = this.#telling(edges, isOnWay);
    const losses = this.#lossesOf(edges);
    const workloads = this.#workloadsOf(edges);
    const others = this.#othersOf(workloads);
    return {
      change: key,
      fix: this.#graph.fix(edge, key),
      edge,
      edges: edges.length,
      losers: losses.length,
      losses: losses.slice(0, LISTED),
      workloads: workloads.size,
      otherWorkloads: others.length,
      otherWorkloadNodes: others.sort((a, b) => byText(this.#id(a), this.#id(b))).slice(0, LISTED),
    };
  }

  #id = (node: number): string => this.#graph.nodes.ids[node] as string;

  #closedAlone(change: number): readonly number[] {
    const { met } = new MadeChanges(this.#index, [change]);
    return (this.#index.mentions[change] ?? []).flatMap((formula) => (met[formula] === 1 ? (this.#index.edgesOf[formula] ?? []) : []));
  }

  #closedThanksTo(change: number, changes: readonly number[], together: Uint8Array): readonly number[] {
    const alone = new MadeChanges(this.#index, [change]).met;
    const without = new MadeChanges(
      this.#index,
      changes.filter((one) => one !== change),
    ).met;
    return (this.#index.mentions[change] ?? []).flatMap((formula) =>
      alone[formula] === 1 || (together[formula] === 1 && without[formula] === 0) ? (this.#index.edgesOf[formula] ?? []) : [],
    );
  }

  #workloadsOf(edges: readonly number[]): ReadonlySet<number> {
    return this.#losers.workloadsOfAll(new Set(edges.map((edge) => this.#graph.edges.from[edge] as number)));
  }

  /**
   * How much the edges give: each one way to move, and where whoever loses it acts as the other end no more, all that this one may do. Bindings
   * and groups say who has a right and give none themselves.
   */
  #lost(edges: readonly number[]): number {
    const { offsets, walkedEnd } = this.#graph.forward;
    let lost = 0;
    for (const edge of edges) {
      const technique = techniqueAt(this.#graph, edge);
      if (techniques[technique].class === 'structure') continue;
      const to = this.#graph.edges.to[edge] as number;
      lost += ACTS_AS.has(technique) ? 1 + (walkedEnd[to] as number) - (offsets[to] as number) : 1;
    }
    return lost;
  }

  /** Who loses edges and is no workload: users, groups of people, roles that no workload uses. */
  #peopleOf(edges: readonly number[]): number {
    const nodes = new Set(edges.map((edge) => this.#graph.edges.from[edge] as number));
    let count = 0;
    for (const node of nodes) if (!this.#from.has(node) && this.#losers.workloadsOf(node).length === 0) count += 1;
    return count;
  }

  #othersOf(workloads: ReadonlySet<number>): number[] {
    return [...workloads].filter((workload) => !this.#sources.has(workload));
  }

  /** Of the edges on the way, the first by the names of its ends: the same whatever the numbers. */
  #telling(edges: readonly number[], isOnWay: (edge: number) => boolean): number {
    const { from, to } = this.#graph.edges;
    const isBefore = (a: number, b: number): boolean =>
      (byText(this.#id(from[a] as number), this.#id(from[b] as number)) ||
        byText(this.#id(to[a] as number), this.#id(to[b] as number)) ||
        byText(techniqueAt(this.#graph, a), techniqueAt(this.#graph, b))) < 0;
    let best: number | undefined;
    for (const edge of edges) if (isOnWay(edge) && (best === undefined || isBefore(edge, best))) best = edge;
    if (best === undefined) throw new Error('a change of a cut closes no edge on the way');
    return best;
  }

  #lossesOf(edges: readonly number[]): readonly Loss[] {
    const found = new Map<number, { edges: number; techniques: Set<TechniqueId> }>();
    for (const edge of edges) {
      const node = this.#graph.edges.from[edge] as number;
      const loss = found.get(node) ?? { edges: 0, techniques: new Set() };
      loss.edges += 1;
      loss.techniques.add(techniqueAt(this.#graph, edge));
      found.set(node, loss);
    }
    return [...found]
      .map(([node, loss]): Loss => ({ node, edges: loss.edges, techniques: [...loss.techniques].sort() }))
      .sort((a, b) => b.edges - a.edges || byText(this.#id(a.node), this.#id(b.node)));
  }
}
