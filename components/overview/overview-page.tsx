'use client';
import { useOverview } from '../api/use-overview.ts';
import { useStatus } from '../api/use-status.ts';
import { Age } from '../ui/age.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { NoPods } from '../ui/no-pods.tsx';
import { counted } from '../ui/numbers.ts';
import { Page } from '../ui/page.tsx';
import { PrintButton } from '../ui/print-button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Coverage } from './coverage.tsx';
import { FixFirst } from './fix-first.tsx';
import { Headline } from './headline.tsx';
import { NamespaceHeat } from './namespace-heat.tsx';
import { RiskiestWorkloads } from './riskiest-workloads.tsx';

/** Two columns side by side; on a narrow screen their parts follow one another. */
const COLUMN = 'grid min-w-0 gap-5 print:gap-3';

function Waiting() {
  return (
    <output className="block space-y-5">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-8 w-3/4" />
      <Skeleton className="h-24" />
      <div className="grid gap-5 lg:grid-cols-[7fr_5fr]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </output>
  );
}

/** How bad it is, and what to mend first. */
export function OverviewPage() {
  const { data: overview, error, refetch } = useOverview();
  const { data: status } = useStatus();
  return (
    <Page
      title="Overview"
      meta={overview && `${counted(overview.workloads, 'workload')}, ${counted(overview.pods, 'pod')}`}
      actions={overview && overview.pods > 0 && <PrintButton />}
    >
      <p className="mb-2 hidden text-muted text-xs print:block">
        Podreach, cluster <bdi>{status?.cluster.name ?? status?.source.label}</bdi>
        {status?.collectedAt !== undefined && (
          <>
            , <Age iso={status.collectedAt} prefix="read " /> ({status.collectedAt})
          </>
        )}
      </p>
      {error && (
        <div className="mb-4">
          <ErrorState error={error} kept={overview !== undefined} onRetry={refetch} />
        </div>
      )}
      {overview === undefined ? (
        !error && <Waiting />
      ) : overview.workloads === 0 ? (
        <NoPods />
      ) : (
        <>
          <Headline sentence={overview.sentence} shares={overview.shares} />
          <div className="flex flex-col gap-5 lg:grid lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:items-start print:grid print:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] print:items-start print:gap-3">
            <div className={COLUMN}>
              <RiskiestWorkloads riskiest={overview.riskiest} workloads={overview.workloads} />
              <NamespaceHeat byNamespace={overview.byNamespace} />
            </div>
            <div className={COLUMN}>
              <FixFirst fixes={overview.fixFirst} />
              <Coverage gaps={overview.gaps} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
