import { inspect } from 'node:util';
import { createInventoryBuilder } from '../../../inventory/builder.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import type { ReplayRequest } from '../../testing/replay-server.ts';
import { type AzureOptions, collectAzure } from '../collect.ts';
import { type AzureServerOptions, SUBSCRIPTION, startAzureServer, TOKENS } from './azure-server.ts';

/** Which cluster the files beside the account are of, and when conditions are judged. */
export const JUDGED = { cluster: 'prod-eu', asOf: '2026-01-01T00:00:00Z' };

export interface Tried {
  readonly inventory: Inventory;
  readonly error: unknown;
  readonly requests: readonly ReplayRequest[];
  readonly base: string;
  /** Everything that came out, as text, for canaries. */
  readonly everything: string;
}

/** Collects from a server of its own, with pauses of a millisecond. */
export async function tryCollect(
  server: AzureServerOptions | ((base: () => string) => AzureServerOptions) = {},
  options: Partial<Omit<AzureOptions, 'endpoints'>> & { readonly base?: string } = {},
): Promise<Tried> {
  let own = '';
  const azure = await startAzureServer(typeof server === 'function' ? server(() => own) : server);
  own = azure.base;
  const { base = azure.base, builder = createInventoryBuilder(), ...rest } = options;
  const progress: unknown[] = [];
  let error: unknown;
  try {
    await collectAzure({
      subscriptions: [SUBSCRIPTION],
      env: {},
      authenticate: async (url) => ({ authorization: `Bearer ${url.pathname.startsWith('/graph') ? TOKENS.graph : TOKENS.management}` }),
      endpoints: { management: `${base}/management`, graph: `${base}/graph` },
      limits: { minPauseMs: 1, maxPauseMs: 2, maxRetries: 3 },
      onProgress: (step) => progress.push(step),
      ...rest,
      builder,
    });
  } catch (caught) {
    error = caught;
  } finally {
    await azure.close();
  }
  const inventory = builder.finish(JUDGED);
  const everything = inspect({ inventory, error, progress }, { depth: null, maxArrayLength: null, maxStringLength: null });
  return { inventory, error, requests: azure.requests, base: azure.base, everything };
}
