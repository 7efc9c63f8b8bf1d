import type { Graph } from '../graph/model.ts';
import { hasEnded } from '../inventory/has-ended.ts';
import type { Pod } from '../inventory/kubernetes.ts';
import { type ExposedPod, exposedPods, exposureOf } from './exposure.ts';
import { ownerOfPod } from './owner-of-pod.ts';
import { Summariser } from './summariser.ts';
import type { GroupSummary, Summary } from './summary.ts';
import type { Walker } from './walk.ts';

/** A workload (or a pod that nobody owns), what its pods reach, and how bad that is. */
export interface WorkloadRisk {
  readonly node: number;
  readonly pods: readonly number[];
  readonly summary: Summary;
  readonly score: number;
  readonly factors: readonly Factor[];
  /** How it is reached from outside of the cluster; undefined: it is not. */
  readonly exposure?: ExposedPod;
}

export interface Factor {
  readonly name: string;
  readonly points: number;
}

/** Pods that have not ended by the workload that owns them; a pod without one stands for itself. A workload all of whose pods have ended is none. */
export function podsByWorkload(graph: Graph): ReadonlyMap<number, readonly number[]> {
  const { nodes } = graph;
  const found = new Map<number, number[]>();
  for (let pod = 0; pod < nodes.count; pod += 1) {
    if (nodes.kinds[pod] !== 'pod') continue;
    const record = nodes.records[pod] as Pod | undefined;
    if (record !== undefined && hasEnded(record)) continue;
    const owner = ownerOfPod(graph, pod);
    const list = found.get(owner);
    if (list === undefined) found.set(owner, [pod]);
    else list.push(pod);
  }
  return found;
}

const POINTS = {
  'cluster-admin': { certain: 50, conditional: 30, label: 'cluster admin' },
  'cloud-admins': { certain: 40, conditional: 24, label: 'administrator of a cloud account' },
  nodes: { certain: 20, conditional: 10, label: 'root on a node' },
  'namespace-admin': { certain: 12, conditional: 8, label: 'a whole namespace' },
} as const;

/** 2 points each time the number doubles, so that ten secrets weigh and ten thousand do not drown the rest. */
const pointsForMany = (count: number, most: number): number => Math.min(most, Math.ceil(2 * Math.log2(count + 1)));

function factorOf({ group, total, certain }: GroupSummary): Factor | undefined {
  if (group === 'secrets') return { name: `reaches ${total} ${total === 1 ? 'secret' : 'secrets'}`, points: pointsForMany(total, 12) };
  if (group === 'cloud-roles')
    return { name: `reaches ${total} cloud ${total === 1 ? 'role' : 'roles'}`, points: pointsForMany(total, 10) };
  if (group === 'service-accounts' || group === 'pods') return undefined;
  const { label, ...points } = POINTS[group];
  return { name: `reaches ${label}${certain > 0 ? '' : ' (conditional)'}`, points: certain > 0 ? points.certain : points.conditional };
}

/** What it adds that others can come to a workload: only where compromising it leads somewhere. */
const EXPOSED = {
  internet: { name: 'reached from the internet', points: 10 },
  network: { name: 'reached from the network of the nodes', points: 3 },
} as const satisfies Record<ExposedPod['from'], Factor>;

/** The factors whose points add up to a workload's score: named, so that nobody has to believe a number. */
function riskFactors({ groups, clusterAdmin }: Summary, exposure?: ExposedPod): readonly Factor[] {
  const near = clusterAdmin !== undefined && clusterAdmin.hops <= 3;
  const reached = [
    ...groups.flatMap((group) => factorOf(group) ?? []),
    ...(near ? [{ name: `cluster admin within ${clusterAdmin.hops} hops`, points: 8 }] : []),
  ];
  return exposure === undefined || reached.length === 0 ? reached : [...reached, EXPOSED[exposure.from]];
}

/** Every workload with what it reaches, the riskiest first; equals stay in the order of the graph. */
export function workloadRisks(graph: Graph, walker: Walker): readonly WorkloadRisk[] {
  const exposed = exposedPods(graph, walker);
  const summariser = new Summariser(graph, walker);
  const risks = [...podsByWorkload(graph)].map(([node, pods]): WorkloadRisk => {
    const summary = summariser.summarise(pods);
    const exposure = exposureOf(pods, exposed);
    const factors = riskFactors(summary, exposure);
    const score = factors.reduce((sum, { points }) => sum + points, 0);
    return { node, pods, summary, factors, score, ...(exposure === undefined ? {} : { exposure }) };
  });
  return risks.sort((a, b) => b.score - a.score || a.node - b.node);
}
