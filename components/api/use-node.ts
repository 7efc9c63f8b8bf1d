'use client';
import type { NodeDetail } from '../../lib/api/contract.ts';
import { useAnswer } from './use-answer.ts';

/** Everything about one node. Asks nothing without an id. */
export function useNode(id: string | undefined) {
  return useAnswer<NodeDetail>({ path: 'node', query: { id }, enabled: Boolean(id) });
}
