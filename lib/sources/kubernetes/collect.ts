import { constants } from 'node:buffer';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createInventoryBuilder, type InventoryBuilder } from '../../inventory/builder.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { LISTED_RESOURCES } from '../listed-resources.ts';
import type { ProgressListener } from '../progress-listener.ts';
import { createSlots } from '../slots.ts';
import { SourceError } from '../source-error.ts';
import { readAwsAuthConfigMap } from './aws-auth-config-map.ts';
import { MAX_CONNECTIONS, openClient } from './client.ts';
import { readIssuer, readVersion } from './cluster-facts.ts';
import { type Discovered, discoverOptional } from './discovery.ts';
import { cutGap, inTableOrder } from './gaps.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { mergeInventories } from './merge-inventories.ts';
import { createProgress } from './progress.ts';
import { type Candidates, type Collected, collectResource } from './resource.ts';
import type { Run } from './run.ts';

export interface KubernetesOptions {
  /** A kubeconfig file, before KUBECONFIG and ~/.kube/config. */
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Where to look when listing cluster-wide is forbidden; else every namespace whose name can be learned. */
  readonly namespaces?: readonly string[];
  /** Milliseconds until the collection ends with what it has; 10 minutes unless said otherwise. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  readonly env?: Record<string, string | undefined>;
  /** For tests: a number in [0, 1) for the jitter. */
  readonly random?: () => number;
  /** For tests: waits, and rejects when the signal aborts. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const DEADLINE_MS = 600_000;
/** A body becomes one string for JSON.parse, and V8 has no longer one. */
const MAX_ANSWER_BYTES = constants.MAX_STRING_LENGTH;

/**
 * Reads a live cluster into an inventory. What cannot be read is a gap, and so is what a deadline or an abort cuts short.
 * Throws SourceError, with what to do, when there is nothing to work with: no kubeconfig, no connection, no valid
 * credentials, or not one list that may be read.
 */
export async function collectKubernetes(options: KubernetesOptions): Promise<Inventory> {
  const builder = createInventoryBuilder();
  const complete = await collectKubernetesInto(builder, options);
  return complete(builder.finish());
}

/**
 * The same for a `builder` that others fill too. Facts and gaps go into it; the objects are kept in lists of their own, which the function
 * that comes back adds to what the builder finished.
 */
export async function collectKubernetesInto(
  builder: InventoryBuilder,
  options: KubernetesOptions,
): Promise<(finished: Inventory) => Inventory> {
  const env = options.env ?? process.env;
  const chosen = await loadKubeconfig({
    env,
    ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
    ...(options.context === undefined ? {} : { context: options.context }),
  });
  const stop = new AbortController();
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const deadline = AbortSignal.timeout(deadlineMs);
  const signal = AbortSignal.any([stop.signal, deadline, ...(options.signal === undefined ? [] : [options.signal])]);
  // Every request and every pause listens to it; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  let unauthorised = false;
  const client = openClient(chosen, env, signal);
  const run: Run = {
    client,
    signal,
    // Enough to hide the round trips, few enough for the API server's fair queues.
    slots: createSlots(MAX_CONNECTIONS),
    maxBytes: MAX_ANSWER_BYTES,
    random: options.random ?? Math.random,
    now: Date.now,
    sleep: options.sleep ?? sleep,
    refuse: () => {
      unauthorised = true;
      stop.abort();
    },
    progress: createProgress(options.onProgress),
  };
  builder.setCluster({ server: client.server, name: chosen.clusterName });
  try {
    await readVersion(run, builder);
    const [collected] = await Promise.all([
      collectAll(run, options.namespaces, chosen.namespace),
      readIssuer(run, builder),
      readAwsAuthConfigMap(run, builder),
    ]);
    if (unauthorised) throw unauthorisedError(chosen.contextName, client.server);
    const ended = deadline.aborted ? `the deadline of ${deadlineMs / 1000} s passed` : 'the collection was aborted';
    return assemble(builder, collected, ended);
  } finally {
    // Requests that nobody waits for any more must not be retried against a closed client.
    stop.abort();
    await client.close();
  }
}

interface AllCollected {
  readonly lists: readonly Collected[];
  readonly discovered: Discovered;
}

async function collectAll(run: Run, wanted: readonly string[] | undefined, contextNamespace: string | undefined): Promise<AllCollected> {
  const [namespaces, ...others] = LISTED_RESOURCES;
  if (namespaces === undefined) throw new Error('the table of resources is empty');
  const first = collectResource(run, namespaces, async () => ({ names: [], all: false }));
  const candidates: Candidates = async (own) => {
    if (wanted !== undefined && wanted.length > 0) return { names: [...new Set(wanted)], all: false };
    const { parts, complete } = await first;
    const names = parts.flatMap(({ kubernetes }) => kubernetes.namespaces.map(({ name }) => name));
    if (names.length > 0) return { names, all: complete };
    return { names: [...new Set([contextNamespace, own].filter((name) => name !== undefined))], all: false };
  };
  const optional = discoverOptional(run);
  const collected = await Promise.all([
    first,
    ...others.map((resource) => collectResource(run, resource, candidates)),
    optional.then(({ resources }) => Promise.all(resources.map((resource) => collectResource(run, resource, candidates)))),
  ]);
  return { lists: collected.flat(), discovered: await optional };
}

function assemble(
  builder: InventoryBuilder,
  { lists: collected, discovered }: AllCollected,
  ended: string,
): (finished: Inventory) => Inventory {
  const parts = collected.flatMap((one) => one.parts);
  for (const gap of [...discovered.gaps, ...collected.flatMap((one) => one.gaps)]) builder.addGap(gap);
  // The builder gives the same gap the same id again, and one order to all of them.
  for (const { id: _id, ...gap } of parts.flatMap(({ gaps }) => gaps)) builder.addGap(gap);
  const cut = new Set([...collected.filter((one) => one.cut).map(({ name }) => name), ...discovered.cut]);
  if (!collected.some(({ some }) => some)) throw nothingRead(collected, cut.size > 0 ? ended : undefined);
  if (cut.size > 0)
    builder.addGap(cutGap(inTableOrder(cut), ended, 'collect again with a longer deadline, or from nearer to the API server'));
  for (const { kubernetes } of parts) builder.hintCluster({ records: kubernetes });
  return (finished) => mergeInventories(finished, parts);
}

function nothingRead(collected: readonly Collected[], ended: string | undefined): SourceError {
  const details = { source: 'kubernetes', operation: 'collect', retryable: ended !== undefined };
  if (ended !== undefined) return new SourceError(`${ended} before anything was read; check the connection or allow more time`, details);
  const gap = collected.flatMap(({ gaps }) => gaps).find(({ what }) => what === 'pods') ?? collected.flatMap(({ gaps }) => gaps)[0];
  return new SourceError(`nothing could be read: ${gap?.why ?? 'every list failed'}; ${gap?.remedy ?? 'collect again'}`, details);
}

function unauthorisedError(contextName: string, server: string): SourceError {
  return new SourceError(
    `${server} does not accept the credentials of context \`${contextName}\` (401); sign in again, then try \`kubectl --context ${contextName} auth whoami\``,
    { source: 'kubernetes', operation: 'authenticate' },
  );
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await pause(ms, undefined, signal === undefined ? {} : { signal });
}
