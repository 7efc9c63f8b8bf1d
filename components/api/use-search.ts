'use client';
import type { SearchAnswer } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { useAnswer } from './use-answer.ts';

export interface SearchQuestion {
  readonly q: string;
  readonly kind?: NodeKind | undefined;
  readonly limit?: number;
  readonly enabled?: boolean;
}

/** Nodes whose name fits `q`; an older question that is still under way is aborted. */
export function useSearch({ q, kind, limit = 50, enabled = true }: SearchQuestion) {
  return useAnswer<SearchAnswer>({ path: 'search', query: { q, kind, limit }, enabled });
}
