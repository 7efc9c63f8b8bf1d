import type * as z from 'zod';
import { shortestPaths } from '../../analysis/paths.ts';
import { summarise } from '../../analysis/summary.ts';
import type { Walk } from '../../analysis/walk.ts';
import type { GraphAnswer } from '../../api/contract.ts';
import type { GraphRequest } from '../../api/requests.ts';
import type { NodeKind } from '../../graph/kinds.ts';
import type { Graph } from '../../graph/model.ts';
import type { Dataset } from '../dataset.ts';
import { type Drawn, drawCanvas, foldPods } from './canvas.ts';
import { IMPORTANCE } from './canvas-columns.ts';
import { nodeOf, reachSummary } from './parts.ts';
import { walkOptions } from './reach.ts';

type Request = z.infer<typeof GraphRequest>;

/** What a canvas holds before it stops being readable. */
const MOST_NODES = 260;
/** How many nodes one node may bring in by the same technique: `all-secrets` shows a few of its secrets, and the panel lists them. */
const MOST_SIBLINGS = 6;
const NEIGHBOURS_BEFORE = 6;
const CHAINS = 8;

/** The node before each reached node on the way from the start; the starts have none. */
type Parents = ReadonlyMap<number, number>;

function parentsOf(graph: Graph, walk: Walk): Parents {
  const { from, to } = graph.edges;
  const parents = new Map<number, number>();
  for (let place = 0; place < walk.count; place += 1) {
    const edge = walk.via[place] as number;
    const node = walk.order[place] as number;
    if (edge >= 0) parents.set(node, (from[edge] === node ? to[edge] : from[edge]) as number);
  }
  return parents;
}

/** Crown jewels and what is picked, with every step that leads to them: these are drawn whatever else has to stay away. */
function indispensable(graph: Graph, walk: Walk, parents: Parents): ReadonlySet<number> {
  const found = new Set<number>();
  for (let place = 0; place < walk.count; place += 1) {
    const node = walk.order[place] as number;
    if (walk.hops[place] !== 0 && IMPORTANCE[graph.nodes.kinds[node] as NodeKind] < 10) continue;
    for (let at: number | undefined = node; at !== undefined && !found.has(at); at = parents.get(at)) found.add(at);
  }
  return found;
}

const RBAC_OBJECTS: ReadonlySet<NodeKind> = new Set(['role-binding', 'cluster-role-binding', 'role', 'cluster-role']);

/**
 * What everybody has by the groups that everybody is in (discovery and the like) would fill the canvas with the same dozen boxes for every
 * pod: bindings and roles are drawn for whoever is bound himself, groups where a way goes on from them.
 */
function withoutDeadEnds(
  graph: Graph,
  parents: Parents,
  drawn: Map<number, Drawn>,
  keep: ReadonlySet<number>,
): ReadonlyMap<NodeKind, number> {
  const removed = new Map<NodeKind, number>();
  const isParent = new Set<number>();
  const comesFromGroup = (node: number): boolean => {
    for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
      const kind = graph.nodes.kinds[at] as NodeKind;
      if (!RBAC_OBJECTS.has(kind)) return kind === 'group';
    }
    return false;
  };
  // Farthest first, so that a group is looked at when it is known what is left of what lies behind it.
  for (const node of [...drawn.keys()].reverse()) {
    const kind = graph.nodes.kinds[node] as NodeKind;
    const isDeadEnd = (RBAC_OBJECTS.has(kind) && comesFromGroup(node)) || (kind === 'group' && !isParent.has(node));
    if (isDeadEnd && !keep.has(node)) {
      drawn.delete(node);
      removed.set(kind, (removed.get(kind) ?? 0) + 1);
    } else {
      isParent.add(parents.get(node) ?? -1);
    }
  }
  return removed;
}

/** The reached nodes that are drawn: nearest first, of those as near the more important; few of each brood. */
function choose(graph: Graph, walk: Walk): { drawn: Map<number, Drawn>; left: Map<NodeKind, number> } {
  const parents = parentsOf(graph, walk);
  const keep = indispensable(graph, walk, parents);
  const places = [...Array(walk.count).keys()].sort(
    (a, b) => (walk.hops[a] as number) - (walk.hops[b] as number) || importance(graph, walk, b) - importance(graph, walk, a) || a - b,
  );
  const drawn = new Map<number, Drawn>();
  const broods = new Map<string, number>();
  const left = new Map<NodeKind, number>();
  for (const place of places) {
    const node = walk.order[place] as number;
    const kind = graph.nodes.kinds[node] as NodeKind;
    const parent = parents.get(node);
    const brood = `${parent} ${graph.edges.technique[walk.via[place] as number]} ${kind}`;
    const siblings = broods.get(brood) ?? 0;
    const isOrphan = parent !== undefined && !drawn.has(parent);
    if (!keep.has(node) && (isOrphan || siblings >= MOST_SIBLINGS || drawn.size >= MOST_NODES)) {
      left.set(kind, (left.get(kind) ?? 0) + 1);
      continue;
    }
    broods.set(brood, siblings + 1);
    drawn.set(node, { hops: walk.hops[place] as number, sure: walk.sure[place] === 1 });
  }
  for (const [kind, count] of withoutDeadEnds(graph, parents, drawn, keep)) left.set(kind, (left.get(kind) ?? 0) + count);
  return { drawn, left };
}

const importance = (graph: Graph, walk: Walk, place: number): number =>
  IMPORTANCE[graph.nodes.kinds[walk.order[place] as number] as NodeKind];

/** Who stands directly before the picked nodes: context, not part of the answer. */
function addNeighbours(graph: Graph, starts: readonly number[], drawn: Map<number, Drawn>, reverse: boolean): void {
  const rows = reverse ? graph.forward : graph.reverse;
  for (const start of starts) {
    let added = 0;
    for (let place = rows.offsets[start] as number; place < (rows.walkedEnd[start] as number) && added < NEIGHBOURS_BEFORE; place += 1) {
      const node = rows.ends[place] as number;
      if (drawn.has(node)) continue;
      drawn.set(node, {});
      added += 1;
    }
    if (reverse) continue;
    // Links that do not work are what people come to debug: drawn for what was picked, and walked by nobody.
    for (let place = graph.forward.walkedEnd[start] as number; place < (graph.forward.offsets[start + 1] as number); place += 1) {
      const node = graph.forward.ends[place] as number;
      if (!drawn.has(node) && graph.nodes.kinds[node] !== 'node') drawn.set(node, {});
    }
  }
}

function omitted(left: ReadonlyMap<NodeKind, number>): GraphAnswer['omitted'] {
  return [...left].map(([kind, count]) => ({
    kind,
    count,
    why: 'not drawn, to keep the canvas readable; the panel and Respond list them all',
  }));
}

/** The neighbourhood of what is picked, and how far its compromise goes. */
function picked({ graph, walker }: Dataset, request: Request): GraphAnswer {
  const starts = [...new Set(request.select.map((id) => nodeOf(graph, id)))];
  const reverse = request.direction === 'reverse';
  const walk = walker.walk(starts, walkOptions(request));
  const { drawn, left } = choose(graph, walk);
  const hops = new Map([...drawn].map(([node, { hops: at }]) => [node, at]));
  addNeighbours(graph, starts, drawn, reverse);
  const { from, to } = graph.edges;
  const lit = (edge: number): boolean => {
    const [near, far] = reverse ? [to[edge] as number, from[edge] as number] : [from[edge] as number, to[edge] as number];
    const at = hops.get(near);
    return at !== undefined && hops.get(far) === at + 1;
  };
  const opened = new Set(request.open.flatMap((id) => graph.nodes.indexOf(id) ?? []));
  const set = new Set(starts);
  return {
    ...drawCanvas(graph, drawn, { fold: foldPods(graph, set, opened), picked: set, reverse, lit }),
    omitted: omitted(left),
    summary: reachSummary(summarise(graph, walk)),
  };
}

/** What a chain should end at, worst first. */
const WORST = ['cluster-admin', 'cloud-admins', 'namespace-admin', 'nodes', 'cloud-roles', 'secrets'] as const;

/** The way of the riskiest workloads to the worst that each of them reaches: what to look at when nothing is picked. */
function riskiestChains(data: Dataset): GraphAnswer {
  const { graph, walker } = data;
  const drawn = new Map<number, Drawn>();
  const onTheWay = new Set<number>();
  let chains = 0;
  for (const { pods, summary } of data.workloads()) {
    if (chains === CHAINS) break;
    const worst = WORST.flatMap((group) => summary.groups.find((one) => one.group === group) ?? [])[0];
    if (worst === undefined) continue;
    const pod = pods[0] as number;
    const walk = walker.glance([pod]);
    const target = [...walk.order.subarray(1, walk.count)].find((node) => worst.kinds.includes(graph.nodes.kinds[node] as NodeKind));
    const [path] = target === undefined ? [] : shortestPaths(graph, walker, { from: pod, to: target, k: 1 });
    if (path === undefined) continue;
    chains += 1;
    drawn.set(pod, { hops: 0, sure: true });
    path.edges.forEach((edge, hop) => {
      onTheWay.add(edge);
      const node = graph.edges.to[edge] as number;
      const before = drawn.get(node);
      drawn.set(node, { hops: Math.min(hop + 1, before?.hops ?? hop + 1), sure: path.conditional === 0 || before?.sure === true });
    });
  }
  const fold = foldPods(graph, new Set(), new Set());
  return { ...drawCanvas(graph, drawn, { fold, picked: new Set(), lit: (edge) => onTheWay.has(edge) }), omitted: [] };
}

/** What the Explorer draws. */
export function graphAnswer(data: Dataset, request: Request): GraphAnswer {
  return request.select.length === 0 ? riskiestChains(data) : picked(data, request);
}
