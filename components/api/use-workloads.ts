'use client';
import type { WorkloadsAnswer } from '../../lib/api/contract.ts';
import { useAnswer } from './use-answer.ts';

export interface WorkloadsQuestion {
  readonly reaches?: string | undefined;
  readonly exposed?: string | undefined;
  readonly namespace?: string | undefined;
}

/** The workloads that reach something, riskiest first. */
export function useWorkloads({ reaches, exposed, namespace }: WorkloadsQuestion = {}) {
  return useAnswer<WorkloadsAnswer>({ path: 'workloads', query: { reaches, exposed, namespace } });
}
