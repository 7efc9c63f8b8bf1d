import { inspect } from 'node:util';
import { createInventoryBuilder, type InventoryBuilder } from '../../inventory/builder.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ReplayRequest, ReplayServer } from './replay-server.ts';

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

/** What every collection is given: pauses of a millisecond, and a place for what it makes. */
export interface Given {
  readonly builder: InventoryBuilder;
  readonly limits: { readonly minPauseMs: number; readonly maxPauseMs: number; readonly maxRetries: number };
  readonly onProgress: (step: unknown) => void;
}

/** Collects from a server, ends the server, and tells all that came of it; an error too. */
export async function tryAccount(
  server: ReplayServer,
  collect: (given: Given) => Promise<unknown>,
  builder: InventoryBuilder = createInventoryBuilder(),
): Promise<Tried> {
  const progress: unknown[] = [];
  let error: unknown;
  try {
    await collect({
      builder,
      limits: { minPauseMs: 1, maxPauseMs: 2, maxRetries: 3 },
      onProgress: (step) => progress.push(step),
    });
  } catch (caught) {
    error = caught;
  } finally {
    await server.close();
  }
  const inventory = builder.finish(JUDGED);
  const everything = inspect({ inventory, error, progress }, { depth: null, maxArrayLength: null, maxStringLength: null });
  return { inventory, error, requests: server.requests, base: server.base, everything };
}
