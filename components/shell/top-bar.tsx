'use client';
import Link from 'next/link';
import { useStatus } from '../api/use-status.ts';
import { CommandSearch } from '../search/command-search.tsx';
import { Age } from '../ui/age.tsx';
import { CoverageBadge } from '../ui/coverage-badge.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Mark } from './mark.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

function Cluster() {
  const { data: status } = useStatus();
  if (status === undefined) return <Skeleton className="h-4 w-40" />;
  const name = status.cluster.name ?? status.source.label;
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Link href="/sources" className="min-w-0 truncate rounded-sm font-semibold hover:underline" title={name}>
        <bdi>{name}</bdi>
      </Link>
      {status.source.type === 'demo' && <span className="text-muted text-xs max-sm:hidden">Demo data</span>}
      {status.collectedAt !== undefined && (
        <span className="shrink-0 text-muted text-xs max-sm:hidden">
          <Age iso={status.collectedAt} prefix="Read " />
        </span>
      )}
      {(status.state === 'ready' || status.gaps.length > 0) && <CoverageBadge gaps={status.gaps} />}
    </div>
  );
}

/** Which cluster, how old, how complete; search; theme. */
export function TopBar() {
  return (
    <header className="sticky top-0 z-20 flex h-(--topbar) items-center gap-3 border-line border-b bg-surface px-4 print:hidden">
      <span className="text-accent md:hidden">
        <Mark size={22} />
      </span>
      <Cluster />
      <div className="flex-1" />
      <CommandSearch />
      <ThemeSwitch />
    </header>
  );
}
