import { chokePoints } from '../../analysis/choke-points.ts';
import { SEVERITIES } from '../../analysis/summary.ts';
import type { WorkloadRisk } from '../../analysis/workloads.ts';
import type { Overview } from '../../api/contract.ts';
import type { NodeKind } from '../../graph/kinds.ts';
import type { Graph } from '../../graph/model.ts';
import type { Dataset } from '../dataset.ts';
import { edgeSummary, nodeSummary } from './parts.ts';
import { reaches } from './workloads.ts';

const SHARES = [
  { id: 'cluster-admin', label: 'reach cluster admin' },
  { id: 'node', label: 'reach root on a node' },
  { id: 'cloud-admin', label: 'reach administrator of a cloud account' },
  { id: 'cloud-role', label: 'reach a cloud identity' },
] as const satisfies readonly { id: Overview['shares'][number]['id']; label: string }[];

const JEWELS: ReadonlySet<NodeKind> = new Set(['cluster-admin', 'aws-admin', 'gcp-admin', 'azure-admin', 'node']);

/** What nobody should reach: cluster admin, administrators of cloud accounts, nodes. */
function crownJewels({ nodes }: Graph): readonly number[] {
  const jewels: number[] = [];
  for (let node = 0; node < nodes.count; node += 1) {
    const kind = nodes.kinds[node];
    if (kind !== undefined && JEWELS.has(kind)) jewels.push(node);
  }
  return jewels;
}

function fixFirst({ graph, walker }: Dataset, risks: readonly WorkloadRisk[]): Overview['fixFirst'] {
  const workloads = risks
    .filter((risk) => reaches(risk, 'cluster-admin') || reaches(risk, 'cloud-admin') || reaches(risk, 'node'))
    .map(({ pods }) => pods);
  return chokePoints(graph, walker, { targets: crownJewels(graph), workloads, most: 8 }).map(({ edge, closes }) => ({
    edge: edgeSummary(graph, edge),
    workloads: closes,
    fix: graph.explain(edge).fix,
  }));
}

function byNamespace({ graph }: Dataset, risks: readonly WorkloadRisk[]): Overview['byNamespace'] {
  const found = new Map<
    string,
    { namespace: string; workloads: number; clusterAdmin: number; node: number; cloud: number; worst: (typeof SEVERITIES)[number] }
  >();
  for (const risk of risks) {
    const namespace = graph.nodes.namespaces[risk.node] as string;
    const row = found.get(namespace) ?? { namespace, workloads: 0, clusterAdmin: 0, node: 0, cloud: 0, worst: 'none' };
    row.workloads += 1;
    if (reaches(risk, 'cluster-admin')) row.clusterAdmin += 1;
    if (reaches(risk, 'node')) row.node += 1;
    if (reaches(risk, 'cloud-admin') || reaches(risk, 'cloud-role')) row.cloud += 1;
    if (SEVERITIES.indexOf(risk.summary.severity) < SEVERITIES.indexOf(row.worst)) row.worst = risk.summary.severity;
    found.set(namespace, row);
  }
  return [...found.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.worst) - SEVERITIES.indexOf(b.worst) ||
      b.clusterAdmin - a.clusterAdmin ||
      b.node - a.node ||
      (a.namespace < b.namespace ? -1 : 1),
  );
}

const reach = (count: number): string => (count === 1 ? 'reaches' : 'reach');

/** `16 reach cluster admin, 1 of them conditionally`, or nothing where nobody does. */
function clauseOf(risks: readonly WorkloadRisk[], target: 'cluster-admin' | 'cloud-admin', what: string): readonly string[] {
  const all = risks.filter((risk) => reaches(risk, target));
  const maybe = all.filter((risk) => !reaches(risk, target, 'certain')).length;
  if (all.length === 0) return [];
  const nearest = Math.min(...all.map((risk) => risk.summary.clusterAdmin?.hops ?? Number.POSITIVE_INFINITY));
  const near = target === 'cluster-admin' ? `, the nearest in ${nearest} ${nearest === 1 ? 'hop' : 'hops'}` : '';
  return [
    `${all.length} of ${risks.length} workloads ${reach(all.length)} ${what}${near}${maybe === 0 ? '' : ` (${maybe} only conditionally)`}`,
  ];
}

/** How bad it is, in plain words. */
function sentenceOf(risks: readonly WorkloadRisk[], fixes: Overview['fixFirst']): string {
  if (risks.length === 0) return 'There are no workloads in this data.';
  const admins = clauseOf(risks, 'cluster-admin', 'cluster admin');
  const cloud = clauseOf(risks, 'cloud-admin', 'administrator of a cloud account');
  if (admins.length === 0 && cloud.length === 0) return `None of ${risks.length} workloads reaches cluster admin or a cloud administrator.`;
  const [best] = fixes;
  return `${[...admins, ...cloud].join('; ')}.${best === undefined ? '' : ` One change keeps ${best.workloads} of them from it.`}`;
}

/** The overview of one dataset, made once: it changes only with the data. */
const made = new WeakMap<Dataset, Overview>();

/** How bad it is, where, and what to do first. */
export function overviewAnswer(data: Dataset): Overview {
  let overview = made.get(data);
  if (overview === undefined) {
    overview = overviewOf(data);
    made.set(data, overview);
  }
  return overview;
}

function overviewOf(data: Dataset): Overview {
  const risks = data.workloads();
  const fixes = fixFirst(data, risks);
  return {
    sentence: sentenceOf(risks, fixes),
    workloads: risks.length,
    pods: risks.reduce((sum, { pods }) => sum + pods.length, 0),
    shares: SHARES.map(({ id, label }) => ({
      id,
      label,
      count: risks.filter((risk) => reaches(risk, id, 'certain')).length,
      conditional: risks.filter((risk) => reaches(risk, id) && !reaches(risk, id, 'certain')).length,
      of: risks.length,
      href: `/workloads?reaches=${id}`,
    })),
    riskiest: risks
      .filter(({ score }) => score > 0)
      .slice(0, 10)
      .map(({ node, pods, summary, score, factors }) => ({
        workload: nodeSummary(data.graph, node),
        pods: pods.length,
        start: data.graph.nodes.ids[pods[0] as number] as string,
        severity: summary.severity,
        verdict: summary.verdict,
        score,
        factors,
      })),
    fixFirst: fixes,
    byNamespace: byNamespace(data, risks),
    gaps: data.graph.gaps,
  };
}
