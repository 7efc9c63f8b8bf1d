import type { CanvasEdge, CanvasNode, GraphAnswer } from '../../api/contract.ts';
import { CERTAINTIES, type Certainty, type NodeKind } from '../../graph/kinds.ts';
import type { Graph } from '../../graph/model.ts';
import { certaintyAt, techniqueAt } from '../../graph/read.ts';
import { techniques } from '../../graph/techniques/index.ts';
import { COLUMN } from './canvas-columns.ts';

/** What is known of a node that is to be drawn. */
export interface Drawn {
  readonly hops?: number;
  readonly sure?: boolean;
}

/** Number of the box that stands for a node: its workload's, where its pods are folded; otherwise itself. */
export type Fold = (node: number) => number;

/** Edges beyond this are not drawn: a hairball helps nobody. */
const MOST_EDGES = 900;

/** A workload's pods are one box with a count, unless the workload was opened or the pod was picked. */
export function foldPods(graph: Graph, keepApart: ReadonlySet<number>, opened: ReadonlySet<number>): Fold {
  const { reverse, edges, nodes } = graph;
  return (node) => {
    if (nodes.kinds[node] !== 'pod' || keepApart.has(node)) return node;
    for (let place = reverse.offsets[node] as number; place < (reverse.offsets[node + 1] as number); place += 1) {
      const from = edges.from[reverse.edges[place] as number] as number;
      if (nodes.kinds[from] === 'workload') return opened.has(from) ? node : from;
    }
    return node;
  };
}

interface Box {
  members: number;
  hops: number | undefined;
  sure: boolean;
  /** Whether traffic from outside comes straight to it: it stands beside what leads there, not among what falls later. */
  isExposed: boolean;
}

function boxes(graph: Graph, drawn: ReadonlyMap<number, Drawn>, fold: Fold): Map<number, Box> {
  const found = new Map<number, Box>();
  for (const [node, { hops, sure }] of drawn) {
    const number = fold(node);
    const box = found.get(number) ?? { members: 0, hops: undefined, sure: false, isExposed: false };
    if (number !== node || box.members === 0) box.members += 1;
    box.hops = hops === undefined ? box.hops : Math.min(hops, box.hops ?? hops);
    box.sure ||= sure === true;
    box.isExposed ||= isEnteredFromOutside(graph, drawn, node);
    found.set(number, box);
  }
  return found;
}

function isEnteredFromOutside(graph: Graph, drawn: ReadonlyMap<number, Drawn>, node: number): boolean {
  if (graph.nodes.kinds[node] !== 'pod') return false;
  const { offsets, edges, ends } = graph.reverse;
  for (let place = offsets[node] as number; place < (offsets[node + 1] as number); place += 1)
    if (techniques[techniqueAt(graph, edges[place] as number)].class === 'exposure' && drawn.has(ends[place] as number)) return true;
  return false;
}

function canvasNode(graph: Graph, number: number, box: Box, reverse: boolean): CanvasNode {
  const { ids, kinds, names, namespaces } = graph.nodes;
  const kind = kinds[number] as NodeKind;
  const namespace = namespaces[number];
  const isTarget = !reverse && (kind === 'pod' || kind === 'workload') && box.hops !== undefined && box.hops > 1 && !box.isExposed;
  return {
    id: ids[number] as string,
    kind,
    label: names[number] as string,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
    column: isTarget ? COLUMN['cluster-admin'] : COLUMN[kind],
    count: box.members,
    ...(box.hops === undefined ? {} : { hops: box.hops, certainty: box.sure ? 'certain' : 'conditional' }),
  };
}

const stronger = (a: Certainty, b: Certainty): Certainty => (CERTAINTIES.indexOf(a) <= CERTAINTIES.indexOf(b) ? a : b);

/** Whether an edge is worth a line: what says nothing beside a stronger edge (`runs-as` beside `holds-token`) is left to the panel. */
function isDrawn(graph: Graph, edge: number, picked: ReadonlySet<number>): boolean {
  const technique = techniqueAt(graph, edge);
  if (technique === 'owns' || technique === 'scheduled-on') return false;
  if (technique === 'runs-as' || certaintyAt(graph, edge) === 'broken') return picked.has(graph.edges.from[edge] as number);
  return true;
}

interface DrawHow {
  readonly fold: Fold;
  readonly picked: ReadonlySet<number>;
  /** Whether the question is who can get here: then pods are where ways begin, never targets. */
  readonly reverse?: boolean;
  /** Says which edges are on the way; without it nothing is lit or dimmed. */
  readonly lit?: ((edge: number) => boolean) | undefined;
}

type Line = CanvasEdge & { techniques: CanvasEdge['techniques'][number][] };

/** Edges between drawn nodes that are worth a line, in the order of the graph. */
function* drawnEdges(graph: Graph, drawn: ReadonlyMap<number, Drawn>, picked: ReadonlySet<number>): Generator<number> {
  const { offsets, edges, ends } = graph.forward;
  for (const node of drawn.keys()) {
    for (let place = offsets[node] as number; place < (offsets[node + 1] as number); place += 1) {
      if (drawn.has(ends[place] as number) && isDrawn(graph, edges[place] as number, picked)) yield edges[place] as number;
    }
  }
}

/** Adds an edge to the line between its boxes: several techniques between two boxes are one line. */
function addToLine(graph: Graph, lines: Map<string, Line>, edge: number, { fold, lit }: DrawHow): void {
  const from = graph.nodes.ids[fold(graph.edges.from[edge] as number)] as string;
  const to = graph.nodes.ids[fold(graph.edges.to[edge] as number)] as string;
  if (from === to) return;
  const technique = techniqueAt(graph, edge);
  const certainty = certaintyAt(graph, edge);
  const isLit = techniques[technique].walked && certainty !== 'broken' && lit?.(edge) === true;
  const id = `${from}|${to}`;
  const known = lines.get(id) ?? {
    id,
    from,
    to,
    techniques: [],
    class: techniques[technique].class,
    certainty,
    ...(lit === undefined ? {} : { lit: false }),
  };
  if (!known.techniques.includes(technique)) known.techniques.push(technique);
  lines.set(id, {
    ...known,
    certainty: stronger(known.certainty, certainty),
    ...(lit === undefined ? {} : { lit: known.lit === true || isLit }),
  });
}

function canvasEdges(graph: Graph, drawn: ReadonlyMap<number, Drawn>, how: DrawHow): CanvasEdge[] {
  const lines = new Map<string, Line>();
  for (const edge of drawnEdges(graph, drawn, how.picked)) {
    if (lines.size >= MOST_EDGES) break;
    addToLine(graph, lines, edge, how);
  }
  return [...lines.values()];
}

/** Boxes and lines of the nodes that were chosen. */
export function drawCanvas(graph: Graph, drawn: ReadonlyMap<number, Drawn>, how: DrawHow): Pick<GraphAnswer, 'nodes' | 'edges'> {
  return {
    nodes: [...boxes(graph, drawn, how.fold)].map(([number, box]) => canvasNode(graph, number, box, how.reverse === true)),
    edges: canvasEdges(graph, drawn, how),
  };
}
