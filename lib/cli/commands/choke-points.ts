import { crownJewels } from '../../analysis/crown-jewels.ts';
import { jewelChokePoints } from '../../analysis/jewel-choke-points.ts';
import { Walker } from '../../analysis/walk.ts';
import { podsByWorkload } from '../../analysis/workloads.ts';
import { BadUse } from '../bad-use.ts';
import type { Output } from '../print.ts';
import { nodeOf, readGraph, type WorldOptions } from '../world.ts';
import { printedChange } from './cuts.ts';

export interface ChokePointOptions extends WorldOptions {
  readonly target?: readonly string[] | undefined;
  readonly jewel?: readonly string[] | undefined;
  readonly most?: string | undefined;
}

/** `choke-points`: the single changes that keep most pairs of a workload and a crown jewel apart, most first. */
export async function chokePointsCommand(options: ChokePointOptions, out: Output): Promise<void> {
  const { target, jewel = [], most = '10' } = options;
  if (!/^[1-9]\d{0,2}$/.test(most)) throw new BadUse(`\`--most ${most}\` is no number of changes; give a whole number from 1 to 999`);
  const graph = await readGraph(options);
  const marked = jewel.map((id) => nodeOf(graph, id));
  const targets = target === undefined ? crownJewels(graph, marked) : target.map((id) => nodeOf(graph, id));
  const workloads = [...podsByWorkload(graph).values()];
  const found = jewelChokePoints(graph, new Walker(graph), { targets, workloads, most: Number(most) });
  await out.write(`{"targets":${targets.length},"workloads":${workloads.length},"pairs":${found.pairs},\n`);
  await out.list(
    'changes',
    found.changes.map((one) => ({ pairs: one.pairs, workloads: one.relieved, ...printedChange(graph, one) })),
  );
  await out.write('}\n');
}
