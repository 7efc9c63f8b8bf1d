'use client';
import type { GraphAnswer } from '../../lib/api/contract.ts';
import type { TechniqueClass } from '../../lib/graph/kinds.ts';
import { useAnswer } from './use-answer.ts';

export interface GraphQuestion {
  readonly select?: readonly string[];
  readonly direction?: 'forward' | 'reverse' | undefined;
  readonly depth?: number | undefined;
  readonly classes?: readonly TechniqueClass[] | undefined;
  readonly certainty?: 'certain' | 'all' | undefined;
  /** Workloads whose pods are drawn one by one. */
  readonly open?: readonly string[];
  readonly enabled?: boolean;
}

/** What the canvas draws: the top risky chains, or the surroundings and blast radius of the selection. */
export function useGraph({ classes, enabled = true, ...rest }: GraphQuestion = {}) {
  return useAnswer<GraphAnswer>({ path: 'graph', query: { ...rest, classes: classes?.join(',') }, enabled });
}
