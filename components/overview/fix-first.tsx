'use client';
import Link from 'next/link';
import { useState } from 'react';
import type { Overview } from '../../lib/api/contract.ts';
import { Button } from '../ui/button.tsx';
import { FixBody, FixSays } from '../ui/fix-body.tsx';
import { explorerHref, qualifiedName } from '../ui/node-name.ts';
import { Section } from '../ui/section.tsx';

type Fix = Overview['fixFirst'][number];

/** As many as fit beside the ten riskiest workloads. */
const SHOWN = 5;

function FixItem({ item }: { item: Fix }) {
  const { edge, fix } = item;
  return (
    <li className="border-line border-t px-4 py-3">
      <div className="flex items-start gap-3">
        <p className="min-w-0 flex-1 break-words font-medium">
          <FixSays says={fix.says} />
        </p>
        <span className="mt-px whitespace-nowrap text-right text-xs">
          <span className="font-semibold text-good">closes {item.workloads}</span>
          <span className="text-muted"> {item.workloads === 1 ? 'workload' : 'workloads'}</span>
        </span>
      </div>
      <p className="relative mt-0.5 truncate text-muted text-xs">
        {edge.title}:{' '}
        <Link
          prefetch={false}
          href={explorerHref(edge.from.id)}
          className="rounded-sm font-mono hover:underline"
          title={qualifiedName(edge.from)}
        >
          <bdi>{edge.from.name}</bdi>
        </Link>
        <span aria-hidden="true"> → </span>
        <span className="sr-only"> to </span>
        <Link
          prefetch={false}
          href={explorerHref(edge.to.id)}
          className="rounded-sm font-mono hover:underline"
          title={qualifiedName(edge.to)}
        >
          <bdi>{edge.to.name}</bdi>
        </Link>
      </p>
      <FixBody headed fix={fix} />
    </li>
  );
}

/** The few changes that keep most workloads from every crown jewel, each with its command. */
export function FixFirst({ fixes }: { fixes: readonly Fix[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? fixes : fixes.slice(0, SHOWN);
  return (
    <Section flush title="Fix first" hint={fixes.length > 0 ? 'Changes that keep most workloads from every crown jewel' : undefined}>
      {fixes.length === 0 ? (
        <p className="px-4 pb-4 text-muted text-sm">No single change keeps a workload from every crown jewel.</p>
      ) : (
        <ol aria-label="Fix first" className="print:[&>li:nth-child(n+6)]:hidden">
          {shown.map((item) => (
            <FixItem key={`${item.edge.from.id} ${item.edge.technique} ${item.edge.to.id} ${item.fix.says}`} item={item} />
          ))}
        </ol>
      )}
      {shown.length < fixes.length && (
        <p className="border-line border-t px-2 py-1.5 print:hidden">
          <Button look="ghost" size="small" onClick={() => setAll(true)}>
            Show {fixes.length - shown.length} more
          </Button>
        </p>
      )}
    </Section>
  );
}
