'use client';
import type { Status } from '../../lib/api/contract.ts';
import { dataVersion, useStatus } from '../api/use-status.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { OpenSources } from '../ui/open-sources.tsx';
import { Prose } from '../ui/prose.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LoadingProgress } from './loading-progress.tsx';

function NothingYet({ status }: { status: Status }) {
  if (status.state === 'failed') {
    return (
      <EmptyState icon="warning" title="The cluster could not be read" actions={<OpenSources />}>
        <p role="alert" className="break-words">
          <Prose>{status.error ?? 'no reason was given; look at the log of the server'}</Prose>
        </p>
        <p className="mt-2">Put it right and reload, or upload a snapshot instead.</p>
      </EmptyState>
    );
  }
  return (
    <output className="mx-auto mt-[12vh] block max-w-2xl px-6">
      <span className="mb-5 block font-semibold text-lg">
        Reading <bdi>{status.source.label}</bdi>
      </span>
      <LoadingProgress progress={status.progress} />
    </output>
  );
}

/** Shows its children once there is data; until then what is being read, or why there is none. */
export function DataGate({
  children,
  heading,
}: {
  children: React.ReactNode /** The page's `h1` while its own is not there. */;
  heading: string;
}) {
  const { data: status, error, refetch } = useStatus();
  if (dataVersion(status) !== undefined) return children;
  return (
    <div className="p-4 md:p-6">
      <h1 className="sr-only">{heading}</h1>
      {status !== undefined ? (
        <NothingYet status={status} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <output className="block space-y-4">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-8 w-2/3" />
          <Skeleton className="h-28" />
          <Skeleton className="h-64" />
        </output>
      )}
    </div>
  );
}
