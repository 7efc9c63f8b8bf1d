import { summarise } from '../../analysis/summary.ts';
import { type Walk, Walker } from '../../analysis/walk.ts';
import type { Graph } from '../../graph/model.ts';
import { certaintyAt, nodeAt, techniqueAt } from '../../graph/read.ts';
import { BadUse } from '../bad-use.ts';
import type { Output } from '../print.ts';
import { nodeOf, readGraph, type WorldOptions } from '../world.ts';

export interface ReachCommandOptions extends WorldOptions {
  readonly direction?: string | undefined;
  readonly depth?: string | undefined;
}

/** Reached nodes without the starts; `via.from` is the node before, on the way from the start whichever the direction. */
function* reached(graph: Graph, walk: Walk, reverse: boolean): Generator<unknown> {
  const before = reverse ? graph.edges.to : graph.edges.from;
  for (let place = 0; place < walk.count; place += 1) {
    const edge = walk.via[place] as number;
    if (edge < 0) continue;
    yield {
      ...nodeAt(graph, walk.order[place] as number),
      hops: walk.hops[place],
      certainty: walk.sure[place] === 1 ? 'certain' : 'conditional',
      via: { from: graph.nodes.ids[before[edge] as number], technique: techniqueAt(graph, edge), certainty: certaintyAt(graph, edge) },
    };
  }
}

function depthOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new BadUse(`\`--depth ${text}\` is no number of hops; give a whole number such as 3`);
  return Number(text);
}

/** `reach ID…`: what falls when these are compromised, or with `--direction reverse` who can reach them. */
export async function reachCommand(ids: readonly string[], options: ReachCommandOptions, out: Output): Promise<void> {
  if (ids.length === 0) throw new BadUse('`reach` needs at least one id, for example `reach pod:shop/api-1 --snapshot PATH`');
  const { direction = 'forward' } = options;
  if (direction !== 'forward' && direction !== 'reverse')
    throw new BadUse(`\`--direction ${direction}\` is neither \`forward\` nor \`reverse\``);
  const depth = depthOf(options.depth);
  const graph = await readGraph(options);
  const starts = ids.map((id) => nodeOf(graph, id));
  const walk = new Walker(graph).walk(starts, { direction, ...(depth === undefined ? {} : { depth }) });
  await out.write(`{"from":${JSON.stringify(starts.map((start) => graph.nodes.ids[start]))},\n`);
  await out.list('reached', reached(graph, walk, direction === 'reverse'));
  await out.write(`,\n"summary":${JSON.stringify(summarise(graph, walk))},\n"gaps":${JSON.stringify(graph.gaps)}}\n`);
}
