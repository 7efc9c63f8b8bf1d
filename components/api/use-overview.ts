'use client';
import type { Overview } from '../../lib/api/contract.ts';
import { useAnswer } from './use-answer.ts';

/** The numbers of the Overview page. */
export function useOverview() {
  return useAnswer<Overview>({ path: 'overview' });
}
