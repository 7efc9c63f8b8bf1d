import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import { findNode } from '../graph/read.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { collectKubernetes } from '../sources/kubernetes/collect.ts';
import { readSnapshot } from '../sources/snapshot/read.ts';
import { BadUse } from './bad-use.ts';

/** Where the world is read from, as the options say. */
export interface WorldOptions {
  readonly snapshot?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
}

/** The inventory that the options name; what could not be read is told on stderr, the rest is used. */
export async function readWorld(options: WorldOptions): Promise<Inventory> {
  if (options.snapshot === undefined && options.kubeconfig === undefined && options.context === undefined) {
    throw new BadUse('nothing to read; give `--snapshot PATH`, or `--kubeconfig FILE` and `--context NAME` for a live cluster');
  }
  const inventory =
    options.snapshot === undefined
      ? await collectKubernetes({
          env: process.env,
          ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
          ...(options.context === undefined ? {} : { context: options.context }),
        })
      : await readSnapshot(options.snapshot, options.cluster === undefined ? {} : { cluster: options.cluster });
  for (const gap of inventory.gaps) {
    const where = [gap.file, gap.line === undefined ? undefined : `line ${gap.line}`, gap.where].filter(Boolean).join(', ');
    process.stderr.write(`gap: ${gap.what}${where === '' ? '' : ` (${where})`}: ${gap.why}; ${gap.remedy}\n`);
  }
  return inventory;
}

export const readGraph = async (options: WorldOptions): Promise<Graph> => buildGraph(await readWorld(options));

/** The node that an argument names, or a message that says how to name one. */
export function nodeOf(graph: Graph, text: string): number {
  const node = findNode(graph, text);
  if (node === undefined)
    throw new BadUse(`no node \`${text}\` here; name one as \`pod:NAMESPACE/NAME\`, \`sa:NAMESPACE/NAME\` or \`KIND/NAMESPACE/NAME\``);
  return node;
}
