import type { CanvasEdge, CanvasNode } from '../../lib/api/contract.ts';
import type { TechniqueId } from '../../lib/graph/kinds.ts';
import type { Point } from './card.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import { type Curve, edgeCurve } from './edge-curve.ts';
import { spineOf } from './spine.ts';

/** How much something stands out: `plain` while nothing is selected, `lit` by the blast radius, `spine` on the way to
 * what an attacker is after, `path` on the chosen path. */
export type Mood = 'plain' | 'lit' | 'spine' | 'path' | 'dim';

export interface SceneCard {
  readonly node: CanvasNode;
  readonly at: Point;
  readonly mood: Mood;
  readonly selected: boolean;
  /** An end of the path finder. */
  readonly pin?: 'start' | 'target';
}

export interface SceneLine {
  readonly edge: CanvasEdge;
  readonly curve: Curve;
  readonly mood: Mood;
  /** Its card is open. */
  readonly selected: boolean;
  /** Hops at its far end, for the colour of distance. */
  readonly hops: number;
}

export interface Scene {
  readonly cards: readonly SceneCard[];
  /** Dim ones first, so that what stands out lies on top. */
  readonly lines: readonly SceneLine[];
  readonly direction: 'forward' | 'reverse';
  /** So many lit edges that those off the spine step back. */
  readonly crowded: boolean;
}

export interface SceneOptions {
  readonly positions: ReadonlyMap<string, Point>;
  readonly selected: ReadonlySet<string>;
  readonly direction: 'forward' | 'reverse';
  /** Ids of the edges of the chosen path; their ends are on the path too. */
  readonly path?: ReadonlySet<string>;
  /** The edge whose card is open. */
  readonly edge?: { readonly from: string; readonly to: string; readonly technique: TechniqueId };
  readonly start?: string;
  readonly target?: string;
}

/** Lit edges beyond which the eye needs help. */
const CROWD = 24;

const RANK: Record<Mood, number> = { dim: 0, plain: 1, lit: 2, spine: 3, path: 4 };

/** Everything that is painted, with its place and how much it stands out. Pure; what has no position is left out. */
export function sceneOf(graph: DrawnGraph, options: SceneOptions): Scene {
  const onPath = endsOf(graph, options.path);
  // Of many starts every chain counts, and backwards there is no target to lead the eye to.
  const spine = options.direction === 'forward' && options.selected.size > 0 ? spineOf(graph) : new Set<string>();
  const anyLit = graph.nodes.some((node) => node.hops !== undefined);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const moodOf = (node: CanvasNode): Mood => {
    if (options.path) return onPath.has(node.id) ? 'path' : 'dim';
    if (!anyLit) return 'plain';
    return node.hops === undefined ? 'dim' : 'lit';
  };
  const cards: SceneCard[] = [];
  for (const node of graph.nodes) {
    const at = options.positions.get(node.id);
    if (!at) continue;
    const pin = node.id === options.start ? 'start' : node.id === options.target ? 'target' : undefined;
    cards.push({ node, at, mood: moodOf(node), selected: options.selected.has(node.id), ...(pin && { pin }) });
  }
  const lines = linesOf(graph, options, (edge) => {
    if (options.path) return options.path.has(edge.id) ? 'path' : 'dim';
    if (!anyLit) return 'plain';
    if (spine.has(edge.id)) return 'spine';
    return edge.lit === true && edge.certainty !== 'broken' ? 'lit' : 'dim';
  }).map((line): SceneLine => {
    const hops = [byId.get(line.edge.from)?.hops ?? 0, byId.get(line.edge.to)?.hops ?? 0];
    return { ...line, hops: Math.max(...hops) };
  });
  lines.sort((a, b) => Number(a.selected) - Number(b.selected) || RANK[a.mood] - RANK[b.mood]);
  const crowded = spine.size > 0 && lines.filter(({ mood }) => mood === 'lit').length > CROWD;
  return { cards, lines, direction: options.direction, crowded };
}

function endsOf(graph: DrawnGraph, path: ReadonlySet<string> | undefined): Set<string> {
  const ends = new Set<string>();
  if (!path) return ends;
  for (const edge of graph.edges) {
    if (!path.has(edge.id)) continue;
    ends.add(edge.from);
    ends.add(edge.to);
  }
  return ends;
}

function linesOf(graph: DrawnGraph, options: SceneOptions, moodOf: (edge: CanvasEdge) => Mood): Omit<SceneLine, 'hops'>[] {
  const lanes = new Map<string, number>();
  const lines: Omit<SceneLine, 'hops'>[] = [];
  for (const edge of graph.edges) {
    const from = options.positions.get(edge.from);
    const to = options.positions.get(edge.to);
    if (!from || !to || edge.from === edge.to) continue;
    const pair = JSON.stringify(edge.from < edge.to ? [edge.from, edge.to] : [edge.to, edge.from]);
    const nth = lanes.get(pair) ?? 0;
    lanes.set(pair, nth + 1);
    const lane = nth % 2 === 0 ? nth / 2 : -(nth + 1) / 2;
    const open = options.edge;
    const selected = open !== undefined && open.from === edge.from && open.to === edge.to && edge.techniques.includes(open.technique);
    lines.push({ edge, curve: edgeCurve(from, to, lane), mood: moodOf(edge), selected });
  }
  return lines;
}
