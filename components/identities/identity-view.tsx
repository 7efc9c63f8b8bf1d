'use client';
import { useIdentity } from '../api/use-identity.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { Name } from '../ui/name.tsx';
import { explorerHref } from '../ui/node-name.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { AssumedBy } from './assumed-by.tsx';
import { IDENTITY_KINDS } from './identity-label.ts';
import { IdentityWarnings } from './identity-warnings.tsx';
import { PROVIDER_WORDS } from './link-states.ts';
import { ServicePermissionsTable } from './service-permissions-table.tsx';

/** A cloud identity: who may act as it, and what it may do. */
export function IdentityView({ id, onAccount }: { id: string | undefined; onAccount: (account: string) => void }) {
  const { data, error, stale, refetch } = useIdentity(id);
  if (error && (data === undefined || stale)) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.identity !== id) return <Skeleton className="h-72" />;
  return (
    <div aria-busy={stale} className="space-y-5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <KindIcon kind={IDENTITY_KINDS[data.provider]} size={28} />
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-muted text-xs">
            {PROVIDER_WORDS[data.provider]}
            {data.home !== '' && (
              <>
                , <bdi>{data.home}</bdi>
              </>
            )}
          </p>
          <Name copy wrap>
            {data.identity}
          </Name>
        </div>
        {data.node !== undefined && (
          <LinkButton size="small" icon="explorer" href={explorerHref(data.node)}>
            Open in the Explorer
          </LinkButton>
        )}
      </div>
      <IdentityWarnings warnings={data.warnings} />
      <section aria-label="Who can act as it">
        <h3 className="mb-1.5 font-semibold">Who can act as it</h3>
        <AssumedBy assumedBy={data.assumedBy} onAccount={onAccount} />
      </section>
      <section aria-label="What it may do">
        <h3 className="mb-1.5 font-semibold">What it may do</h3>
        {data.permissionsNote !== undefined && <p className="mb-2 text-muted text-xs">{data.permissionsNote}</p>}
        {data.permissions.items.length > 0 ? (
          <ServicePermissionsTable permissions={data.permissions} />
        ) : (
          data.permissionsNote === undefined && <EmptyState title="Nothing that was read" icon="shield" />
        )}
      </section>
    </div>
  );
}
