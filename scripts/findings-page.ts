import { FINDING_CLASSES, type Finding } from '../lib/analysis/findings/finding.ts';
import { findings } from '../lib/analysis/findings/index.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

function stoppedBy({ prevention }: Finding): string {
  return prevention.kind === 'none' ? `no admission policy: ${prevention.says}` : `a ${prevention.kind} that ${prevention.says}`;
}

function section(finding: Finding): string {
  const { id, title, severity, why, remediation, misses, references } = finding;
  return [
    `### ${id}`,
    '',
    `**${title}** (${severity} where a place says nothing else)`,
    '',
    `- Why it matters: ${why}`,
    `- Remedy: ${remediation}`,
    ...(misses === undefined ? [] : [`- Not seen: ${misses}.`]),
    `- Stopped by: ${stoppedBy(finding)}.`,
    `- References: ${references.join(', ')}`,
    '',
  ].join('\n');
}

/** The page of all findings, made from the registry so that it cannot disagree with it. */
export function findingsPage(): string {
  const rows = findings.map(
    ({ id, title, class: group, severity, prevention }) =>
      `| [${id}](#${id}) | ${cell(title)} | ${group} | ${severity} | ${prevention.kind} |`,
  );
  const sections = FINDING_CLASSES.flatMap((group) => [`## ${group}`, '', ...findings.filter((one) => one.class === group).map(section)]);
  return [
    '# Findings',
    '',
    'Made from the registry by `npm run generate`; do not edit. `podreach findings --snapshot PATH` and `/findings` show where they hold, with',
    'evidence, the fix as command and patch, and the policy as YAML.',
    '',
    '| finding | title | class | severity | policy |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...sections,
  ].join('\n');
}
