import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TECHNIQUE_CLASSES } from '../lib/graph/kinds.ts';
import { techniques } from '../lib/graph/techniques/index.ts';
import type { Technique } from '../lib/graph/techniques/technique.ts';

const FILE = path.resolve(import.meta.dirname, '../docs/techniques.md');
const cell = (text: string): string => text.replaceAll('|', '\\|');

function section({ id, title, from, to, action, precondition, remediation, coverage, attck, references, walked }: Technique): string {
  return [
    `### ${id}`,
    '',
    `**${title}**${walked ? '' : ' (says how things are; not walked)'}: ${from.join(', ')} → ${to.join(', ')}`,
    '',
    `- What happens: ${action}`,
    `- Precondition: ${precondition}`,
    `- Remedy: ${remediation}`,
    `- Coverage: ${coverage.level === 'full' ? 'full' : `partial; misses ${coverage.misses}`}`,
    ...(attck.length === 0
      ? []
      : [`- ATT&CK: ${attck.map((one) => `[${one}](https://attack.mitre.org/techniques/${one.replace('.', '/')}/)`).join(', ')}`]),
    ...(references.length === 0 ? [] : [`- References: ${references.join(', ')}`]),
    '',
  ].join('\n');
}

/** The page of all techniques, made from the registry so that it cannot disagree with it. */
export function techniquesPage(): string {
  const all: readonly Technique[] = Object.values(techniques);
  const rows = all.map(
    ({ id, title, class: group, coverage, attck }) =>
      `| [${id}](#${id}) | ${cell(title)} | ${group} | ${coverage.level} | ${attck.join(', ')} |`,
  );
  const sections = TECHNIQUE_CLASSES.flatMap((group) => [
    `## ${group}`,
    '',
    ...all.filter((technique) => technique.class === group).map(section),
  ]);
  return [
    '# Techniques',
    '',
    'Made from the registry by `npm run generate`; do not edit.',
    '',
    '| technique | title | class | coverage | ATT&CK |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...sections,
  ].join('\n');
}

if (import.meta.main) {
  const page = techniquesPage();
  if (process.argv.includes('--check')) process.exitCode = readFileSync(FILE, 'utf8') === page ? 0 : 1;
  else writeFileSync(FILE, page);
}
