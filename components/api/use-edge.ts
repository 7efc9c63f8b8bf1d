'use client';
import type { EdgeDetail } from '../../lib/api/contract.ts';
import type { TechniqueId } from '../../lib/graph/kinds.ts';
import { useAnswer } from './use-answer.ts';

export interface EdgeQuestion {
  readonly from: string;
  readonly to: string;
  readonly technique: TechniqueId;
}

/** One edge with its evidence and how to close it. Asks nothing without a question. */
export function useEdge(question: EdgeQuestion | undefined) {
  return useAnswer<EdgeDetail>({ path: 'edge', query: { ...question }, enabled: question !== undefined });
}
