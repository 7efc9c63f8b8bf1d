import type { Summary } from '../../analysis/summary.ts';
import type { EdgeDetail, EdgeSummary, NodeSummary, ReachSummary } from '../../api/contract.ts';
import type { Graph } from '../../graph/model.ts';
import { certaintyAt, findNode, nodeAt, techniqueAt } from '../../graph/read.ts';
import { techniques } from '../../graph/techniques/index.ts';
import { Refused } from '../problem.ts';

/** The node that a request names, or a 404 that says how to name one. */
export function nodeOf(graph: Graph, id: string): number {
  const node = findNode(graph, id);
  if (node === undefined)
    throw new Refused(404, 'No such node', `\`${id}\` is not in the data; it may have been read anew since the link was made`);
  return node;
}

export const nodeSummary = (graph: Graph, node: number): NodeSummary => nodeAt(graph, node);

export const reachSummary = (summary: Summary): ReachSummary => summary;

export function edgeSummary(graph: Graph, edge: number): EdgeSummary {
  const technique = techniqueAt(graph, edge);
  const { title, class: group, walked } = techniques[technique];
  return {
    from: nodeAt(graph, graph.edges.from[edge] as number),
    to: nodeAt(graph, graph.edges.to[edge] as number),
    technique,
    title,
    class: group,
    certainty: certaintyAt(graph, edge),
    walked,
  };
}

export function edgeDetail(graph: Graph, edge: number): EdgeDetail {
  const { action, precondition, attck, references } = techniques[techniqueAt(graph, edge)];
  return { ...edgeSummary(graph, edge), action, precondition, attck, references, ...graph.explain(edge) };
}

/** The first `most` of a list that may be long. */
export function first<T>(items: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === most) break;
    taken.push(item);
  }
  return taken;
}
