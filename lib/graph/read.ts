import { CERTAINTIES, type Certainty, TECHNIQUE_IDS, type TechniqueId } from './kinds.ts';
import type { Edge, Graph, Node, NodeId } from './model.ts';
import { candidateIds } from './node-id.ts';

/** A node as callers see it. */
export function nodeAt(graph: Graph, number: number): Node {
  const { nodes } = graph;
  const namespace = nodes.namespaces[number];
  return {
    id: nodes.ids[number] as NodeId,
    kind: nodes.kinds[number] as Node['kind'],
    name: nodes.names[number] as string,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
  };
}

export const techniqueAt = (graph: Graph, edge: number): TechniqueId => TECHNIQUE_IDS[graph.edges.technique[edge] as number] as TechniqueId;
export const certaintyAt = (graph: Graph, edge: number): Certainty => CERTAINTIES[graph.edges.certainty[edge] as number] as Certainty;

/** An edge as callers see it, its evidence put into sentences. */
export function edgeAt(graph: Graph, edge: number): Edge {
  return {
    from: graph.nodes.ids[graph.edges.from[edge] as number] as NodeId,
    to: graph.nodes.ids[graph.edges.to[edge] as number] as NodeId,
    technique: techniqueAt(graph, edge),
    certainty: certaintyAt(graph, edge),
    evidence: graph.explain(edge).evidence,
  };
}

/** The number of the node that a person means by an id, by `KIND/NAMESPACE/NAME` or by an ARN; undefined where there is none. */
export function findNode(graph: Graph, text: string): number | undefined {
  for (const id of candidateIds(text)) {
    const number = graph.nodes.indexOf(id);
    if (number !== undefined) return number;
  }
  return undefined;
}
