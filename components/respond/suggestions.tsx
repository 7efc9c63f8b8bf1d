'use client';
import { useCount } from '../api/use-count.ts';
import { useOverview } from '../api/use-overview.ts';
import { NodeLabel } from '../ui/node-label.tsx';
import { Section } from '../ui/section.tsx';
import { SeverityBadge } from '../ui/severity-badge.tsx';

/** What to do before anything is picked: search above, or try one of the riskiest. */
export function Suggestions({ onPick }: { onPick: (id: string) => void }) {
  const { data } = useOverview();
  const pods = useCount('pod');
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
      <div className="max-w-prose space-y-2 text-muted">
        <p className="font-semibold text-base text-text">Pick what is compromised</p>
        <p>
          Type the name of a pod, a workload, a service account, a node or a cloud identity above; several at once if need be. You get the
          verdict, what falls first, everything within reach, and a record for the incident.
        </p>
        {pods === 0 && <p>No pods are in what was read: pick something else, or see Sources for what is missing.</p>}
        <p>Nothing is touched: Podreach only reads.</p>
      </div>
      {data !== undefined && data.riskiest.length > 0 && (
        <Section flush title="Or start with the riskiest workloads">
          <ul>
            {data.riskiest.slice(0, 6).map((risky) => (
              <li key={risky.workload.id} className="border-line border-t">
                <button
                  type="button"
                  onClick={() => onPick(risky.start)}
                  className="grid w-full grid-cols-[5rem_minmax(0,1fr)] items-center gap-x-3 px-4 py-2 text-left hover:bg-sunken/60 focus-visible:-outline-offset-2"
                >
                  <SeverityBadge severity={risky.severity} plain />
                  <NodeLabel node={risky.workload} />
                  <span className="col-start-2 text-muted text-xs first-letter:uppercase">{risky.verdict}</span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
