'use client';
import { useSearchParams } from 'next/navigation';
import type { NodeSummary } from '../../lib/api/contract.ts';
import { NodeLabel } from '../ui/node-label.tsx';

/** A node that a click selects; depth, filters and view stay as they are. A true link: it can be copied and opened elsewhere. */
export function NodeLink({ node, showKind = false }: { node: NodeSummary; showKind?: boolean }) {
  const search = new URLSearchParams(useSearchParams());
  for (const name of ['select', 'edge', 'from', 'to', 'path', 'tab']) search.delete(name);
  search.set('select', node.id);
  return <NodeLabel node={node} href={`/graph?${search.toString()}`} showKind={showKind} />;
}
