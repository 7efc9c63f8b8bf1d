'use client';
import type { FindingAnswer, FindingsAnswer } from '../../lib/api/findings-contract.ts';
import { useAnswer } from './use-answer.ts';

/** What findings and their rows are narrowed down to; an empty text narrows nothing. */
export interface FindingFilters {
  readonly severity?: string | undefined;
  readonly namespace?: string | undefined;
  readonly q?: string | undefined;
}

/** Findings that hold, worst first. */
export function useFindings({ severity, namespace, q, class: group }: FindingFilters & { readonly class?: string | undefined }) {
  return useAnswer<FindingsAnswer>({ path: 'findings', query: { severity, namespace, q, class: group } });
}

/** One finding with its rows. */
export function useFinding(id: string | undefined, { severity, namespace, q }: FindingFilters) {
  return useAnswer<FindingAnswer>({ path: 'finding', query: { id, severity, namespace, q }, enabled: id !== undefined });
}
