'use client';
import Link from 'next/link';
import { dataVersion, useStatus } from '../api/use-status.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { whole } from '../ui/numbers.ts';

const BANNER = 'flex items-center gap-2 border-b px-4 py-1.5 text-xs print:hidden';

/** Above the page while older data is on screen and newer is being read, could not be read, or nobody answers. */
export function StatusBanner() {
  const { data: status, error, refetch } = useStatus();
  if (status === undefined || dataVersion(status) === undefined) return null;
  if (error) {
    return (
      <div className="p-3 print:hidden">
        <ErrorState error={error} kept onRetry={() => void refetch()} />
      </div>
    );
  }
  if (status.state === 'loading') {
    const count = status.progress.reduce((sum, part) => sum + part.count, 0);
    return (
      <output className={`${BANNER} border-line bg-accent-soft text-accent`}>
        <Icon name="reload" size={14} className="animate-spin motion-reduce:animate-none" />
        Reading again: {whole(count)} objects so far. What is shown is the data from before.
      </output>
    );
  }
  if (status.state === 'failed') {
    return (
      <div role="alert" className={`${BANNER} border-critical/40 bg-critical-soft text-critical`}>
        <Icon name="warning" size={14} />
        <span className="min-w-0 truncate">
          Reading failed: <bdi>{status.error ?? 'no reason was given'}</bdi>. What is shown is the last good data.
        </span>
        <Link href="/sources" className="shrink-0 font-medium underline">
          What to do
        </Link>
      </div>
    );
  }
  return null;
}
