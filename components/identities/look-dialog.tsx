'use client';
import { useIdentity } from '../api/use-identity.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DiagnosisCard } from './diagnosis-card.tsx';
import { identityLabel } from './identity-label.ts';
import { IdentityView } from './identity-view.tsx';

interface LookDialogProps {
  readonly account: string | null;
  readonly identity: string | null;
  readonly onLook: (account: string | null, identity: string | null) => void;
}

/** What was chosen in the matrix or the list: a link or a service account with its diagnosis, or an identity with what it may do. */
export function LookDialog({ account, identity, onLook }: LookDialogProps) {
  // A client id says nothing to people: its identity has a name.
  const named = useIdentity(identity !== null && !/[:@]/.test(identity) ? identity : undefined);
  const close = (open: boolean): void => {
    if (!open) onLook(null, null);
  };
  if (account === null && identity === null) return null;
  const label = named.data?.identity === identity ? named.data?.label : undefined;
  const name = label ?? identityLabel(identity ?? '');
  const title = account === null ? name : identity === null ? account : `${account} → ${name}`;
  return (
    <Dialog wide open onOpenChange={close} title={title}>
      {account === null ? (
        <IdentityView id={identity ?? undefined} onAccount={(chosen) => onLook(chosen, identity)} />
      ) : (
        <DiagnosisCard account={account} identity={identity ?? undefined} onIdentity={(chosen) => onLook(null, chosen)} />
      )}
    </Dialog>
  );
}
