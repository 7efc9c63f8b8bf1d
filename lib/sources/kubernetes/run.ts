import type { Slots } from '../slots.ts';
import type { ApiClient } from './client.ts';

/** What every request of one collection shares. */
export interface Run {
  readonly client: ApiClient;
  /** Aborted when the collection has to end, for whatever reason. */
  readonly signal: AbortSignal;
  readonly slots: Slots;
  readonly maxBytes: number;
  readonly random: () => number;
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Ends the collection because the server does not know the credentials. */
  readonly refuse: () => void;
  readonly progress: (what: string, read: { readonly added: number; readonly remaining?: number; readonly done?: boolean }) => void;
}
