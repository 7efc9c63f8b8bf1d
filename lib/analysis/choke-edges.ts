import { TECHNIQUE_IDS } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import { techniques } from '../graph/techniques/index.ts';
import type { Walker } from './walk.ts';

/** An edge that many workloads' shortest ways go through, and how many no longer get there once it is closed. */
export interface ChokeEdge {
  readonly edge: number;
  /** Workloads that reach none of the targets without this edge. */
  readonly closes: number;
}

export interface ChokeQuestion {
  readonly targets: readonly number[];
  /** Pods of each workload: a workload gets there when one of them does. */
  readonly workloads: readonly (readonly number[])[];
  readonly most: number;
}

/** Edges that somebody can close by a change: not the ones that only say how things are. */
const CLOSABLE = TECHNIQUE_IDS.map((id) => techniques[id].class !== 'structure' && id !== 'node-identity' && id !== 'control-plane-node');

/** How many candidates are tried by closing them one at a time. */
const TRIED = 24;

function arriving(workloads: ChokeQuestion['workloads'], reached: Uint8Array): number {
  return workloads.filter((pods) => pods.some((pod) => reached[pod] === 1)).length;
}

function reachers(graph: Graph, walker: Walker, targets: readonly number[], without?: ReadonlySet<number>): Uint8Array {
  const reached = new Uint8Array(graph.nodes.count);
  const walk = walker.glance(targets, { direction: 'reverse', ...(without === undefined ? {} : { without }) });
  for (let place = 0; place < walk.count; place += 1) reached[walk.order[place] as number] = 1;
  return reached;
}

/** How many workloads' shortest way to a target passes each edge: one reverse walk, then weights added up along its tree. */
function traffic(graph: Graph, walker: Walker, { targets, workloads }: ChokeQuestion): Map<number, number> {
  const walk = walker.glance(targets, { direction: 'reverse' });
  const next = new Int32Array(graph.nodes.count).fill(-1);
  for (let place = 0; place < walk.count; place += 1) next[walk.order[place] as number] = walk.via[place] as number;
  const passing = new Map<number, number>();
  for (const pods of workloads) {
    const edges = new Set<number>();
    for (const pod of pods) {
      for (let node = pod, edge = next[node] as number; edge >= 0 && !edges.has(edge); node = graph.edges.to[edge] as number, edge = next[node] as number) edges.add(edge);
    }
    for (const edge of edges) passing.set(edge, (passing.get(edge) ?? 0) + 1);
  }
  return passing;
}

/**
 * The edges that separate most workloads from the targets when closed one at a time, most first. Candidates are the edges that most
 * shortest ways share; what each closes is counted by walking again without it, so that a second way is never overlooked.
 */
export function chokeEdges(graph: Graph, walker: Walker, question: ChokeQuestion): readonly ChokeEdge[] {
  const before = arriving(question.workloads, reachers(graph, walker, question.targets));
  const candidates = [...traffic(graph, walker, question)]
    .filter(([edge]) => CLOSABLE[graph.edges.technique[edge] as number] === true)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, TRIED);
  return candidates
    .map(([edge]) => ({ edge, closes: before - arriving(question.workloads, reachers(graph, walker, question.targets, new Set([edge]))) }))
    .filter(({ closes }) => closes > 0)
    .sort((a, b) => b.closes - a.closes || a.edge - b.edge)
    .slice(0, question.most);
}
