'use client';
import type { NodeSummary, SearchAnswer } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { type AnswerState, useAnswer } from './use-answer.ts';

export interface SearchQuestion {
  readonly q: string;
  readonly kind?: NodeKind | undefined;
  readonly limit?: number;
  readonly enabled?: boolean;
  /** What stands in the field now, where `q` lags behind it. */
  readonly typed?: string;
}

const fits = ({ id, namespace, name }: NodeSummary, typed: string): boolean =>
  `${id} ${namespace ?? ''}/${name}`.toLowerCase().includes(typed.toLowerCase());

/**
 * Nodes whose name fits `q`; an older question that is still under way is aborted. While the answer lags behind what is typed, only those
 * of the older one that fit it are given: whoever types fast and presses Enter must never pick what he did not mean.
 */
export function useSearch({ q, kind, limit = 50, enabled = true, typed = q }: SearchQuestion): AnswerState<SearchAnswer> {
  const answer = useAnswer<SearchAnswer>({ path: 'search', query: { q, kind, limit }, enabled });
  if (answer.data === undefined || (typed === q && !answer.stale)) return answer;
  const nodes = answer.data.nodes.filter((node) => fits(node, typed));
  return { ...answer, data: { ...answer.data, nodes } } as AnswerState<SearchAnswer>;
}
