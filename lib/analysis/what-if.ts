import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import { applyChangeSet, type NotJudged } from '../inventory/changes/apply-change-set.ts';
import { type Change, ChangeError, type ChangeNote } from '../inventory/changes/change.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { withClosed } from './closed-graph.ts';
import { closingIndex, MadeChanges } from './closing-index.ts';

/** A world as it would be. */
export interface HypotheticalWorld {
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly notes: readonly ChangeNote[];
  /** Kinds of manifests that were left out, as they are not read. */
  readonly notJudged: readonly NotJudged[];
}

/**
 * Makes changes that cuts named where no record of ours can be changed, as in cloud accounts: the edges that they close in the changed world are
 * closed. Throws ChangeError for one that closes nothing in the world before the changes either.
 */
function closedInGraph(graph: Graph, base: Graph, keys: readonly string[]): Graph {
  if (keys.length === 0) return graph;
  const index = closingIndex(graph);
  const places = new Map(index.changes.map((key, place) => [key, place]));
  const known = new Set(closingIndex(base).changes);
  const made = keys.flatMap((key) => {
    if (!known.has(key) && !places.has(key))
      throw new ChangeError(`\`${key.slice(0, 400)}\` is no change that closes anything here; ask for the cut again`);
    return places.get(key) ?? [];
  });
  return withClosed(graph, new MadeChanges(index, made).closed());
}

/** The graph of a world after hypothetical changes, built anew of what is shared and what has changed. Throws ChangeError as `applyChangeSet`. */
export function hypotheticalWorld(
  base: { readonly inventory: Inventory; readonly graph: Graph },
  changes: readonly Change[],
): HypotheticalWorld {
  const { inventory, notes, inGraph, notJudged } = applyChangeSet(base.inventory, changes);
  return { inventory, graph: closedInGraph(buildGraph(inventory), base.graph, inGraph), notes, notJudged };
}
