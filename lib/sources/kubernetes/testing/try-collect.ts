import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { type ApiServer, type ApiServerOptions, startApiServer } from '../../../../e2e/api-server/api-server.ts';
import type { KubeconfigWanted } from '../../../../e2e/api-server/kubeconfig-text.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import { SourceError } from '../../source-error.ts';
import { collectKubernetes, type KubernetesOptions } from '../collect.ts';

export interface Tried {
  readonly inventory: Inventory | undefined;
  readonly error: SourceError | undefined;
  readonly server: ApiServer;
  /** Milliseconds of every pause that was asked for; none was waited for. */
  readonly pauses: readonly number[];
  readonly progress: readonly { what: string; count: number; total?: number; done: boolean }[];
  /** Everything that came out, as text, for canaries. */
  readonly everything: string;
}

export interface TryOptions extends KubernetesOptions {
  readonly kubeconfigWanted?: KubeconfigWanted | ((server: ApiServer) => KubeconfigWanted);
  /** Waits as in production. */
  readonly waits?: boolean;
  /** Runs when the server is up, before the collection. */
  readonly before?: (server: ApiServer) => void;
}

/** Starts a server, collects from it without ever waiting, and ends the server. An error that is no SourceError is a failure of ours. */
export async function tryCollect(
  serverOptions: ApiServerOptions,
  { kubeconfigWanted, before, waits = false, ...options }: TryOptions = {},
): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'podreach-live-'));
  const server = await startApiServer(serverOptions);
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, server.kubeconfig(typeof kubeconfigWanted === 'function' ? kubeconfigWanted(server) : kubeconfigWanted));
  const pauses: number[] = [];
  const progress: Tried['progress'][number][] = [];
  before?.(server);
  let inventory: Inventory | undefined;
  let error: SourceError | undefined;
  try {
    inventory = await collectKubernetes({
      kubeconfig,
      env: {},
      random: () => 0.5,
      ...(waits ? {} : { sleep: async (ms: number) => void pauses.push(ms) }),
      onProgress: (step) => progress.push(step),
      ...options,
    });
  } catch (caught) {
    if (!(caught instanceof SourceError)) throw caught;
    error = caught;
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
  const everything = inspect(
    { inventory, error, stack: error?.stack, progress },
    { depth: null, maxArrayLength: null, maxStringLength: null },
  );
  return { inventory, error, server, pauses, progress, everything };
}

/** The inventory, for tests in which the collection has to succeed. */
export async function collected(
  serverOptions: ApiServerOptions,
  options: TryOptions = {},
): Promise<Tried & { readonly inventory: Inventory }> {
  const tried = await tryCollect(serverOptions, options);
  if (tried.inventory === undefined) throw new Error(`the collection failed: ${tried.error?.message}`);
  return { ...tried, inventory: tried.inventory };
}
