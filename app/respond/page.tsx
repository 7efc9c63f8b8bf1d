import type { Metadata } from 'next';
import { RespondPage } from '../../components/respond/respond-page.tsx';
import { DataGate } from '../../components/shell/data-gate.tsx';

export const metadata: Metadata = { title: 'Respond' };

export default function Page() {
  return (
    <DataGate heading="Respond">
      <RespondPage />
    </DataGate>
  );
}
