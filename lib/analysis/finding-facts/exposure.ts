import type { Evidence, Graph } from '../../graph/model.ts';
import { techniqueAt } from '../../graph/read.ts';
import type { RowFix } from '../findings/finding.ts';
import { edgeFix } from './edge-fix.ts';
import type { FindingWorld, LiveWorkload } from './world.ts';

/** A workload that packets from the internet reach, and by which edges. */
export interface Exposed {
  readonly workload: LiveWorkload;
  readonly pod: number;
  /** Whether packets surely come as far as the service in front of it. */
  readonly isSure: boolean;
  readonly way: readonly number[];
}

/** Workloads with a pod that the internet reaches by services, ingresses, gateways or host ports, in the order of `world.workloads`. */
export function* exposedWorkloads({ graph, workloads }: FindingWorld): Generator<Exposed> {
  for (const workload of workloads) {
    const { exposure } = workload;
    const last = exposure?.way.at(-1);
    if (exposure?.from === 'internet' && last !== undefined)
      yield { workload, pod: graph.edges.to[last] as number, isSure: exposure.surely, way: exposure.way };
  }
}

/** Shortest ways to one of several targets, from wherever one is: a walk back from them, made once. */
export class WaysTo {
  readonly #graph: Graph;
  readonly #via = new Map<number, number>();

  constructor({ graph, walker }: FindingWorld, targets: readonly number[]) {
    this.#graph = graph;
    const walk = walker.glance(targets, { direction: 'reverse' });
    for (let place = 0; place < walk.count; place += 1)
      if (walk.hops[place] !== 0) this.#via.set(walk.order[place] as number, walk.via[place] as number);
  }

  /** Edges from a node to the nearest target, in order; empty where there is no way, or none is needed. */
  from(node: number): readonly number[] {
    const edges: number[] = [];
    for (let edge = this.#via.get(node); edge !== undefined; edge = this.#via.get(this.#graph.edges.to[edge] as number)) edges.push(edge);
    return edges;
  }
}

/** The first evidence of every hop. */
export function evidenceAlong({ graph }: FindingWorld, way: readonly number[]): readonly [Evidence, ...Evidence[]] {
  const [first, ...rest] = way.map((edge) => graph.explain(edge).evidence[0]);
  if (first === undefined) throw new Error('a way without a hop');
  return [first, ...rest];
}

/**
 * How to close the first hop that somebody can close by changing objects of the cluster. What a pod is comes last: whoever turns the token of
 * an ingress controller off has no ingress, while what the account need not do can go.
 */
export function fixAlong(world: FindingWorld, way: readonly number[]): RowFix {
  const { graph } = world;
  const inOrder = way.toSorted(
    (one, other) => Number(techniqueAt(graph, one) === 'holds-token') - Number(techniqueAt(graph, other) === 'holds-token'),
  );
  for (const edge of inOrder) {
    const fix = edgeFix(world, edge);
    if (fix !== undefined) return fix;
  }
  const fixes = inOrder.map((edge) => graph.explain(edge).fix);
  const { says, command } = fixes.find((fix) => fix.command !== undefined) ?? fixes[0] ?? { says: 'close any one hop of the way' };
  return {
    says,
    ...(command === undefined ? {} : { command }),
    lacks: 'no hop of the way is closed by a patch of an object of the cluster',
  };
}

/** Of longer ways the ends are told. */
const SHOWN = 4;

/** `ingress:shop/web → service:shop/web → pod:shop/web-1`, the nodes of a way; of a long one the first and the last. */
export function placesAlong({ graph }: FindingWorld, way: readonly number[]): string {
  const ids = way.map((edge) => graph.nodes.ids[graph.edges.to[edge] as number] as string);
  const shown = ids.length > SHOWN ? [...ids.slice(0, SHOWN / 2), '…', ...ids.slice(-SHOWN / 2)] : ids;
  return shown.join(' → ');
}
