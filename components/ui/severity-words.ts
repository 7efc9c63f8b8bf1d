import type { ReachSummary } from '../../lib/api/contract.ts';

export type Severity = ReachSummary['severity'];

export const SEVERITY_WORDS: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  none: 'Contained',
};

/** Most severe first: for sorting. */
export const SEVERITY_RANK: Record<Severity, number> = { critical: 4, high: 3, medium: 2, low: 1, none: 0 };
