import { type EasyPath, easiestPaths } from '../../analysis/easiest-paths.ts';
import { type Path, shortestPaths } from '../../analysis/paths.ts';
import { techniquesBetween } from '../../analysis/techniques-between.ts';
import { Walker } from '../../analysis/walk.ts';
import { edgeAt } from '../../graph/read.ts';
import { BadUse } from '../bad-use.ts';
import type { Output } from '../print.ts';
import { nodeOf, readGraph, type WorldOptions } from '../world.ts';

/**
 * `path FROM TO`: the shortest ways with the evidence of every hop, or with `--by ease` the easiest ones that differ in more than one hop; and
 * every technique on ways as short as these. No way at all is an answer: an empty list.
 */
export async function pathCommand(
  ids: readonly string[],
  options: WorldOptions & { readonly k?: string | undefined; readonly by?: string | undefined },
  out: Output,
): Promise<void> {
  const [from, to, ...rest] = ids;
  if (from === undefined || to === undefined || rest.length > 0) throw new BadUse('`path` needs two ids: `path FROM TO --snapshot PATH`');
  const { k = '3', by = 'hops' } = options;
  if (!/^[1-9]\d{0,2}$/.test(k)) throw new BadUse(`\`-k ${k}\` is no number of paths; give a whole number from 1 to 999`);
  if (by !== 'hops' && by !== 'ease') throw new BadUse(`\`--by ${by}\` is neither \`hops\` nor \`ease\``);
  const graph = await readGraph(options);
  const question = { from: nodeOf(graph, from), to: nodeOf(graph, to), k: Number(k) };
  const walker = new Walker(graph);
  const found: readonly (Path | EasyPath)[] = by === 'hops' ? shortestPaths(graph, walker, question) : easiestPaths(graph, question);
  await out.write('{');
  await out.list(
    'paths',
    found.map((path) => ({
      hops: path.edges.map((edge) => edgeAt(graph, edge)),
      certainty: path.conditional === 0 ? 'certain' : 'conditional',
      ...('difficulty' in path ? { difficulty: Number(path.difficulty.toFixed(2)) } : {}),
    })),
  );
  await out.write(`,\n"techniques":${JSON.stringify(techniquesBetween(graph, walker, question))}}\n`);
}
