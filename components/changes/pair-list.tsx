'use client';
import { useState } from 'react';
import type { JewelChange, PairChanges, SourceChange } from '../../lib/api/what-if-contract.ts';
import { HopCard } from '../details/hop-card.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { counted } from '../ui/numbers.ts';
import { Section } from '../ui/section.tsx';
import { SeverityBadge } from '../ui/severity-badge.tsx';

const SHOWN = 10;

/** What is told of a jewel beside its name: only where the way is conditional before or after. */
function levelOf({ before, after }: JewelChange): string | undefined {
  if (before === undefined) return after === 'conditional' ? 'conditional' : undefined;
  if (after === undefined) return before === 'conditional' ? 'was conditional' : undefined;
  return after === 'certain' ? 'was conditional, would be certain' : 'was certain, would be conditional';
}

function Jewels({ change }: { change: SourceChange }) {
  const rest = change.total - change.jewels.length;
  return (
    <ul aria-label={`Crown jewels of ${change.source.name}`} className="flex flex-wrap gap-x-4 gap-y-1">
      {change.jewels.map((jewel) => {
        const level = levelOf(jewel);
        return (
          <li key={jewel.jewel.id} className="flex min-w-0 max-w-full items-center gap-1.5">
            <NodeLabel node={jewel.jewel} size={16} />
            {level !== undefined && <span className="shrink-0 text-muted text-xs">({level})</span>}
          </li>
        );
      })}
      {rest > 0 && <li className="text-muted text-xs">and {rest} more</li>}
    </ul>
  );
}

function SourceItem({ change }: { change: SourceChange }) {
  return (
    <li className="border-line border-t px-4 py-3">
      <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-x-3 gap-y-1.5">
        <SeverityBadge severity={change.severity} plain />
        <div className="min-w-0 space-y-1.5">
          <NodeLabel node={change.source} showKind />
          <Jewels change={change} />
          {change.way.length > 0 && (
            <details className="group">
              <summary className="flex h-7 w-fit cursor-pointer list-none items-center gap-1.5 rounded-sm font-medium text-muted text-xs hover:text-text [&::-webkit-details-marker]:hidden">
                <Icon name="chevron-right" size={12} className="transition-transform group-open:rotate-90" />
                Way in {counted(change.way.length, 'hop')}, with evidence
              </summary>
              <ol aria-label={`Way of ${change.source.name}`} className="mt-2 max-w-3xl space-y-2">
                {change.way.map((hop, index) => (
                  <HopCard key={`${hop.from.id} ${hop.technique} ${hop.to.id}`} hop={hop} number={index + 1} last={false} />
                ))}
              </ol>
            </details>
          )}
        </div>
      </div>
    </li>
  );
}

/** Who reaches what, that did not before or would not after; the worst first. */
export function PairList({ title, pairs }: { title: string; pairs: PairChanges }) {
  const [all, setAll] = useState(false);
  const shown = all ? pairs.list : pairs.list.slice(0, SHOWN);
  const rest = pairs.sources - shown.length;
  return (
    <Section
      flush
      title={title}
      hint={`${counted(pairs.pairs, 'way')} from ${counted(pairs.sources, 'source')} to crown jewels, ${pairs.workloadPairs} of them from workloads`}
    >
      <ul aria-label={title}>
        {shown.map((change) => (
          <SourceItem key={change.source.id} change={change} />
        ))}
      </ul>
      {rest > 0 && (
        <div className="border-line border-t px-2 py-1.5">
          {!all && pairs.list.length > SHOWN ? (
            <Button look="ghost" size="small" onClick={() => setAll(true)}>
              Show {pairs.list.length - SHOWN} more
            </Button>
          ) : (
            <p className="px-2 py-1 text-muted text-xs">And {counted(rest, 'more source')}.</p>
          )}
        </div>
      )}
    </Section>
  );
}
