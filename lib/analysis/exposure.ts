import type { TechniqueClass } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import { INTERNET, NODE_NETWORK } from '../graph/node-id.ts';
import { techniqueAt } from '../graph/read.ts';
import type { Walk, Walker } from './walk.ts';

/** From where something is reached: by everybody, or by whoever is on the network of the nodes. */
export type Outside = 'internet' | 'network';

/** How a pod is reached from outside of the cluster. */
export interface ExposedPod {
  readonly from: Outside;
  /**
   * Whether packets surely come as far as the service in front of it; what listens in the pod, and policies that could not be decided, are
   * another matter.
   */
  readonly surely: boolean;
  /** Edges of the shortest way, from outside to the pod. */
  readonly way: readonly number[];
}

const EXPOSURE: ReadonlySet<TechniqueClass> = new Set(['exposure']);

/** Pods that a walk along exposure alone reached, with the way. */
function podsOf(graph: Graph, walk: Walk, from: Outside): Map<number, ExposedPod> {
  const { nodes, edges, reverse } = graph;
  const placeOf = new Map<number, number>();
  for (let place = 0; place < walk.count; place += 1) placeOf.set(walk.order[place] as number, place);
  const isSure = (pod: number): boolean => {
    for (let at = reverse.offsets[pod] as number; at < (reverse.offsets[pod + 1] as number); at += 1) {
      const edge = reverse.edges[at] as number;
      if (techniqueAt(graph, edge) !== 'service-endpoint') continue;
      const place = placeOf.get(edges.from[edge] as number);
      if (place !== undefined && walk.sure[place] === 1) return true;
    }
    return false;
  };
  const wayTo = (start: number): number[] => {
    const way: number[] = [];
    for (let place = start; (walk.via[place] as number) >= 0; ) {
      const edge = walk.via[place] as number;
      way.unshift(edge);
      place = placeOf.get(edges.from[edge] as number) as number;
    }
    return way;
  };
  const found = new Map<number, ExposedPod>();
  for (let place = 0; place < walk.count; place += 1) {
    const node = walk.order[place] as number;
    if (nodes.kinds[node] === 'pod') found.set(node, { from, surely: isSure(node), way: wayTo(place) });
  }
  return found;
}

/** Pods that are reached from outside of the cluster, by exposure alone; those that the internet reaches count as that. */
export function exposedPods(graph: Graph, walker: Walker): ReadonlyMap<number, ExposedPod> {
  const walkFrom = (id: string, from: Outside): ReadonlyMap<number, ExposedPod> => {
    const start = graph.nodes.indexOf(id);
    return start === undefined ? new Map() : podsOf(graph, walker.walk([start], { classes: EXPOSURE }), from);
  };
  return new Map([...walkFrom(NODE_NETWORK, 'network'), ...walkFrom(INTERNET, 'internet')]);
}

/** The same of a workload: that of its most exposed pod, as copies of one template may lie on different nodes. */
export function exposureOf(pods: readonly number[], exposed: ReadonlyMap<number, ExposedPod>): ExposedPod | undefined {
  let most: ExposedPod | undefined;
  for (const pod of pods) {
    const one = exposed.get(pod);
    if (one === undefined) continue;
    if (most === undefined || rank(one) > rank(most)) most = one;
  }
  return most;
}

const rank = ({ from, surely }: ExposedPod): number => (from === 'internet' ? 2 : 0) + (surely ? 1 : 0);
