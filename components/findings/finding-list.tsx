'use client';
import type { FindingSummary } from '../../lib/api/findings-contract.ts';
import { whole } from '../ui/numbers.ts';
import { SeverityBadge } from '../ui/severity-badge.tsx';
import { classLabel } from './finding-classes.ts';

/** `7 of 232 pods`. */
export const countOf = ({ count, of }: Pick<FindingSummary, 'count' | 'of'>): string => `${whole(count)} of ${whole(of.total)} ${of.of}`;

interface FindingListProps {
  readonly findings: readonly FindingSummary[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly ref: React.Ref<HTMLOListElement>;
}

/** Findings that hold, worst first; the one that is looked at is marked. */
export function FindingList({ findings, chosen, onChoose, ref }: FindingListProps) {
  return (
    <ol ref={ref} aria-label="Findings" className="overflow-hidden rounded-xl border border-line bg-surface">
      {findings.map((finding) => (
        <li key={finding.id} className="border-line [&:not(:first-child)]:border-t">
          <button
            type="button"
            aria-current={finding.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(finding.id)}
            className="grid w-full grid-cols-[5rem_minmax(0,1fr)] items-baseline gap-x-2 px-3 py-2.5 text-left hover:bg-sunken aria-[current=true]:bg-accent-soft"
          >
            <SeverityBadge severity={finding.severity} plain />
            <span className="break-words font-medium text-sm">{finding.title}</span>
            <span className="col-start-2 mt-0.5 text-muted text-xs">
              {countOf(finding)} · {classLabel(finding.class)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
