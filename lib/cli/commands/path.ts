import { shortestPaths } from '../../analysis/paths.ts';
import { Walker } from '../../analysis/walk.ts';
import { edgeAt } from '../../graph/read.ts';
import { BadUse } from '../bad-use.ts';
import type { Output } from '../print.ts';
import { nodeOf, readGraph, type WorldOptions } from '../world.ts';

/** `path FROM TO`: the shortest ways with the evidence of every hop. No way at all is an answer: an empty list. */
export async function pathCommand(
  ids: readonly string[],
  options: WorldOptions & { readonly k?: string | undefined },
  out: Output,
): Promise<void> {
  const [from, to, ...rest] = ids;
  if (from === undefined || to === undefined || rest.length > 0) throw new BadUse('`path` needs two ids: `path FROM TO --snapshot PATH`');
  const { k = '3' } = options;
  if (!/^[1-9]\d{0,2}$/.test(k)) throw new BadUse(`\`-k ${k}\` is no number of paths; give a whole number from 1 to 999`);
  const graph = await readGraph(options);
  const found = shortestPaths(graph, new Walker(graph), { from: nodeOf(graph, from), to: nodeOf(graph, to), k: Number(k) });
  await out.write('{');
  await out.list(
    'paths',
    found.map(({ edges, conditional }) => ({
      hops: edges.map((edge) => edgeAt(graph, edge)),
      certainty: conditional === 0 ? 'certain' : 'conditional',
    })),
  );
  await out.write('}\n');
}
