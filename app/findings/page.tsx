import type { Metadata } from 'next';
import { FindingsPage } from '../../components/findings/findings-page.tsx';
import { DataGate } from '../../components/shell/data-gate.tsx';

export const metadata: Metadata = { title: 'Findings' };

export default function Page() {
  return (
    <DataGate heading="Findings">
      <FindingsPage />
    </DataGate>
  );
}
