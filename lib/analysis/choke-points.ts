import type { Graph } from '../graph/model.ts';
import type { Walker } from './walk.ts';

/** One change that keeps workloads from the targets, told by one of the edges that it closes. */
export interface ChokePoint {
  /** Stable key of the change. */
  readonly change: string;
  /** The edge that most shortest ways share, of those that the change closes. */
  readonly edge: number;
  /** How many edges the change closes. */
  readonly edges: number;
  /** Workloads that reach none of the targets once the change is made. */
  readonly closes: number;
}

export interface ChokeQuestion {
  readonly targets: readonly number[];
  /** Pods of each workload: a workload gets there when one of them does. */
  readonly workloads: readonly (readonly number[])[];
  readonly most: number;
}

/** How many candidates are tried by making them one at a time. */
const TRIED = 32;

function arriving(workloads: ChokeQuestion['workloads'], reached: Uint8Array): number {
  return workloads.filter((pods) => pods.some((pod) => reached[pod] === 1)).length;
}

function reachers(graph: Graph, walker: Walker, targets: readonly number[], without?: ReadonlySet<number>): Uint8Array {
  const reached = new Uint8Array(graph.nodes.count);
  const walk = walker.glance(targets, { direction: 'reverse', ...(without === undefined ? {} : { without }) });
  for (let place = 0; place < walk.count; place += 1) reached[walk.order[place] as number] = 1;
  return reached;
}

/** How many workloads' shortest way to a target passes each edge, by one reverse walk. */
export function traffic(graph: Graph, walker: Walker, { targets, workloads }: ChokeQuestion): ReadonlyMap<number, ReadonlySet<number>> {
  const walk = walker.glance(targets, { direction: 'reverse' });
  const next = new Int32Array(graph.nodes.count).fill(-1);
  for (let place = 0; place < walk.count; place += 1) next[walk.order[place] as number] = walk.via[place] as number;
  const passing = new Map<number, Set<number>>();
  for (const [workload, pods] of workloads.entries()) {
    for (const pod of pods) {
      for (let edge = next[pod] as number; edge >= 0; edge = next[graph.edges.to[edge] as number] as number) {
        const who = passing.get(edge) ?? new Set();
        if (who.has(workload)) break;
        passing.set(edge, who.add(workload));
      }
    }
  }
  return passing;
}

interface Candidate {
  readonly key: string;
  edge: number;
  traffic: number;
  readonly workloads: Set<number>;
}

/** Changes by how many workloads' shortest ways they lie on. */
function candidates(graph: Graph, passing: ReadonlyMap<number, ReadonlySet<number>>): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const [edge, workloads] of passing) {
    for (const key of graph.changes(edge)) {
      const candidate = found.get(key) ?? { key, edge, traffic: 0, workloads: new Set() };
      if (workloads.size > candidate.traffic) Object.assign(candidate, { edge, traffic: workloads.size });
      for (const workload of workloads) candidate.workloads.add(workload);
      found.set(key, candidate);
    }
  }
  return [...found.values()].sort((a, b) => b.workloads.size - a.workloads.size || a.edge - b.edge).slice(0, TRIED);
}

/** The edges that each of these changes closes. */
function closedBy(graph: Graph, keys: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<number>> {
  const closed = new Map<string, Set<number>>();
  for (let edge = 0; edge < graph.edges.count; edge += 1) {
    for (const key of graph.changes(edge)) if (keys.has(key)) closed.set(key, (closed.get(key) ?? new Set()).add(edge));
  }
  return closed;
}

/** Of changes that close the same edges the first: techniques name the plainest first. */
function withoutTwins(tried: readonly Candidate[], closed: ReadonlyMap<string, ReadonlySet<number>>): readonly Candidate[] {
  const seen = new Set<string>();
  return tried.filter(({ key }) => {
    const edges = [...(closed.get(key) ?? [])].sort((a, b) => a - b).join();
    return !seen.has(edges) && seen.add(edges);
  });
}

/**
 * The single changes that separate most workloads from the targets, most first. Candidates are those on most shortest ways; what each
 * closes is counted by walking again without the edges that it closes, so that a second way is never overlooked.
 */
export function chokePoints(graph: Graph, walker: Walker, question: ChokeQuestion): readonly ChokePoint[] {
  const before = arriving(question.workloads, reachers(graph, walker, question.targets));
  const tried = candidates(graph, traffic(graph, walker, question));
  const closed = closedBy(graph, new Set(tried.map(({ key }) => key)));
  return withoutTwins(tried, closed)
    .map(({ key, edge }) => {
      const without = closed.get(key) ?? new Set();
      return {
        change: key,
        edge,
        edges: without.size,
        closes: before - arriving(question.workloads, reachers(graph, walker, question.targets, without)),
      };
    })
    .filter(({ closes }) => closes > 0)
    .sort((a, b) => b.closes - a.closes || a.edge - b.edge)
    .slice(0, question.most);
}
