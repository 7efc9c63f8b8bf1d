'use client';
import { useCallback, useState } from 'react';
import { fetchAllLinks } from '../api/fetch-all-links.ts';
import type { LinkFilters } from '../api/link-filters.ts';
import { useCount } from '../api/use-count.ts';
import { useFirstIdentities } from '../api/use-identity-windows.ts';
import { Button } from '../ui/button.tsx';
import { downloadFile } from '../ui/download-file.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { ExportMenu } from '../ui/export-menu.tsx';
import { counted } from '../ui/numbers.ts';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useMedia } from '../ui/use-media.ts';
import { CloudWarnings } from './cloud-warnings.tsx';
import { IdentitiesToolbar } from './identities-toolbar.tsx';
import { IdentityMatrix } from './identity-matrix.tsx';
import { linksCsv } from './links-csv.ts';
import { LinksTable } from './links-table.tsx';
import { LookDialog } from './look-dialog.tsx';
import { MatrixLegend } from './matrix-legend.tsx';
import { useIdentitiesState } from './use-identities-state.ts';

/** Service accounts and cloud identities: which are wired, which only possible, which broken, and why. Its state is in the URL. */
export function IdentitiesPage() {
  const { state, setState, filters } = useIdentitiesState();
  const wide = useMedia('(width >= 48rem)', true);
  const { data, error, stale, refetch } = useFirstIdentities(filters);
  const [exportError, setExportError] = useState<Error>();
  const matrix = wide && state.view === 'matrix';
  const look = useCallback(
    (account: string | null, identity: string | null) => void setState({ account, identity }, { history: 'push' }),
    [setState],
  );
  const clear = () => void setState({ provider: null, namespace: null, state: null, everyone: null, q: null });
  const failed = error ?? exportError;
  return (
    <Page
      title="Cloud identities"
      meta={
        data && (
          <span aria-live="polite">
            {counted(data.serviceAccounts.total, 'service account')}, {data.identities.total}{' '}
            {data.identities.total === 1 ? 'identity' : 'identities'}
          </span>
        )
      }
      actions={<ExportMenu items={exportItems(filters, setExportError)} />}
    >
      <IdentitiesToolbar state={state} setState={setState} answer={data} wide={wide} />
      {data && data.warnings.length > 0 && <CloudWarnings warnings={data.warnings} />}
      {failed && (
        <div className="mb-3">
          <ErrorState error={failed} kept={data !== undefined} onRetry={() => (exportError ? setExportError(undefined) : void refetch())} />
        </div>
      )}
      {data === undefined ? (
        !error && <Skeleton className="h-[60vh]" />
      ) : (
        <div aria-busy={stale} className={`overflow-hidden rounded-xl border border-line bg-surface ${stale ? 'opacity-60' : ''}`}>
          {data.serviceAccounts.total === 0 ? (
            <NothingHere known={data.providers.length > 0} onClear={clear} />
          ) : matrix ? (
            <IdentityMatrix key={JSON.stringify(filters)} filters={filters} first={data} onLook={look} />
          ) : (
            <LinksTable filters={filters} wide={wide} onLook={look} />
          )}
        </div>
      )}
      {matrix && data !== undefined && data.serviceAccounts.total > 0 && <MatrixLegend />}
      <LookDialog account={state.account} identity={state.identity} onLook={look} />
    </Page>
  );
}

function exportItems(filters: LinkFilters, onError: (error: Error | undefined) => void) {
  const save = (write: (links: Awaited<ReturnType<typeof fetchAllLinks>>) => void) => () => {
    onError(undefined);
    fetchAllLinks(filters).then(write, onError);
  };
  return [
    { label: 'CSV', onSelect: save((links) => downloadFile('podreach-cloud-identities.csv', 'text/csv', linksCsv(links))) },
    {
      label: 'JSON',
      onSelect: save((links) => downloadFile('podreach-cloud-identities.json', 'application/json', JSON.stringify(links, null, 2))),
    },
  ];
}

function NothingHere({ known, onClear }: { known: boolean; onClear: () => void }) {
  const accounts = useCount('service-account');
  if (known)
    return (
      <EmptyState title="No link fits" icon="filter" actions={<Button onClick={onClear}>Clear filters</Button>}>
        Widen the filters to see more.
      </EmptyState>
    );
  return (
    <EmptyState title="No cloud identities" icon="link">
      {accounts === 0 ? 'No service accounts are in what was read.' : 'No service account is linked to a cloud identity.'} If there should
      be some, read {accounts === 0 ? 'the cluster and ' : ''}the cloud accounts too: see Sources for how.
    </EmptyState>
  );
}
