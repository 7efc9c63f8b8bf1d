import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import { findNode } from '../graph/read.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { BadCloudName, type CloudSettings, cloudSettingsOf, hasClouds } from '../server/cloud-settings.ts';
import { type ClusterSource, collectWorld } from '../server/collect-world.ts';
import { BadUse } from './bad-use.ts';
import { gapLine } from './gap-line.ts';

/** Where the world is read from, as the options say. */
export interface WorldOptions {
  readonly snapshot?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
  readonly aws?: boolean | undefined;
  readonly 'aws-profile'?: readonly string[] | undefined;
  readonly 'aws-role'?: readonly string[] | undefined;
  readonly 'aws-region'?: readonly string[] | undefined;
  readonly 'gcp-project'?: readonly string[] | undefined;
  readonly 'azure-subscription'?: readonly string[] | undefined;
}

/** The inventory that the options name; what could not be read is told on stderr, the rest is used. */
export async function readWorld(options: WorldOptions): Promise<Inventory> {
  const source = clusterSourceOf(options);
  const clouds = cloudsOf(options);
  if (source === undefined && !hasClouds(clouds)) {
    throw new BadUse(
      'nothing to read; give `--snapshot PATH`, `--kubeconfig FILE` and `--context NAME` for a live cluster, or a cloud account such as `--aws` or `--gcp-project ID`',
    );
  }
  const { cluster } = options;
  const inventory = await collectWorld({
    clouds,
    ...(source === undefined ? {} : { source }),
    ...(cluster === undefined ? {} : { cluster }),
  });
  for (const gap of inventory.gaps) process.stderr.write(`${gapLine(gap)}\n`);
  return inventory;
}

function clusterSourceOf({ snapshot, kubeconfig, context }: WorldOptions): ClusterSource | undefined {
  const live = kubeconfig === undefined ? 'context' : 'kubeconfig';
  if (snapshot !== undefined && (kubeconfig ?? context) !== undefined)
    throw new BadUse(`\`--snapshot\` and \`--${live}\` are two clusters; give one of them`);
  if (snapshot !== undefined) return { type: 'snapshot', path: snapshot };
  if (kubeconfig === undefined && context === undefined) return undefined;
  return { type: 'kubernetes', ...(kubeconfig === undefined ? {} : { kubeconfig }), ...(context === undefined ? {} : { context }) };
}

function cloudsOf(options: WorldOptions): CloudSettings {
  try {
    return cloudSettingsOf({
      aws: options.aws,
      awsProfiles: options['aws-profile'],
      awsRoles: options['aws-role'],
      awsRegions: options['aws-region'],
      gcpProjects: options['gcp-project'],
      azureSubscriptions: options['azure-subscription'],
    });
  } catch (error) {
    if (error instanceof BadCloudName) throw new BadUse(error.message);
    throw error;
  }
}

export const readGraph = async (options: WorldOptions): Promise<Graph> => buildGraph(await readWorld(options));

/** The node that an argument names, or a message that says how to name one. */
export function nodeOf(graph: Graph, text: string): number {
  const node = findNode(graph, text);
  if (node === undefined)
    throw new BadUse(`no node \`${text}\` here; name one as \`pod:NAMESPACE/NAME\`, \`sa:NAMESPACE/NAME\` or \`KIND/NAMESPACE/NAME\``);
  return node;
}
