import '../../components/graph/graph.css';
import type { Metadata } from 'next';
import { Explorer } from '../../components/graph/explorer.tsx';
import { DataGate } from '../../components/shell/data-gate.tsx';

export const metadata: Metadata = { title: 'Explorer' };

/** The Explorer. What it shows is in the query string; `useExplorerState` lists it. */
export default function GraphPage() {
  return (
    <DataGate heading="Explorer">
      <Explorer />
    </DataGate>
  );
}
