import type { CanvasEdge, CanvasNode } from '../../lib/api/contract.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import { styleOf } from './style.ts';

export interface Folded {
  readonly graph: DrawnGraph;
  /** Members of each stack, by the stack's id. */
  readonly stacks: ReadonlyMap<string, readonly CanvasNode[]>;
}

export interface FoldOptions {
  /** Fewest alike nodes that become a stack. */
  readonly least: number;
  /** Ids of stacks that the person opened. */
  readonly opened: ReadonlySet<string>;
  /** Nodes that are always drawn on their own: the selection, the ends of a path. */
  readonly kept: ReadonlySet<string>;
}

/**
 * Draws nodes that nothing on the canvas tells apart (same kind, namespace, distance and neighbours) as one stack with a count:
 * 214 secrets behind one grant are one fact. A stack's id is `stack:` and its first member's id, so a link to an opened one keeps working.
 */
export function foldAlike(graph: DrawnGraph, options: FoldOptions): Folded {
  const stackOf = new Map<string, string>();
  const stacks = new Map<string, readonly CanvasNode[]>();
  for (const members of alike(graph, options.kept)) {
    const first = members[0];
    if (!first || members.length < options.least) continue;
    const id = `stack:${first.id}`;
    if (options.opened.has(id)) continue;
    stacks.set(id, members);
    for (const member of members) stackOf.set(member.id, id);
  }
  if (stacks.size === 0) return { graph, stacks };
  return { graph: { nodes: foldedNodes(graph, stackOf, stacks), edges: foldedEdges(graph, stackOf) }, stacks };
}

function alike(graph: DrawnGraph, kept: ReadonlySet<string>): Iterable<CanvasNode[]> {
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
  const groups = new Map<string, CanvasNode[]>();
  for (const node of [...graph.nodes].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const own = ties.get(node.id);
    if (!own || kept.has(node.id)) continue;
    const key = JSON.stringify([node.kind, node.namespace ?? null, node.column, node.hops ?? null, node.certainty ?? null, own.sort()]);
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return groups.values();
}

function foldedNodes(
  graph: DrawnGraph,
  stackOf: ReadonlyMap<string, string>,
  stacks: ReadonlyMap<string, readonly CanvasNode[]>,
): CanvasNode[] {
  const nodes = graph.nodes.filter((node) => !stackOf.has(node.id));
  for (const [id, members] of stacks) {
    const first = members[0];
    if (!first) continue;
    const count = members.reduce((sum, member) => sum + member.count, 0);
    nodes.push({ ...first, id, label: stackLabel(first, count), count });
  }
  return nodes;
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
    const known = edges.get(id);
    const techniques = known ? [...new Set([...known.techniques, ...edge.techniques])] : edge.techniques;
    edges.set(id, { ...edge, id, from, to, techniques });
  }
  return [...edges.values()];
}

/** `214 secrets`; abbreviations keep their capitals. */
function stackLabel(first: CanvasNode, count: number): string {
  const { plural } = styleOf(first.kind);
  const lower = plural.startsWith('AWS') ? plural : `${plural.charAt(0).toLowerCase()}${plural.slice(1)}`;
  return `${count} ${lower}`;
}
