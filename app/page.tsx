import type { Metadata } from 'next';
import { OverviewPage } from '../components/overview/overview-page.tsx';
import { DataGate } from '../components/shell/data-gate.tsx';

export const metadata: Metadata = { title: { absolute: 'Overview · Podreach' } };

export default function Page() {
  return (
    <DataGate heading="Overview">
      <OverviewPage />
    </DataGate>
  );
}
