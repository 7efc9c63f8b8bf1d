import type { Metadata } from 'next';
import { WorkloadsPage } from '../../components/overview/workloads-page.tsx';
import { DataGate } from '../../components/shell/data-gate.tsx';

export const metadata: Metadata = { title: 'Workloads' };

export default function Page() {
  return (
    <DataGate heading="Workloads">
      <WorkloadsPage />
    </DataGate>
  );
}
