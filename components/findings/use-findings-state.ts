'use client';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useSettled } from '../ui/use-settled.ts';
import { FINDING_CLASS_VALUES } from './finding-classes.ts';

export const FINDING_SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

const STATE = {
  class: parseAsStringLiteral(FINDING_CLASS_VALUES),
  severity: parseAsStringLiteral(FINDING_SEVERITIES),
  namespace: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  finding: parseAsString,
  row: parseAsString,
};

/** What the page shows, in the URL: filters, the finding that is looked at, the row that is open. */
export function useFindingsState() {
  const [state, setState] = useQueryStates(STATE, { history: 'replace' });
  // Typing asks when it pauses.
  const q = useSettled(state.q, 250);
  const filters = { severity: state.severity ?? undefined, namespace: state.namespace, q };
  return { state, setState, filters };
}

export type FindingsState = ReturnType<typeof useFindingsState>;
