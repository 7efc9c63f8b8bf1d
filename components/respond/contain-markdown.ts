import type { ChangeAnswer, CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { qualifiedName } from '../ui/node-name.ts';
import { counted } from '../ui/numbers.ts';
import { sentenceCase } from '../ui/sentence-case.ts';
import { SEVERITY_WORDS } from '../ui/severity-words.ts';
import { codeBlock, codeSpan, proseMarkdown } from './escape-markdown.ts';

/** What the changes of a cut amount to, in a sentence without a full stop. */
export function cutHint({ reached, inseparable, exact }: Pick<CutsAnswer, 'reached' | 'inseparable' | 'exact'>): string {
  if (reached === 0) return 'It reaches no crown jewel as things are';
  const apart = reached - inseparable.total;
  if (apart === 0) return `No change keeps it from any of ${counted(reached, 'crown jewel')} that it reaches`;
  return `${exact ? 'The fewest changes' : 'Few changes'} that keep it from ${counted(apart, 'crown jewel')}, of ${counted(reached, 'crown jewel')} that it reaches`;
}

function changeLines({ fix, takesFrom: { otherWorkloads, others } }: ChangeAnswer, number: number): string[] {
  const rest = otherWorkloads - others.length;
  const taken =
    otherWorkloads === 0
      ? 'Takes nothing from any other workload.'
      : `Also takes rights from ${counted(otherWorkloads, 'other workload')}: ${others.map((one) => codeSpan(qualifiedName(one))).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
  return [
    `### ${number}. ${proseMarkdown(sentenceCase(fix.says))}`,
    '',
    ...(fix.command === undefined ? [] : [codeBlock(fix.command, 'sh'), '']),
    ...(fix.sideEffect === undefined ? [] : [`Side effect: ${proseMarkdown(fix.sideEffect)}`, '']),
    taken,
    '',
  ];
}

function remainLines({ reached, remains, inseparable }: CutsAnswer): string[] {
  if (reached === 0) return [];
  const { total, first } = inseparable;
  const rest = total - first.length;
  return [
    `What it still reaches then: **${SEVERITY_WORDS[remains.severity]}: ${proseMarkdown(remains.verdict)}**`,
    '',
    ...(total === 0
      ? []
      : [
          `No single object's change keeps it from ${counted(total, 'crown jewel')}: take it off the network and rotate what it holds.`,
          '',
          ...first.map(({ target }) => `- ${codeSpan(qualifiedName(target))}`),
          ...(rest > 0 ? [`- and ${rest} more`] : []),
          '',
        ]),
  ];
}

/** The changes that contain an incident as lines of Markdown: each with its command, what it takes from others, and what is left within reach. */
export const containLines = (cut: CutsAnswer): readonly string[] => [
  '## Contain it',
  '',
  `${cutHint(cut)}.`,
  '',
  ...cut.changes.flatMap((change, index) => changeLines(change, index + 1)),
  ...remainLines(cut),
];
