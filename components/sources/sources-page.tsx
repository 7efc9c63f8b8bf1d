'use client';
import { useState } from 'react';
import type { Status } from '../../lib/api/contract.ts';
import { useStatus } from '../api/use-status.ts';
import { LoadingProgress } from '../shell/loading-progress.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { GapList } from '../ui/gap-list.tsx';
import { counted } from '../ui/numbers.ts';
import { Page } from '../ui/page.tsx';
import { Prose } from '../ui/prose.tsx';
import { Section } from '../ui/section.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { KindCounts } from './kind-counts.tsx';
import { MakeSnapshot } from './make-snapshot.tsx';
import { ReloadButton } from './reload-button.tsx';
import { SnapshotUpload } from './snapshot-upload.tsx';
import { SourceFacts } from './source-facts.tsx';

function LoadFailed({ status }: { status: Status }) {
  return (
    <div role="alert" className="rounded-xl border border-critical/40 bg-critical-soft px-4 py-3 text-sm">
      <p className="font-semibold text-critical">The last load failed</p>
      <p className="mt-0.5 break-words">
        <Prose>{status.error ?? 'no reason was given; look at the log of the server'}</Prose>
      </p>
      <p className="mt-1.5 text-muted">
        {status.collectedAt === undefined
          ? 'Nothing is loaded. Put it right and reload, or load a snapshot below.'
          : 'What is on screen is the last good data. Put it right and reload.'}
      </p>
    </div>
  );
}

function Loaded({ status }: { status: Status }) {
  const [reloadError, setReloadError] = useState<Error>();
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="grid gap-5">
        {status.state === 'failed' && <LoadFailed status={status} />}
        {reloadError && <ErrorState error={reloadError} />}
        <SourceFacts status={status} actions={<ReloadButton loading={status.state === 'loading'} onError={setReloadError} />} />
        {status.state === 'loading' && (
          <Section title="Progress">
            <LoadingProgress progress={status.progress} />
          </Section>
        )}
        <Section
          title="Coverage"
          hint={status.gaps.length > 0 ? `${counted(status.gaps.length, 'gap')}: answers may miss ways that run through these` : undefined}
        >
          {status.gaps.length === 0 ? (
            <p className="text-muted text-sm">
              {status.state === 'ready' ? 'Full coverage: everything that was asked for could be read.' : 'Known when everything is read.'}
            </p>
          ) : (
            <GapList gaps={status.gaps} />
          )}
        </Section>
        {status.counts.byKind.length > 0 && <KindCounts counts={status.counts} />}
      </div>
      <div className="grid gap-5">
        <SnapshotUpload />
        <MakeSnapshot />
      </div>
    </div>
  );
}

/** What the answers are computed from, what is missing in it, and how to give it more. */
export function SourcesPage() {
  const { data: status, error, refetch } = useStatus();
  return (
    <Page title="Sources">
      {status !== undefined ? (
        <Loaded status={status} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <output className="grid gap-5 lg:grid-cols-2">
          <span className="sr-only">Loading</span>
          <Skeleton className="h-72" />
          <Skeleton className="h-72" />
        </output>
      )}
    </Page>
  );
}
