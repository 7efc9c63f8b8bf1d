import type { NodeKind } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import { Summariser } from './summariser.ts';
import type { Summary } from './summary.ts';
import type { Walker } from './walk.ts';

/** Kinds of node that somebody can act as. */
const IDENTITIES: ReadonlySet<NodeKind> = new Set([
  'service-account',
  'user',
  'group',
  'aws-role',
  'aws-user',
  'gcp-service-account',
  'azure-identity',
]);

/** What every identity reaches, in the order of the graph. */
export function* summariseIdentities(graph: Graph, walker: Walker): Generator<{ readonly node: number; readonly summary: Summary }> {
  const summariser = new Summariser(graph, walker);
  for (let node = 0; node < graph.nodes.count; node += 1) {
    if (IDENTITIES.has(graph.nodes.kinds[node] as NodeKind)) yield { node, summary: summariser.summarise([node]) };
  }
}
