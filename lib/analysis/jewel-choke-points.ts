import type { Graph } from '../graph/model.ts';
import { techniqueAt } from '../graph/read.ts';
import { techniques } from '../graph/techniques/index.ts';
import { traffic } from './choke-points.ts';
import { type ClosingIndex, changesIn, closingIndex, type Formula, isFormulaMet, MadeChanges } from './closing-index.ts';
import { type CutChange, CutEffects } from './cut-effects.ts';
import { targetCounts } from './target-counts.ts';
import type { Walker } from './walk.ts';

/** One change, and how many pairs of a workload and a jewel it keeps apart. */
export interface JewelChokePoint extends CutChange {
  /** Pairs that nothing connects any more once the change is made. */
  readonly pairs: number;
  /** Workloads that reach fewer jewels than before. */
  readonly relieved: number;
}

export interface JewelChokePoints {
  /** Pairs of a workload and a jewel that it reaches, as things are. */
  readonly pairs: number;
  /** Most pairs first. */
  readonly changes: readonly JewelChokePoint[];
}

export interface JewelQuestion {
  readonly targets: readonly number[];
  /** Pods of each workload: a workload gets there when one of them does. */
  readonly workloads: readonly (readonly number[])[];
  readonly most: number;
}

/** How many candidates are tried by making them one at a time. */
const TRIED = 48;

interface Candidate {
  readonly change: number;
  readonly edges: ReadonlySet<number>;
  /** Those of the edges that are a way to move: bindings and groups say who has a right and give none themselves. */
  readonly moves: ReadonlySet<number>;
}

/** Edges on the shortest ways of workloads to the nearest jewel of each kind, with how many pairs hang on each at most. */
function busyEdges(graph: Graph, walker: Walker, { targets, workloads }: JewelQuestion): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const kind of Map.groupBy(targets, (target) => graph.nodes.kinds[target]).values()) {
    for (const [edge, passing] of traffic(graph, walker, { targets: kind, workloads, most: 0 }))
      found.set(edge, (found.get(edge) ?? 0) + passing.size * kind.length);
  }
  return found;
}

function closedAlone(index: ClosingIndex, change: number): ReadonlySet<number> {
  const { met } = new MadeChanges(index, [change]);
  return new Set((index.mentions[change] ?? []).flatMap((formula) => (met[formula] === 1 ? (index.edgesOf[formula] ?? []) : [])));
}

/** Changes that close a busy edge by themselves, the busiest first. */
function candidates(graph: Graph, index: ClosingIndex, busy: ReadonlyMap<number, number>): readonly Candidate[] {
  const traffics = new Map<number, number>();
  for (const [edge, count] of busy) {
    const formula = index.formulas[index.formulaOf[edge] as number] as Formula | undefined;
    if (formula === undefined) continue;
    for (const change of new Set(changesIn(formula)))
      if (isFormulaMet(formula, (one) => one === change)) traffics.set(change, (traffics.get(change) ?? 0) + count);
  }
  const name = (change: number): string => index.changes[change] as string;
  return [...traffics]
    .sort(([a, x], [b, y]) => y - x || (index.ranks[a] as number) - (index.ranks[b] as number) || (name(a) < name(b) ? -1 : 1))
    .slice(0, TRIED)
    .map(([change]): Candidate => {
      const edges = closedAlone(index, change);
      return { change, edges, moves: new Set([...edges].filter((edge) => techniques[techniqueAt(graph, edge)].class !== 'structure')) };
    });
}

interface Tried extends Candidate {
  readonly pairs: number;
  readonly relieved: number;
}

/** As many workloads are walked from one by one; for more, all are counted at once. */
const WALKED_ALONE = 16;

/** Counts the jewels that each workload reaches without some edges, for those workloads that could lose one at all. */
function afterChange(
  graph: Graph,
  walker: Walker,
  { targets, workloads }: JewelQuestion,
): (edges: ReadonlySet<number>) => readonly (readonly [number, number])[] {
  const isTarget = new Uint8Array(graph.nodes.count);
  for (const target of targets) isTarget[target] = 1;
  return (edges) => {
    const uses = new Uint8Array(graph.nodes.count);
    const from = [...edges].map((edge) => graph.edges.from[edge] as number);
    for (const node of walker.glance(from, { direction: 'reverse' }).order) uses[node] = 1;
    const concerned = workloads.flatMap((pods, place) => (pods.some((pod) => uses[pod] === 1) ? [{ pods, place }] : []));
    if (concerned.length > WALKED_ALONE) {
      const groups = concerned.map(({ pods }) => pods);
      const closed = new Uint8Array(graph.edges.count);
      for (const edge of edges) closed[edge] = 1;
      const counts = targetCounts(graph, { groups, targets, closed });
      return concerned.map(({ place }, number) => [place, counts[number] as number]);
    }
    return concerned.map(({ pods, place }) => {
      let count = 0;
      for (const node of walker.glance(pods, { without: edges }).order) count += isTarget[node] as number;
      return [place, count];
    });
  };
}

/** Whether the other does as much and closes no more: then this one need not be told. Of two that do the same the plainer stays. */
function isNeedless(one: Tried, other: Tried, ranks: readonly number[]): boolean {
  if (one === other || one.pairs !== other.pairs || ![...other.moves].every((edge) => one.moves.has(edge))) return false;
  return other.moves.size < one.moves.size || (ranks[other.change] as number) < (ranks[one.change] as number);
}

/**
 * The single changes that keep most pairs of a workload and a crown jewel apart, most first. Candidates are those on the shortest ways to each
 * kind of jewel; what each keeps apart is counted by walking again without what it closes, for every workload and every jewel, so that a
 * second way is never overlooked. A change that only others' rights hang on closes no pair and is not listed.
 */
export function jewelChokePoints(graph: Graph, walker: Walker, question: JewelQuestion): JewelChokePoints {
  const { targets, workloads, most } = question;
  const index = closingIndex(graph);
  const before = targetCounts(graph, { groups: workloads, targets, closed: new Uint8Array(graph.edges.count) });
  const busy = busyEdges(graph, walker, question);
  const after = afterChange(graph, walker, question);
  const tried = candidates(graph, index, busy).map((candidate): Tried => {
    let pairs = 0;
    let relieved = 0;
    for (const [place, count] of after(candidate.edges)) {
      const fewer = (before[place] as number) - count;
      pairs += fewer;
      if (fewer > 0) relieved += 1;
    }
    return { ...candidate, pairs, relieved };
  });
  const effects = new CutEffects(graph, index, []);
  const changes = tried
    .filter((one) => one.pairs > 0 && !tried.some((other) => isNeedless(one, other, index.ranks)))
    .sort(
      (a, b) =>
        b.pairs - a.pairs ||
        a.moves.size - b.moves.size ||
        ((index.changes[a.change] as string) < (index.changes[b.change] as string) ? -1 : 1),
    )
    .slice(0, most)
    .flatMap(({ change, pairs, relieved }) =>
      effects.describe([change], (edge) => busy.has(edge)).map((described): JewelChokePoint => ({ ...described, pairs, relieved })),
    );
  return { pairs: before.reduce((sum, count) => sum + count, 0), changes };
}
