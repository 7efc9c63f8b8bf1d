import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TECHNIQUE_CLASSES } from '../lib/graph/kinds.ts';
import { KNOWN_WAYS, type KnownWay } from '../lib/graph/known-ways.ts';
import { techniques } from '../lib/graph/techniques/index.ts';
import type { Technique } from '../lib/graph/techniques/technique.ts';
import { findingsPage } from './findings-page.ts';

const fileOf = (name: string): string => path.resolve(import.meta.dirname, '../docs', name);
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

function knownWay(way: KnownWay): string {
  const found = 'techniques' in way ? way.techniques.map((id) => `[${id}](#${id})`).join(', ') : `not covered: ${cell(way.notCovered)}`;
  return `| ${way.row} | ${cell(way.name)} | ${found} |`;
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
    '## Known ways, and what became of them',
    '',
    'Structural edges and ways to move as other tools (KubeHound, IceKube, rbac-police, kubesplaining, BloodHound and more) and Kubernetes itself name them.',
    '',
    '| row | known as | found by |',
    '| --- | --- | --- |',
    ...KNOWN_WAYS.map(knownWay),
    '',
    ...sections,
  ].join('\n');
}

if (import.meta.main) {
  const pages = [
    { file: fileOf('techniques.md'), page: techniquesPage() },
    { file: fileOf('findings.md'), page: findingsPage() },
  ];
  if (process.argv.includes('--check')) process.exitCode = pages.every(({ file, page }) => readFileSync(file, 'utf8') === page) ? 0 : 1;
  else for (const { file, page } of pages) writeFileSync(file, page);
}
