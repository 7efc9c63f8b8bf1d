import { createInventoryBuilder, type InventoryBuilder } from '../inventory/builder.ts';
import type { Gap } from '../inventory/gap.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { CloudOptions } from '../sources/cloud-options.ts';
import { readSnapshotInto } from '../sources/snapshot/read.ts';
import { SourceError } from '../sources/source-error.ts';
import type { CloudSettings } from './cloud-settings.ts';

/** Where the cluster is read from, and often its recorded cloud accounts too. */
export type ClusterSource =
  | { readonly type: 'snapshot'; readonly path: string }
  | {
      readonly type: 'kubernetes';
      readonly kubeconfig?: string;
      readonly context?: string;
      readonly namespaces?: readonly string[];
    };

export interface World {
  /** Undefined: the clouds alone. */
  readonly source?: ClusterSource;
  readonly clouds?: CloudSettings;
  /** Name, ARN or issuer, where the data holds several clusters. */
  readonly cluster?: string;
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** The time at which conditions are judged (ISO 8601); now unless given. */
  readonly asOf?: string;
  readonly onProgress?: (progress: { what: string; count: number; total?: number; done?: boolean }) => void;
}

/** A live cloud as this composition sees it. */
interface CloudCollector {
  readonly source: Gap['source'];
  readonly name: string;
  readonly collect: (options: CloudOptions) => Promise<void>;
}

/**
 * Reads a cluster and the live clouds beside it, all at once, into one inventory. A cloud that gives nothing is a gap, for the rest is as good
 * without it; a cluster that gives nothing, or clouds alone that give nothing, are the SourceError that they threw.
 */
export async function collectWorld(world: World, options: WorldOptions = {}): Promise<Inventory> {
  const builder = createInventoryBuilder();
  const clouds = cloudCollectors(world.clouds ?? {});
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  const given = {
    env: options.env ?? process.env,
    signal,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  };
  const cluster = readCluster(builder, world.source, given);
  const reads = clouds.map((cloud) => readCloud(cloud, { builder, ...given }));
  try {
    const [complete, ...failures] = await Promise.all([cluster, ...reads] as const);
    const [failure] = failures;
    if (world.source === undefined && failure !== undefined && !failures.includes(undefined)) throw failure;
    const asOf = options.asOf ?? new Date().toISOString();
    return complete(builder.finish({ asOf, ...(world.cluster === undefined ? {} : { cluster: world.cluster }) }));
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled([cluster, ...reads]);
    throw error;
  }
}

type Given = Omit<CloudOptions, 'builder'> & { readonly signal: AbortSignal };
type Complete = (finished: Inventory) => Inventory;

async function readCluster(builder: InventoryBuilder, source: ClusterSource | undefined, given: Given): Promise<Complete> {
  if (source?.type === 'kubernetes') {
    const { type: _type, ...which } = source;
    const { collectKubernetesInto } = await import('../sources/kubernetes/collect.ts');
    return collectKubernetesInto(builder, { ...which, ...given, env: { ...given.env } });
  }
  if (source !== undefined) await readSnapshotInto(builder, source.path, snapshotOptions(given));
  return (finished) => finished;
}

function snapshotOptions({ signal, onProgress }: Given) {
  if (onProgress === undefined) return { signal };
  return { signal, onProgress: (step: { what: string; count: number; total?: number }) => onProgress({ ...step, done: false }) };
}

/** Clients of clouds and clusters are loaded by whoever reads one: they take longer to load than a snapshot to read. */
function cloudCollectors({ aws, gcp, azure }: CloudSettings): CloudCollector[] {
  const collectors: CloudCollector[] = [];
  if (aws !== undefined)
    collectors.push({
      source: 'aws',
      name: 'AWS',
      collect: async (options) => (await import('../sources/aws/collect.ts')).collectAws({ ...options, ...aws }),
    });
  if (gcp !== undefined)
    collectors.push({
      source: 'gcp',
      name: 'Google Cloud',
      collect: async (options) => (await import('../sources/gcp/collect.ts')).collectGcp({ ...options, ...gcp }),
    });
  if (azure !== undefined)
    collectors.push({
      source: 'azure',
      name: 'Azure',
      collect: async (options) => (await import('../sources/azure/collect.ts')).collectAzure({ ...options, ...azure }),
    });
  return collectors;
}

/** What the cloud failed with, which is a gap by then; undefined: something could be read. */
async function readCloud(cloud: CloudCollector, options: CloudOptions): Promise<SourceError | undefined> {
  try {
    await cloud.collect(options);
    return undefined;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const [why = error.message, ...advice] = error.message.split('; ');
    const remedy = advice.join('; ') || 'correct it and collect again';
    options.builder.addGap({ source: cloud.source, what: cloud.name, why, remedy });
    return error;
  }
}
