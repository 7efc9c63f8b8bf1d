import type * as z from 'zod';
import { summarise } from '../../analysis/summary.ts';
import type { Walk, WalkOptions } from '../../analysis/walk.ts';
import type { ReachAnswer, ReachedNode } from '../../api/contract.ts';
import type { ReachRequest } from '../../api/requests.ts';
import type { NodeKind } from '../../graph/kinds.ts';
import type { Graph } from '../../graph/model.ts';
import { certaintyAt, nodeAt, techniqueAt } from '../../graph/read.ts';
import type { Dataset } from '../dataset.ts';
import { nodeOf, nodeSummary, reachSummary } from './parts.ts';

type Request = z.infer<typeof ReachRequest>;

/** What a request says about which edges to walk. */
export function walkOptions({
  direction,
  depth,
  classes,
  certainty,
}: Pick<Request, 'direction' | 'depth' | 'classes' | 'certainty'>): WalkOptions {
  return {
    direction,
    certainty,
    ...(depth === undefined ? {} : { depth }),
    ...(classes === undefined ? {} : { classes: new Set(classes) }),
  };
}

function byHop(graph: Graph, walk: Walk): ReachAnswer['byHop'] {
  const hops: { hops: number; total: number; certain: number; kinds: Map<NodeKind, number> }[] = [];
  for (let place = 0; place < walk.count; place += 1) {
    const at = walk.hops[place] as number;
    if (at === 0) continue;
    hops[at - 1] ??= { hops: at, total: 0, certain: 0, kinds: new Map() };
    const entry = hops[at - 1] as (typeof hops)[number];
    const kind = graph.nodes.kinds[walk.order[place] as number] as NodeKind;
    entry.total += 1;
    entry.certain += walk.sure[place] as number;
    entry.kinds.set(kind, (entry.kinds.get(kind) ?? 0) + 1);
  }
  return hops.map(({ kinds, ...rest }) => ({ ...rest, byKind: [...kinds].map(([kind, count]) => ({ kind, count })) }));
}

/** One reached node with the edge that reached it first; `from` is the node before it on the way from the start. */
function reachedNode(graph: Graph, walk: Walk, place: number, reverse: boolean): ReachedNode {
  const edge = walk.via[place] as number;
  const before = (reverse ? graph.edges.to : graph.edges.from)[edge] as number;
  return {
    ...nodeAt(graph, walk.order[place] as number),
    hops: walk.hops[place] as number,
    certainty: walk.sure[place] === 1 ? 'certain' : 'conditional',
    via: { from: graph.nodes.ids[before] as string, technique: techniqueAt(graph, edge), certainty: certaintyAt(graph, edge) },
  };
}

/** What falls when these nodes are compromised, or who can reach them; a page of it, and the counts of all of it. */
export function reachAnswer({ graph, walker }: Dataset, request: Request): ReachAnswer {
  const starts = [...new Set(request.from.map((id) => nodeOf(graph, id)))];
  const walk = walker.glance(starts, walkOptions(request));
  const reverse = request.direction === 'reverse';
  const reached: ReachedNode[] = [];
  let total = 0;
  for (let place = 0; place < walk.count; place += 1) {
    if (walk.hops[place] === 0) continue;
    if (request.hop !== undefined && walk.hops[place] !== request.hop) continue;
    if (request.kind !== undefined && graph.nodes.kinds[walk.order[place] as number] !== request.kind) continue;
    if (total >= request.offset && reached.length < request.limit) reached.push(reachedNode(graph, walk, place, reverse));
    total += 1;
  }
  return {
    from: starts.map((start) => nodeSummary(graph, start)),
    direction: request.direction,
    summary: reachSummary(summarise(graph, walk)),
    byHop: byHop(graph, walk),
    total,
    reached,
    gaps: graph.gaps,
  };
}
