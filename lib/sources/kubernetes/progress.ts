import type { ProgressListener } from '../progress-listener.ts';

export interface ProgressStep {
  /** Objects read since the last step; negative when a list starts over. */
  readonly added: number;
  /** Objects still to come, as far as known. */
  readonly remaining?: number;
  readonly done?: boolean;
}

/** Adds up what the lists of one resource report, several namespaces included. */
export function createProgress(listener: ProgressListener | undefined): (what: string, step: ProgressStep) => void {
  const counts = new Map<string, number>();
  return (what, { added, remaining, done = false }) => {
    const count = (counts.get(what) ?? 0) + added;
    counts.set(what, count);
    listener?.({ what, count, done, ...(remaining === undefined ? {} : { total: count + remaining }) });
  };
}
