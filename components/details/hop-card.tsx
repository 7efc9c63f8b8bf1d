'use client';
import type { EdgeDetail } from '../../lib/api/contract.ts';
import { CertaintyBadge } from '../ui/certainty-badge.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { EdgeBody } from './edge-body.tsx';
import { NodeLink } from './node-link.tsx';

/** One hop of a path: where from, how, where to; opens to the evidence and the fix. */
export function HopCard({ hop, number, last }: { hop: EdgeDetail; number: number; last: boolean }) {
  return (
    <li className="rounded-lg border border-line">
      <div className="flex min-w-0 items-center gap-2 px-3 pt-2.5">
        <span
          aria-hidden="true"
          className="inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-critical-soft text-xs font-semibold text-critical"
        >
          {number}
        </span>
        <h3 className="min-w-0 flex-1 text-sm font-semibold">
          <span className="sr-only">Hop {number}: </span>
          {hop.title}
        </h3>
        <CertaintyBadge certainty={hop.certainty} />
      </div>
      <div className="space-y-0.5 px-3 pb-2 pt-1.5">
        <div className="flex min-w-0">
          <NodeLink node={hop.from} />
        </div>
        <Icon name="arrow-down" size={13} className="ml-[3px] text-faint" />
        <div className="flex min-w-0">
          <NodeLink node={hop.to} />
        </div>
      </div>
      <details open={number === 1 || last} className="group border-t border-line">
        <summary className="flex h-8 cursor-pointer list-none items-center gap-1.5 px-3 text-xs font-medium text-muted hover:bg-sunken [&::-webkit-details-marker]:hidden">
          <Icon name="chevron-right" size={12} className="transition-transform group-open:rotate-90" />
          Evidence and fix
        </summary>
        <div className="px-3 pb-3 pt-1">
          <EdgeBody edge={hop} />
        </div>
      </details>
    </li>
  );
}
