'use client';
import { useMemo } from 'react';
import type { CloudLink } from '../../lib/api/contract.ts';
import type { LinkFilters } from '../api/link-filters.ts';
import { LINKS_PAGE, useLinks } from '../api/use-links.ts';
import { DataTable } from '../ui/data-table.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { Name } from '../ui/name.tsx';
import { whole } from '../ui/numbers.ts';
import { Prose } from '../ui/prose.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Column } from '../ui/table-column.ts';
import { IDENTITY_KINDS, identityLabel } from './identity-label.ts';
import { LINK_STATE_VALUES, METHOD_WORDS } from './link-states.ts';
import { StateBadge } from './state-mark.tsx';

type Look = (account: string | null, identity: string | null) => void;

const rowId = ({ serviceAccount, identity, method, audience, state }: CloudLink): string =>
  [serviceAccount, identity, method, audience, state].join(' ');

function columnsFor(onLook: Look): readonly Column<CloudLink>[] {
  return [
    {
      id: 'state',
      heading: 'State',
      width: '7rem',
      sortBy: ({ state }) => LINK_STATE_VALUES.indexOf(state),
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      id: 'account',
      heading: 'Service account',
      width: '22%',
      sortBy: ({ serviceAccount }) => serviceAccount,
      cell: (link) => (
        <button
          type="button"
          onClick={() => onLook(link.serviceAccount, link.identity)}
          className="block max-w-full truncate rounded-sm text-left hover:underline"
        >
          <span className="sr-only">Why: </span>
          <Name>{link.serviceAccount}</Name>
        </button>
      ),
    },
    {
      id: 'identity',
      heading: 'Cloud identity',
      width: '24%',
      sortBy: ({ identity, name }) => name ?? identityLabel(identity),
      cell: ({ identity, provider, name }) => (
        <button
          type="button"
          onClick={() => onLook(null, identity)}
          title={identity}
          className="flex max-w-full items-center gap-2 rounded-sm text-left hover:underline"
        >
          <KindIcon kind={IDENTITY_KINDS[provider]} size={18} />
          <Name>{name ?? identityLabel(identity)}</Name>
        </button>
      ),
    },
    { id: 'method', heading: 'By', width: '12rem', sortBy: ({ method }) => method, cell: ({ method }) => METHOD_WORDS[method] },
    {
      id: 'reason',
      heading: 'Why',
      wraps: true,
      sortBy: ({ code }) => code,
      cell: ({ reason }) => (
        <span className="block text-muted text-xs">
          <Prose>{reason}</Prose>
        </span>
      ),
    },
  ];
}

/** One column for narrow screens: everything about a link below each other. */
function stackedColumns(onLook: Look): readonly Column<CloudLink>[] {
  return [
    {
      id: 'link',
      heading: 'Links',
      wraps: true,
      cell: (link) => (
        <span className="block space-y-1 py-1">
          <span className="flex items-center justify-between gap-2">
            <StateBadge state={link.state} />
            <span className="text-faint text-xs">{METHOD_WORDS[link.method]}</span>
          </span>
          <button
            type="button"
            onClick={() => onLook(link.serviceAccount, link.identity)}
            className="block min-h-6 max-w-full break-all rounded-sm text-left font-mono text-[0.8125rem] underline-offset-2 hover:underline"
          >
            <span className="sr-only">Why: </span>
            {link.serviceAccount}
          </button>
          <button
            type="button"
            onClick={() => onLook(null, link.identity)}
            className="flex min-h-6 max-w-full items-center gap-2 rounded-sm text-left hover:underline"
          >
            <KindIcon kind={IDENTITY_KINDS[link.provider]} size={18} />
            <Name>{link.name ?? identityLabel(link.identity)}</Name>
          </button>
          <span className="block text-muted text-xs">
            <Prose>{link.reason}</Prose>
          </span>
        </span>
      ),
    },
  ];
}

/** The links as a list: for narrow screens, for reading why, and for whoever prefers a table. */
export function LinksTable({ filters, wide, onLook }: { filters: LinkFilters; wide: boolean; onLook: Look }) {
  const { data, error, refetch } = useLinks(filters, true);
  const columns = useMemo(() => (wide ? columnsFor(onLook) : stackedColumns(onLook)), [wide, onLook]);
  if (error && data === undefined)
    return (
      <div className="p-4">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (data === undefined) return <Skeleton className="h-[50vh]" />;
  return (
    <>
      <DataTable
        caption="Links between service accounts and cloud identities"
        columns={columns}
        rows={data.links}
        rowId={rowId}
        rowHeight={wide ? 44 : 132}
        minWidth={wide ? 1020 : 0}
        className={wide ? 'max-h-[calc(100dvh-var(--topbar)-var(--dock)-11.500rem)] min-h-40' : 'max-h-[75dvh] min-h-40'}
      />
      {data.total > data.links.length && (
        <p className="border-line border-t px-4 py-2 text-muted text-xs">
          The first {whole(LINKS_PAGE)} of {whole(data.total)} are listed. Narrow the filters, or export all of them.
        </p>
      )}
    </>
  );
}
