import type { Graph } from '../../graph/model.ts';
import { edgeAt, nodeAt, techniqueAt } from '../../graph/read.ts';
import { techniques } from '../../graph/techniques/index.ts';
import type { Output } from '../print.ts';
import { readGraph, type WorldOptions } from '../world.ts';

function* nodes(graph: Graph): Generator<unknown> {
  for (let node = 0; node < graph.nodes.count; node += 1) yield nodeAt(graph, node);
}

function* edges(graph: Graph): Generator<unknown> {
  for (let edge = 0; edge < graph.edges.count; edge += 1)
    yield { ...edgeAt(graph, edge), walked: techniques[techniqueAt(graph, edge)].walked };
}

/** `graph`: every node, every edge with its evidence, every gap. */
export async function graphCommand(options: WorldOptions, out: Output): Promise<void> {
  const graph = await readGraph(options);
  await out.write('{');
  await out.list('nodes', nodes(graph));
  await out.write(',\n');
  await out.list('edges', edges(graph));
  await out.write(',\n');
  await out.list('gaps', graph.gaps);
  await out.write('}\n');
}
