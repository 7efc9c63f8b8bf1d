'use client';
import type { PathsAnswer } from '../../lib/api/contract.ts';
import { useAnswer } from './use-answer.ts';

export interface PathsQuestion {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** How many alternatives at most. */
  readonly k?: number;
}

/** The shortest path and its alternatives, every hop with evidence. Asks nothing until both ends are known. */
export function usePaths({ from, to, k = 5 }: PathsQuestion) {
  return useAnswer<PathsAnswer>({ path: 'paths', query: { from, to, k }, enabled: Boolean(from && to) });
}
