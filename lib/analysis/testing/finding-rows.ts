import { buildGraph } from '../../graph/build.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type Found, findFindings } from '../find-findings.ts';
import type { FindingBase } from '../finding-facts/world.ts';
import type { FindingId } from '../findings/index.ts';
import { Walker } from '../walk.ts';
import { workloadRisks } from '../workloads.ts';

/** A world to look for findings in, without a server. */
export function baseOf(inventory: Inventory): FindingBase {
  const graph = buildGraph(inventory);
  const walker = new Walker(graph);
  return { inventory, graph, walker, workloads: () => workloadRisks(graph, walker) };
}

export const found = (inventory: Inventory, id: FindingId): Found | undefined => findFindings(baseOf(inventory), new Set([id]))[0];

/** The rows of one finding, a line each, worst first: `high ServiceAccount a/bot`, with ` × 3` behind those that stand for several. */
export function rowsOf(inventory: Inventory, id: FindingId): string[] {
  return (found(inventory, id)?.rows ?? []).map(
    ({ severity, subject: { kind, namespace, name }, counts = 1 }) =>
      `${severity} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${counts === 1 ? '' : ` × ${counts}`}`,
  );
}
