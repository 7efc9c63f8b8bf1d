import type { ReachAnswer, ReachedNode, Status } from '../../lib/api/contract.ts';
import type { CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { KIND_LABELS, kindInText } from '../ui/kind-labels.ts';
import { qualifiedName } from '../ui/node-name.ts';
import { whole } from '../ui/numbers.ts';
import { SEVERITY_WORDS } from '../ui/severity-words.ts';
import { containLines } from './contain-markdown.ts';
import { codeCell, codeSpan, escapeMarkdown, proseMarkdown } from './escape-markdown.ts';

export interface Incident {
  readonly answer: ReachAnswer;
  readonly rows: readonly ReachedNode[];
  readonly cut: CutsAnswer;
  readonly status: Pick<Status, 'cluster' | 'collectedAt' | 'source'>;
  /** ISO 8601; when the record is written. */
  readonly writtenAt: string;
  /** Address of the page that shows the same. */
  readonly link: string;
}

/** Rows of the table in a record; the rest is counted. */
const ROWS_MAX = 500;

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
      `| ${row.hops} | ${KIND_LABELS[row.kind].one} | ${codeCell(qualifiedName(row))} | ${row.certainty} | ${row.via.technique} from ${codeCell(row.via.from)} |`,
    );
  }
  return lines;
}

function gapLines({ gaps }: ReachAnswer): string[] {
  if (gaps.length === 0) return ['None: everything that was asked for could be read.'];
  return gaps.map(
    (gap) =>
      `- ${escapeMarkdown(gap.what)}${gap.where === undefined ? '' : ` in ${escapeMarkdown(gap.where)}`}: ${proseMarkdown(gap.why)}. What to do: ${proseMarkdown(gap.remedy)}`,
  );
}

/** The state of an incident as a Markdown record: verdict, what contains it, what falls by hop, everything reached, what could change the answer. */
export function incidentMarkdown({ answer, rows, cut, status, writtenAt, link }: Incident): string {
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
    ...containLines(cut),
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
