import type { Inventory } from '../../inventory/inventory.ts';
import { buildGraph } from '../build.ts';
import type { TechniqueId } from '../kinds.ts';
import type { Graph } from '../model.ts';
import { certaintyAt, edgeAt, techniqueAt } from '../read.ts';

/**
 * The edges of one technique, a line each, sorted: `sa:a/bot → all-pods:a`, with ` (conditional)` and the like behind those that are
 * not certain. What tests compare.
 */
export function edgesOf(inventory: Inventory, technique: TechniqueId): string[] {
  const graph = buildGraph(inventory);
  return edgeNumbers(graph, technique)
    .map((edge) => {
      const { from, to, certainty } = edgeAt(graph, edge);
      return `${from} → ${to}${certainty === 'certain' ? '' : ` (${certainty})`}`;
    })
    .sort();
}

/** Evidence of the edges of one technique, a line each: `RoleBinding a/rb /subjects/0`. */
export function evidenceOf(inventory: Inventory, technique: TechniqueId): string[] {
  const graph = buildGraph(inventory);
  return edgeNumbers(graph, technique).flatMap((edge) =>
    edgeAt(graph, edge).evidence.map(
      ({ kind, namespace, name, pointer }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} ${pointer}`,
    ),
  );
}

/** The single changes that close each edge of one technique, a line each: `sa:a/bot → all-pods:a: RoleBinding/a/rb/subjects/0`. */
export function changesOfEdges(inventory: Inventory, technique: TechniqueId): string[] {
  const graph = buildGraph(inventory);
  return edgeNumbers(graph, technique)
    .map((edge) => `${edgeAt(graph, edge).from} → ${edgeAt(graph, edge).to}: ${graph.changes(edge).join(', ')}`)
    .sort();
}

function edgeNumbers(graph: Graph, technique: TechniqueId): number[] {
  return [...Array(graph.edges.count).keys()].filter((edge) => techniqueAt(graph, edge) === technique);
}

/** Every edge, a line each, sorted: the whole graph as text, for golden worlds and for comparing two graphs. */
export function allEdges(graph: Graph): string[] {
  return [...Array(graph.edges.count).keys()]
    .map((edge) => {
      const { from, to, evidence } = edgeAt(graph, edge);
      const because = evidence
        .map(({ kind, namespace, name, pointer }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} ${pointer}`)
        .join('; ');
      return `${techniqueAt(graph, edge)}  ${from} → ${to}  ${certaintyAt(graph, edge)}  ${because}`;
    })
    .sort();
}
