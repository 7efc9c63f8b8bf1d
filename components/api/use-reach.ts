'use client';
import type { ReachAnswer } from '../../lib/api/contract.ts';
import type { NodeKind, TechniqueClass } from '../../lib/graph/kinds.ts';
import { apiUrl, type QueryValue } from './fetch-json.ts';
import { useAnswer } from './use-answer.ts';

export interface ReachQuestion {
  readonly from: readonly string[];
  readonly direction?: 'forward' | 'reverse' | undefined;
  readonly depth?: number | undefined;
  readonly classes?: readonly TechniqueClass[] | undefined;
  readonly certainty?: 'certain' | 'all' | undefined;
  readonly kind?: NodeKind | undefined;
  readonly hop?: number | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** The question as the API spells it: `from` repeats, classes are one list with commas. */
export function reachQuery({ classes, ...rest }: ReachQuestion): Record<string, QueryValue> {
  return { ...rest, classes: classes?.join(',') };
}

/** Address of one page of what is reached. */
export function reachUrl(question: ReachQuestion): string {
  return apiUrl('reach', reachQuery(question));
}

/** What falls (or, in reverse, who can get here). Asks nothing while `from` is empty. */
export function useReach(question: ReachQuestion) {
  return useAnswer<ReachAnswer>({ path: 'reach', query: reachQuery(question), enabled: question.from.length > 0 });
}
