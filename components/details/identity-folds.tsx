'use client';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { useDiagnosis } from '../api/use-diagnosis.ts';
import { useIdentity } from '../api/use-identity.ts';
import { AssumedBy } from '../identities/assumed-by.tsx';
import { DiagnosisChains } from '../identities/diagnosis-card.tsx';
import { IdentityWarnings } from '../identities/identity-warnings.tsx';
import { ServicePermissionsTable } from '../identities/service-permissions-table.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Prose } from '../ui/prose.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Fold } from './fold.tsx';

const KINDS: readonly NodeKind[] = ['aws-role', 'gcp-service-account', 'azure-identity'];

/** Whether a node is an identity of a cloud that service accounts may act as. */
export const isIdentity = (kind: NodeKind): boolean => KINDS.includes(kind);

/** Of a cloud identity: what is wrong with it, who can act as it, what it may do. */
export function IdentityFolds({ id }: { id: string }) {
  const { data, error, refetch, isPlaceholderData } = useIdentity(id);
  if (error && data === undefined)
    return (
      <div className="px-4 pb-4">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (data === undefined || isPlaceholderData) return <Skeleton className="mx-4 mb-4 h-20" />;
  const { warnings, assumedBy, permissions, permissionsNote } = data;
  const assumers = Object.values(assumedBy).reduce((sum, { total }) => sum + total, 0);
  return (
    <>
      {warnings.length > 0 && (
        <div className="px-4 pb-4">
          <IdentityWarnings warnings={warnings} />
        </div>
      )}
      <Fold title="Who can act as it" count={assumers}>
        <AssumedBy assumedBy={assumedBy} />
      </Fold>
      <Fold title="What it may do, by service" count={permissions.total}>
        {permissionsNote !== undefined && (
          <p className="mb-2 text-muted text-xs">
            <Prose>{permissionsNote}</Prose>
          </p>
        )}
        {permissions.items.length > 0 ? (
          <ServicePermissionsTable permissions={permissions} />
        ) : (
          permissionsNote === undefined && <p className="text-muted text-sm">Nothing that was read.</p>
        )}
      </Fold>
    </>
  );
}

/** Of a service account: which cloud identities it has, and why they work or not. */
export function AccountIdentitiesFold({ account }: { account: string }) {
  const { data, isPlaceholderData } = useDiagnosis(account);
  if (data === undefined || isPlaceholderData || (data.chains.length === 0 && data.links.total === 0)) return null;
  return (
    <Fold title="Cloud identities: why they work or not" count={data.total}>
      <p className="mb-3 text-sm">
        <Prose>{data.says}</Prose>
      </p>
      <DiagnosisChains diagnosis={data} />
    </Fold>
  );
}
