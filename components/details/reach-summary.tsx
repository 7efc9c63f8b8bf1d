'use client';
import { useState } from 'react';
import type { ReachSummary } from '../../lib/api/contract.ts';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { whole } from '../ui/numbers.ts';
import { sentenceCase } from '../ui/sentence-case.ts';
import { SeverityBadge } from '../ui/severity-badge.tsx';
import { ReachList } from './reach-list.tsx';

/** What a node reaches: the verdict in words, then a row for every group that opens its list. */
export function ReachVerdict({ summary }: { summary: ReachSummary }) {
  return (
    <div className="px-4 pb-3">
      <SeverityBadge severity={summary.severity} />
      <p className="mt-1.5 text-[0.9375rem] font-medium leading-snug">
        <bdi>{sentenceCase(summary.verdict)}</bdi>
      </p>
    </div>
  );
}

/** Groups with their numbers. A number opens the list behind it, in place. */
export function ReachGroups({
  from,
  summary,
  direction,
}: {
  from: readonly string[];
  summary: ReachSummary;
  direction: 'forward' | 'reverse';
}) {
  const [open, setOpen] = useState<string>();
  if (summary.groups.length === 0) return <p className="text-sm text-muted">Nothing beyond itself.</p>;
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {summary.groups.map((group) => (
        <li key={group.group}>
          <button
            type="button"
            aria-expanded={open === group.group}
            onClick={() => setOpen(open === group.group ? undefined : group.group)}
            className="flex min-h-9 w-full items-center gap-2 px-3 text-left text-sm hover:bg-sunken"
          >
            <span className="w-12 shrink-0 text-right text-base font-semibold tabular-nums">{whole(group.total)}</span>
            <span className="min-w-0 flex-1 truncate">{sentenceCase(group.label)}</span>
            <span className="shrink-0 text-xs text-muted">
              {group.minHops} {group.minHops === 1 ? 'hop' : 'hops'}
              {group.certain < group.total && ` · ${whole(group.certain)} certain`}
            </span>
            <Icon name={open === group.group ? 'chevron-down' : 'chevron-right'} size={14} className="text-faint" />
          </button>
          {open === group.group && <ReachList from={from} kinds={group.kinds} direction={direction} />}
        </li>
      ))}
    </ul>
  );
}
