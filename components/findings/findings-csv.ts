import type { FindingAnswer } from '../../lib/api/findings-contract.ts';
import { toCsv } from '../ui/csv.ts';

/** Every row of the findings as CSV, in the order given. */
export function findingsCsv(findings: readonly FindingAnswer[]): string {
  return toCsv(
    ['finding', 'title', 'class', 'severity', 'kind', 'namespace', 'name', 'identity', 'here', 'fix', 'command'],
    findings.flatMap(({ id, title, class: group, list }) =>
      list.map(({ severity, subject, identity, whyHere, fix }) => [
        id,
        title,
        group,
        severity,
        subject.kind,
        subject.namespace,
        subject.name,
        identity,
        whyHere,
        fix.says,
        fix.command,
      ]),
    ),
  );
}
