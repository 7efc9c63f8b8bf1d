import type { FindingAnswer, FindingSummary } from '../../lib/api/findings-contract.ts';
import { apiUrl, fetchJson } from './fetch-json.ts';
import type { FindingFilters } from './use-findings.ts';

/** Reads the rows of findings one after another, for an export. */
export async function fetchAllFindings(
  findings: readonly FindingSummary[],
  { severity, namespace, q }: FindingFilters,
): Promise<readonly FindingAnswer[]> {
  const answers: FindingAnswer[] = [];
  for (const { id } of findings) answers.push(await fetchJson<FindingAnswer>(apiUrl('finding', { id, severity, namespace, q })));
  return answers;
}
