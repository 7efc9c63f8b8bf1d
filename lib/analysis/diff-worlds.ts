import type { NodeId } from '../graph/model.ts';
import { type EdgeChanges, edgeChanges } from './edge-changes.ts';
import { type PairChanges, pairChanges, type World } from './pair-changes.ts';
import { SEVERITIES, type Summary } from './summary.ts';

/** What a workload reaches before and after; undefined: it is not there. */
export interface VerdictChange {
  readonly id: NodeId;
  readonly before?: Summary;
  readonly after?: Summary;
}

export interface WorldDiff {
  /** Ways to crown jewels that there were not, or that were only conditional. */
  readonly opened: PairChanges;
  /** Ways that are gone, or only conditional now. */
  readonly closed: PairChanges;
  readonly workloads: { readonly total: number; readonly changed: number; readonly list: readonly VerdictChange[] };
  readonly edges: EdgeChanges;
}

const VERDICTS = 200;

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Workloads whose verdict or severity differs, those that get worse first. */
function verdictChanges(base: World, changed: World): WorldDiff['workloads'] {
  const found = new Map<NodeId, { before?: Summary; after?: Summary }>();
  for (const { node, summary } of base.workloads()) found.set(base.graph.nodes.ids[node] as NodeId, { before: summary });
  for (const { node, summary } of changed.workloads()) {
    const id = changed.graph.nodes.ids[node] as NodeId;
    found.set(id, { ...found.get(id), after: summary });
  }
  const severity = (summary: Summary | undefined): number => SEVERITIES.indexOf(summary?.severity ?? 'none');
  const differing = [...found]
    .filter(([, { before, after }]) => before?.verdict !== after?.verdict || before?.severity !== after?.severity)
    .map(([id, change]): VerdictChange => ({ id, ...change }))
    .sort(
      (a, b) =>
        severity(a.after) - severity(a.before) - (severity(b.after) - severity(b.before)) ||
        severity(a.after) - severity(b.after) ||
        byText(a.id, b.id),
    );
  return { total: found.size, changed: differing.length, list: differing.slice(0, VERDICTS) };
}

/** What differs between a world and the same world after changes. Bounded lists, whole counts. */
export function diffWorlds(base: World, changed: World): WorldDiff {
  return { ...pairChanges(base, changed), workloads: verdictChanges(base, changed), edges: edgeChanges(base.graph, changed.graph) };
}
