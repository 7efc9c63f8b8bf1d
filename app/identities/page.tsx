import type { Metadata } from 'next';
import { IdentitiesPage } from '../../components/identities/identities-page.tsx';
import { DataGate } from '../../components/shell/data-gate.tsx';

export const metadata: Metadata = { title: 'Cloud identities' };

/** Service accounts × cloud identities. What it shows is in the query string; `useIdentitiesState` lists it. */
export default function Page() {
  return (
    <DataGate heading="Cloud identities">
      <IdentitiesPage />
    </DataGate>
  );
}
