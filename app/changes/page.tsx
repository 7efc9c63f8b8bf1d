import type { Metadata } from 'next';
import { ChangesPage } from '../../components/changes/changes-page.tsx';
import { DataGate } from '../../components/shell/data-gate.tsx';

export const metadata: Metadata = { title: 'What if' };

export default function Page() {
  return (
    <DataGate heading="What if">
      <ChangesPage />
    </DataGate>
  );
}
