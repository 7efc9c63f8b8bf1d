import type { CanvasEdge, CanvasNode } from '../../lib/api/contract.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import { styleOf } from './style.ts';

export interface Folded {
  readonly graph: DrawnGraph;
  /** Members of each stack, by the stack's id. */
  readonly stacks: ReadonlyMap<string, readonly CanvasNode[]>;
}

export interface FoldOptions {
  /** Fewest nodes that become a stack. */
  readonly least: number;
  /** Ids of stacks that the person opened. */
  readonly opened: ReadonlySet<string>;
  /** Nodes that are always drawn on their own: the selection, the ends of a path. */
  readonly kept: ReadonlySet<string>;
}

/** More cards than this are no picture any more, and what is less alike is stacked too. */
const BUSY = 80;

/** What the members of a stack share, from strict to loose. */
const LEVELS = ['neighbours', 'namespace', 'distance'] as const;
type Level = (typeof LEVELS)[number];

/**
 * Draws nodes that nothing on the canvas tells apart (same kind, namespace, distance and neighbours) as one stack with a count:
 * 214 secrets behind one grant are one fact. While too many cards are left, kind, namespace and distance are enough, then kind and
 * distance. What the person opened does not change the level, so that opening one stack leaves the others as they are.
 */
export function foldAlike(graph: DrawnGraph, options: FoldOptions): Folded {
  const closed = { ...options, opened: new Set<string>() };
  const level = LEVELS.find((each) => fold(graph, each, closed).graph.nodes.length <= BUSY) ?? 'distance';
  return fold(graph, level, options);
}

function fold(graph: DrawnGraph, level: Level, options: FoldOptions): Folded {
  const stackOf = new Map<string, string>();
  const stacks = new Map<string, readonly CanvasNode[]>();
  for (const [key, members] of alike(graph, level, options.kept)) {
    const id = `stack:${level === 'neighbours' ? (members[0]?.id ?? '') : key}`;
    if (members.length < options.least || options.opened.has(id)) continue;
    stacks.set(id, members);
    for (const member of members) stackOf.set(member.id, id);
  }
  if (stacks.size === 0) return { graph, stacks };
  return { graph: { nodes: foldedNodes(graph, stackOf, stacks), edges: foldedEdges(graph, stackOf) }, stacks };
}

/** Nodes by what they share; members by id. A node without edges is alike to none. */
function alike(graph: DrawnGraph, level: Level, kept: ReadonlySet<string>): ReadonlyMap<string, readonly CanvasNode[]> {
  const ties = tiesOf(graph);
  const groups = new Map<string, CanvasNode[]>();
  for (const node of [...graph.nodes].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const own = ties.get(node.id);
    if (!own || kept.has(node.id)) continue;
    const shared: unknown[] = [node.kind, node.column, node.hops ?? null];
    if (level !== 'distance') shared.push(node.namespace ?? null, node.certainty ?? null);
    if (level === 'neighbours') shared.push(own.sort());
    const key = JSON.stringify(shared);
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return groups;
}

/** By node: every edge it has, as a text. */
function tiesOf(graph: DrawnGraph): ReadonlyMap<string, string[]> {
  const ties = new Map<string, string[]>();
  const tie = (id: string, text: string): void => {
    const known = ties.get(id);
    if (known) known.push(text);
    else ties.set(id, [text]);
  };
  for (const edge of graph.edges) {
    const how = JSON.stringify([edge.class, edge.certainty, edge.lit === true]);
    tie(edge.from, `>${edge.to} ${how}`);
    tie(edge.to, `<${edge.from} ${how}`);
  }
  return ties;
}

function foldedNodes(
  graph: DrawnGraph,
  stackOf: ReadonlyMap<string, string>,
  stacks: ReadonlyMap<string, readonly CanvasNode[]>,
): CanvasNode[] {
  const nodes = graph.nodes.filter((node) => !stackOf.has(node.id));
  for (const [id, members] of stacks) nodes.push(stackNode(id, members));
  return nodes;
}

/** The card of a stack: what all members share. It counts as certain when one of them is. */
function stackNode(id: string, members: readonly CanvasNode[]): CanvasNode {
  const first = members[0];
  if (!first) throw new Error('a stack has members');
  const { namespace, certainty, ...shared } = first;
  const count = members.reduce((sum, member) => sum + member.count, 0);
  const together = members.every((member) => member.namespace === namespace);
  const sure = members.some((member) => member.certainty === 'certain') ? 'certain' : certainty;
  return {
    ...shared,
    id,
    label: stackLabel(first, count),
    count,
    ...(together && namespace !== undefined && { namespace }),
    ...(sure && { certainty: sure }),
  };
}

function foldedEdges(graph: DrawnGraph, stackOf: ReadonlyMap<string, string>): CanvasEdge[] {
  const edges = new Map<string, CanvasEdge>();
  for (const edge of graph.edges) {
    const from = stackOf.get(edge.from) ?? edge.from;
    const to = stackOf.get(edge.to) ?? edge.to;
    if (from === edge.from && to === edge.to) {
      edges.set(edge.id, edge);
      continue;
    }
    const id = `stack:${JSON.stringify([from, to, edge.class, edge.certainty])}`;
    if (from === to) continue;
    const known = edges.get(id);
    const techniques = known ? [...new Set([...known.techniques, ...edge.techniques])] : edge.techniques;
    edges.set(id, { ...edge, id, from, to, techniques, ...((edge.lit || known?.lit) && { lit: true }) });
  }
  return [...edges.values()];
}

/** `214 secrets`; abbreviations keep their capitals. */
function stackLabel(first: CanvasNode, count: number): string {
  const { plural } = styleOf(first.kind);
  const lower = plural.startsWith('AWS') ? plural : `${plural.charAt(0).toLowerCase()}${plural.slice(1)}`;
  return first.kind.startsWith('all-') ? `${count} × ${lower}` : `${count} ${lower}`;
}
