import type { Graph } from '../graph/model.ts';
import { CLUSTER_ADMIN, EVERYWHERE, ID_PREFIX } from '../graph/node-id.ts';
import { components } from './target-counts.ts';
import type { Walk, Walker } from './walk.ts';

/** A node that many lead to. Whoever reaches it reaches everything that it reaches, so that is walked once for all of them. */
export interface Hub {
  /** 1: the hub reaches it; itself counts. */
  readonly reached: Uint8Array;
  /** 1: it reaches the hub; itself counts. */
  readonly reaching: Uint8Array;
  /** What the hub reaches, as a walk tells it. */
  readonly walk: Walk;
}

/** What reaches less than this share of the nodes is walked as fast as it is looked up. */
const WORTH = 1 / 16;

/** Nodes that stand for many, of the whole cluster. */
const AGGREGATES = ['all-nodes', 'all-pods', 'all-service-accounts', 'all-secrets'] as const;

/**
 * Hubs of a graph, over all walked edges or over the certain ones: the largest strongly connected component, cluster admin, and what stands for
 * everything of a kind, each component once, and none that reaches little. Linear, for there are six at most. Those of the widest reach come first.
 */
export function hubsOf(graph: Graph, walker: Walker, certainty: 'all' | 'certain'): readonly Hub[] {
  const { count } = graph.nodes;
  const hubs: Hub[] = [];
  const named = [CLUSTER_ADMIN, ...AGGREGATES.map((kind) => `${ID_PREFIX[kind]}:${EVERYWHERE}`)].map((id) => graph.nodes.indexOf(id));
  for (const node of [inLargestComponent(graph, certainty), ...named]) {
    if (node === undefined || hubs.some(({ reached, reaching }) => reached[node] === 1 && reaching[node] === 1)) continue;
    const walk = walker.walk([node], { certainty });
    if (walk.count < count * WORTH) continue;
    hubs.push({ reached: marks(walk, count), reaching: marks(walker.glance([node], { certainty, direction: 'reverse' }), count), walk });
  }
  return hubs.sort((one, other) => other.walk.count - one.walk.count);
}

function marks({ order, count }: Walk, nodes: number): Uint8Array {
  const marked = new Uint8Array(nodes);
  for (let place = 0; place < count; place += 1) marked[order[place] as number] = 1;
  return marked;
}

/** A node of the largest component; undefined: the graph is empty. */
function inLargestComponent(graph: Graph, certainty: 'all' | 'certain'): number | undefined {
  const { of } = components(graph, certainty === 'all' ? new Uint8Array(graph.edges.count) : uncertain(graph));
  const sizes = new Int32Array(of.length);
  let largest: number | undefined;
  for (const [node, component] of of.entries()) {
    const size = (sizes[component] as number) + 1;
    sizes[component] = size;
    if (largest === undefined || size > (sizes[of[largest] as number] as number)) largest = node;
  }
  return largest;
}

/** 1: the edge is not certain. */
function uncertain({ nodes, edges, forward }: Graph): Uint8Array {
  const closed = new Uint8Array(edges.count).fill(1);
  for (let node = 0; node < nodes.count; node += 1)
    for (let place = forward.offsets[node] as number; place < (forward.certainEnd[node] as number); place += 1)
      closed[forward.edges[place] as number] = 0;
  return closed;
}
