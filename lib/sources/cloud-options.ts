import type { InventoryBuilder } from '../inventory/builder.ts';
import type { ProgressListener } from './progress-listener.ts';

/**
 * What every collector of a live cloud takes: `collectAws`, `collectGcp` and `collectAzure` fill `builder`, which others may be filling at
 * the same time, and end without a result. What could not be read is a gap there; a SourceError says that there was nothing to start with
 * (no credentials); an abort throws the signal's reason.
 */
export interface CloudOptions {
  readonly builder: InventoryBuilder;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** Variables of the process; `process.env` unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}
