import type { ReachAnswer, ReachedNode, Status } from '../../lib/api/contract.ts';
import { KIND_LABELS, kindInText } from '../ui/kind-labels.ts';
import { qualifiedName } from '../ui/node-name.ts';
import { whole } from '../ui/numbers.ts';
import { SEVERITY_WORDS } from '../ui/severity-words.ts';

export interface Incident {
  readonly answer: ReachAnswer;
  readonly rows: readonly ReachedNode[];
  readonly status: Pick<Status, 'cluster' | 'collectedAt' | 'source'>;
  /** ISO 8601; when the record is written. */
  readonly writtenAt: string;
  /** Address of the page that shows the same. */
  readonly link: string;
}

/** Rows of the table in a record; the rest is counted. */
const ROWS_MAX = 500;

/** Text that Markdown and HTML inside it leave alone: names come from attackers. Line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&')
    .replace(/&/g, '&amp;');
}

/** A name as inline code: the fence is longer than any run of backticks in it, and a pipe cannot end a table cell. */
export function codeSpan(text: string): string {
  const clean = text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...(clean.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = clean.startsWith('`') || clean.endsWith('`') || clean === '' ? ' ' : '';
  return `${fence}${pad}${clean}${pad}${fence}`;
}

function hopLines({ byHop }: ReachAnswer): string[] {
  return byHop.map((hop) => {
    const kinds = hop.byKind.map(({ kind, count }) => `${whole(count)} ${kindInText(kind, count)}`).join(', ');
    return `${hop.hops}. ${whole(hop.total)} reached, ${whole(hop.certain)} of them surely: ${kinds}`;
  });
}

function tableLines(rows: readonly ReachedNode[]): string[] {
  const lines = ['| Hop | Kind | Name | Certainty | By |', '| ---: | --- | --- | --- | --- |'];
  for (const row of rows.slice(0, ROWS_MAX)) {
    lines.push(
      `| ${row.hops} | ${KIND_LABELS[row.kind].one} | ${codeSpan(qualifiedName(row))} | ${row.certainty} | ${row.via.technique} from ${codeSpan(row.via.from)} |`,
    );
  }
  return lines;
}

function gapLines({ gaps }: ReachAnswer): string[] {
  if (gaps.length === 0) return ['None: everything that was asked for could be read.'];
  return gaps.map(
    (gap) =>
      `- ${escapeMarkdown(gap.what)}${gap.where === undefined ? '' : ` in ${escapeMarkdown(gap.where)}`}: ${escapeMarkdown(gap.why)} ${escapeMarkdown(gap.remedy)}`,
  );
}

/** The state of an incident as a Markdown record: verdict, what falls by hop, everything reached, what could change the answer. */
export function incidentMarkdown({ answer, rows, status, writtenAt, link }: Incident): string {
  const more = answer.total - Math.min(rows.length, ROWS_MAX);
  return [
    '# Blast radius',
    '',
    `**${SEVERITY_WORDS[answer.summary.severity]}: ${escapeMarkdown(answer.summary.verdict)}**`,
    '',
    `- Compromised: ${answer.from.map((node) => `${KIND_LABELS[node.kind].one} ${codeSpan(qualifiedName(node))}`).join(', ')}`,
    `- Cluster: ${escapeMarkdown(status.cluster.name ?? status.source.label)}`,
    `- Data read: ${status.collectedAt ?? 'unknown'}`,
    `- Written: ${writtenAt}`,
    `- Same view: <${link}>`,
    '',
    '## What falls, by hop',
    '',
    ...hopLines(answer),
    '',
    '## Gaps that could change this answer',
    '',
    ...gapLines(answer),
    '',
    `## Reached (${whole(answer.total)})`,
    '',
    ...tableLines(rows),
    ...(more > 0 ? ['', `${whole(more)} more are not listed; the CSV and JSON exports hold all.`] : []),
    '',
  ].join('\n');
}
