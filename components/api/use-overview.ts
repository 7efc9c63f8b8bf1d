'use client';
import type { Overview } from '../../lib/api/contract.ts';
import { useAnswer } from './use-answer.ts';
import { useJewels } from './use-jewels.ts';

/** The numbers of the Overview page; what is marked as a crown jewel counts as one. */
export function useOverview() {
  const jewels = useJewels();
  return useAnswer<Overview>({ path: 'overview', query: { jewels } });
}
