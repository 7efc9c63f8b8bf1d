import type { NodeSummary, ReachedNode } from '../../lib/api/contract.ts';

/** One step of a way: where it comes from, and the node it takes. */
export interface ChainStep {
  readonly from: string;
  readonly node: ReachedNode;
}

export interface Chain {
  /** The start, where it is known. */
  readonly start: NodeSummary | undefined;
  readonly steps: readonly ChainStep[];
  /** False when a step in between is not among the rows at hand. */
  readonly whole: boolean;
}

/**
 * The way by which `target` was reached first, from the start to it, found by following `via.from` back.
 * Ends at a start, at a row that is not at hand, or after as many steps as there are rows (a cycle would be the server's fault).
 */
export function hopChain(target: ReachedNode, rows: ReadonlyMap<string, ReachedNode>, starts: ReadonlyMap<string, NodeSummary>): Chain {
  const steps: ChainStep[] = [];
  let node: ReachedNode | undefined = target;
  while (node !== undefined && steps.length <= rows.size) {
    const from: string = node.via.from;
    steps.push({ from, node });
    const start = starts.get(from);
    if (start !== undefined) return { start, steps: steps.reverse(), whole: true };
    node = rows.get(from);
  }
  return { start: undefined, steps: steps.reverse(), whole: false };
}
