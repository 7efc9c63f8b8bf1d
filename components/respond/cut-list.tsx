'use client';
import type { ChangeAnswer, CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { useCuts } from '../api/use-cuts.ts';
import { LinkButton } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { FixBody, FixSays } from '../ui/fix-body.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref, qualifiedName } from '../ui/node-name.ts';
import { counted } from '../ui/numbers.ts';
import { Section } from '../ui/section.tsx';
import { SeverityBadge } from '../ui/severity-badge.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { changesHref } from './changes-href.ts';
import { cutHint } from './contain-markdown.ts';

/** Names of those that lose rights with it; the rest is a number. */
const NAMED = 3;

/** What the change takes from workloads that are not compromised. */
function Others({ takesFrom }: Pick<ChangeAnswer, 'takesFrom'>) {
  const { otherWorkloads, others } = takesFrom;
  if (otherWorkloads === 0) return <p className="mt-1.5 text-muted text-xs">Takes nothing from any other workload.</p>;
  const named = others.slice(0, NAMED);
  const rest = otherWorkloads - named.length;
  return (
    <p className="mt-1.5 break-words text-muted text-xs">
      <span className="font-medium text-text">Also takes rights from {counted(otherWorkloads, 'other workload')}: </span>
      <bdi>{named.map(qualifiedName).join(', ')}</bdi>
      {rest > 0 && ` and ${rest} more`}
    </p>
  );
}

function ChangeItem({ change, number }: { change: ChangeAnswer; number: number }) {
  const { fix, takesFrom } = change;
  return (
    <li className="border-line border-t px-4 py-3">
      <p className="break-words font-medium">
        <span className="mr-2 text-muted tabular-nums">{number}.</span>
        <FixSays says={fix.says} />
      </p>
      <FixBody headed fix={fix} />
      <Others takesFrom={takesFrom} />
    </li>
  );
}

function Remains({ cut }: { cut: CutsAnswer }) {
  const { remains, inseparable } = cut;
  return (
    <div className="border-line border-t px-4 py-3 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="font-medium">What it still reaches then:</span>
        <SeverityBadge severity={remains.severity} plain />
        <span className="text-muted">{remains.verdict}</span>
      </p>
      {inseparable.total > 0 && (
        <div className="mt-2">
          <p className="text-muted text-xs">
            No single object's change keeps it from {counted(inseparable.total, 'crown jewel')}: take it off the network and rotate what it
            holds.
          </p>
          <ul className="mt-1 space-y-1">
            {inseparable.first.map(({ target }) => (
              <li key={target.id}>
                <NodeLabel node={target} href={explorerHref(target.id)} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Contain it: what to run, in order, what each command takes from others, and what is left within reach. */
export function CutList({ from }: { from: readonly string[] }) {
  const { data: cut, error, stale, refetch } = useCuts({ from });
  return (
    <Section
      flush
      title="Contain it"
      hint={cut && cutHint(cut)}
      className={`mb-5 ${stale ? 'opacity-60' : ''}`}
      actions={
        cut &&
        cut.changes.length > 0 && (
          <LinkButton prefetch={false} size="small" icon="flask" href={changesHref(cut.changes)} className="print:hidden">
            Try these
          </LinkButton>
        )
      }
    >
      {error && (
        <div className="px-4 pb-4">
          <ErrorState error={error} kept={cut !== undefined} onRetry={refetch} />
        </div>
      )}
      {cut === undefined && !error && (
        <div className="px-4 pb-4">
          <Skeleton className="h-24" />
        </div>
      )}
      {cut !== undefined && cut.changes.length > 0 && (
        <ol aria-label="Changes that contain it">
          {cut.changes.map((change, index) => (
            <ChangeItem key={change.change} change={change} number={index + 1} />
          ))}
        </ol>
      )}
      {cut !== undefined && cut.reached > 0 && <Remains cut={cut} />}
    </Section>
  );
}
