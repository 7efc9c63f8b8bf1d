import Link from 'next/link';
import type { Overview } from '../../lib/api/contract.ts';
import { LinkButton } from '../ui/button.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref, qualifiedName, respondHref } from '../ui/node-name.ts';
import { counted } from '../ui/numbers.ts';
import { Section } from '../ui/section.tsx';
import { SeverityBadge } from '../ui/severity-badge.tsx';
import { ScoreFactors } from './score-factors.tsx';

type Risky = Overview['riskiest'][number];

function RiskyItem({ risky }: { risky: Risky }) {
  const name = qualifiedName(risky.workload);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-line border-t px-4 py-2 md:grid-cols-[5rem_minmax(0,1fr)_auto] print:grid-cols-[5rem_minmax(0,1fr)_auto]">
      <div className="col-span-2 mb-1 md:col-span-1 md:mb-0 print:col-span-1 print:mb-0">
        <SeverityBadge severity={risky.severity} />
      </div>
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <NodeLabel node={risky.workload} href={explorerHref(risky.start)} />
          <span className="shrink-0 text-faint text-xs">{counted(risky.pods, 'pod')}</span>
        </div>
        <p className="mt-0.5 text-muted text-xs first-letter:uppercase">{risky.verdict}</p>
      </div>
      <div className="flex items-center gap-1 print:[&_a]:hidden">
        <LinkButton
          prefetch={false}
          look="ghost"
          size="small"
          href={respondHref(risky.start)}
          aria-label={`Respond to ${name}`}
          className="max-sm:hidden"
        >
          Respond
        </LinkButton>
        <ScoreFactors of={name} score={risky.score} factors={risky.factors} />
      </div>
    </li>
  );
}

/** The ten workloads whose compromise costs most, worst first. */
export function RiskiestWorkloads({ riskiest, workloads }: { riskiest: readonly Risky[]; workloads: number }) {
  return (
    <Section
      flush
      title="Riskiest workloads"
      hint="What falls when one of their pods is compromised"
      actions={
        <Link prefetch={false} href="/workloads" className="rounded-sm text-accent text-xs hover:underline print:hidden">
          All {counted(workloads, 'workload')}
        </Link>
      }
    >
      {riskiest.length === 0 ? (
        <p className="px-4 pb-4 text-muted text-sm">No workload reaches anything beyond itself.</p>
      ) : (
        <ol aria-label="Riskiest workloads">
          {riskiest.map((risky) => (
            <RiskyItem key={risky.workload.id} risky={risky} />
          ))}
        </ol>
      )}
    </Section>
  );
}
