'use client';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { useStatus } from './use-status.ts';

/** How many of a kind the data holds; undefined while that is not known. */
export function useCount(kind: NodeKind): number | undefined {
  const counts = useStatus().data?.counts;
  return counts && (counts.byKind.find((one) => one.kind === kind)?.count ?? 0);
}
