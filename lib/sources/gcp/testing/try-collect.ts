import { inspect } from 'node:util';
import { createInventoryBuilder } from '../../../inventory/builder.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import type { ReplayRequest } from '../../testing/replay-server.ts';
import { collectGcp, type GcpOptions } from '../collect.ts';
import { endpointsAt, type GoogleServerOptions, startGoogleServer, TOKEN } from './google-server.ts';

/** Which cluster the files beside the account are of, and when conditions are judged. */
export const JUDGED = { cluster: 'prod-eu', asOf: '2026-01-01T00:00:00Z' };

export interface Tried {
  readonly inventory: Inventory;
  readonly error: unknown;
  readonly requests: readonly ReplayRequest[];
  /** Everything that came out, as text, for canaries. */
  readonly everything: string;
}

/** Collects from a server of its own, with pauses of a millisecond. */
export async function tryCollect(
  server: GoogleServerOptions = {},
  options: Partial<Omit<GcpOptions, 'env'>> & { readonly base?: string } = {},
): Promise<Tried> {
  const google = await startGoogleServer(server);
  const { base = google.base, builder = createInventoryBuilder(), ...rest } = options;
  const progress: unknown[] = [];
  let error: unknown;
  try {
    await collectGcp({
      projects: ['acme-prod-eu', 'acme-data-eu'],
      env: endpointsAt(base),
      authenticate: async () => ({ authorization: `Bearer ${TOKEN}` }),
      limits: { minPauseMs: 1, maxPauseMs: 2, maxRetries: 3 },
      onProgress: (step) => progress.push(step),
      ...rest,
      builder,
    });
  } catch (caught) {
    error = caught;
  } finally {
    await google.close();
  }
  const inventory = builder.finish(JUDGED);
  const everything = inspect({ inventory, error, progress }, { depth: null, maxArrayLength: null, maxStringLength: null });
  return { inventory, error, requests: google.requests, everything };
}
