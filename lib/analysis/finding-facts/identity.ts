import type { FindingRow } from '../findings/finding.ts';
import { sha256 } from './sha256.ts';

/** Enough digits that nobody finds two names with the same ones. */
const DIGITS = 32;

/**
 * The identity of a row: the same in every run in which the same finding holds for the same object, whatever else is there, so that
 * somebody can track or silence it. Made of names alone; lengths keep `a/b` + `c` and `a` + `b/c` apart.
 */
export function identityOf(finding: string, { subject, part }: Pick<FindingRow, 'subject' | 'part'>): string {
  const names = [finding, subject.kind, subject.namespace ?? '', subject.name, part ?? ''];
  return `${finding}-${sha256(JSON.stringify(names)).slice(0, DIGITS)}`;
}
