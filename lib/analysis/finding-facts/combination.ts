import type { NodeKind } from '../../graph/kinds.ts';
import type { FindingRow } from '../findings/finding.ts';
import type { GroupSummary } from '../summary.ts';
import { evidenceAlong, exposedWorkloads, fixAlong, placesAlong, WaysTo } from './exposure.ts';
import { reaches } from './severity.ts';
import type { FindingWorld } from './world.ts';

/** Rows for workloads that the internet reaches and that reach what nobody should. */
export function* exposedReaching(
  world: FindingWorld,
  target: { readonly group: GroupSummary['group']; readonly kinds: ReadonlySet<NodeKind>; readonly what: string },
): Generator<FindingRow> {
  const { graph } = world;
  const exposed = [...exposedWorkloads(world)].filter(({ workload }) => reaches(workload.summary, target.group) !== undefined);
  if (exposed.length === 0) return;
  const targets: number[] = [];
  for (let node = 0; node < graph.nodes.count; node += 1) if (target.kinds.has(graph.nodes.kinds[node] as NodeKind)) targets.push(node);
  const ways = new WaysTo(world, targets);
  for (const { workload, pod, isSure, way } of exposed) {
    const { kind, namespace, name, node, summary } = workload;
    const start = [pod, ...workload.nodes].find((one) => ways.from(one).length > 0);
    if (start === undefined) continue;
    const onward = ways.from(start);
    const isCertain = isSure && reaches(summary, target.group) === 'certain';
    yield {
      subject: { kind, namespace, name, node },
      severity: isCertain ? 'critical' : 'high',
      whyHere: `the internet reaches it (${placesAlong(world, way)}), and from it ${target.what} is ${onward.length} ${onward.length === 1 ? 'hop' : 'hops'} away (${placesAlong(world, onward)})${isCertain ? '' : '; part of the way is conditional'}`,
      evidence: evidenceAlong(world, [...way, ...onward]),
      fix: fixAlong(world, onward),
    };
  }
}
