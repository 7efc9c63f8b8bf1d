import type { ReachSummary } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { whole } from '../ui/numbers.ts';
import { sentenceCase } from '../ui/sentence-case.ts';
import { SeverityBadge } from '../ui/severity-badge.tsx';

interface VerdictProps {
  readonly summary: ReachSummary;
  /** Kinds that the table shows now; empty: all. */
  readonly kinds: readonly NodeKind[];
  readonly onKinds: (kinds: readonly NodeKind[]) => void;
}

function sameKinds(left: readonly NodeKind[], right: readonly NodeKind[]): boolean {
  return left.length === right.length && left.every((kind) => right.includes(kind));
}

/** The answer first and big, then what it is made of; each part narrows the table to itself. */
export function Verdict({ summary, kinds, onKinds }: VerdictProps) {
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-x-3 gap-y-2" role="status" aria-label="Verdict">
        <span className="mt-1.5 max-md:mt-0">
          <SeverityBadge severity={summary.severity} />
        </span>
        <p className="max-w-5xl flex-1 basis-72 text-balance font-semibold text-xl tracking-tight first-letter:uppercase md:text-2xl print:text-lg">
          {summary.verdict}
        </p>
      </div>
      {summary.groups.length > 0 && (
        <ul
          aria-label="What falls"
          className="mb-5 grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line md:grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] print:grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] max-md:[&>li:last-child:nth-child(odd)]:col-span-2 print:[&>li:last-child:nth-child(odd)]:col-span-1"
        >
          {summary.groups.map((group) => {
            const on = sameKinds(kinds, group.kinds);
            const label = sentenceCase(group.label);
            return (
              <li key={group.group} className="min-w-0 bg-surface">
                <button
                  type="button"
                  aria-pressed={on}
                  aria-label={`${label}: ${group.total}. Show only these`}
                  onClick={() => onKinds(on ? [] : group.kinds)}
                  className="h-full w-full px-3.5 py-3 text-left transition-colors hover:bg-sunken/60 focus-visible:-outline-offset-2 aria-pressed:bg-accent-soft"
                >
                  <span className="flex items-center gap-1.5 text-muted text-xs">
                    {group.kinds[0] && <KindIcon kind={group.kinds[0]} size={16} />}
                    <span className="leading-tight">{label}</span>
                  </span>
                  <span className="mt-0.5 block font-semibold text-xl tracking-tight">{whole(group.total)}</span>
                  <span className="block text-muted text-xs">
                    {group.certain === group.total ? 'certain' : `${whole(group.certain)} certain`} · from hop {group.minHops}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
