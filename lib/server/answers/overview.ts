import { chokePoints } from '../../analysis/choke-points.ts';
import { crownJewels } from '../../analysis/crown-jewels.ts';
import { SEVERITIES } from '../../analysis/summary.ts';
import type { WorkloadRisk } from '../../analysis/workloads.ts';
import type { Overview } from '../../api/contract.ts';
import type { Dataset } from '../dataset.ts';
import { markedJewels, tellingNotFound } from './marked-jewels.ts';
import { edgeSummary, nodeSummary } from './parts.ts';
import { reaches } from './workloads.ts';

const SHARES = [
  { id: 'cluster-admin', label: 'reach cluster admin' },
  { id: 'node', label: 'reach root on a node' },
  { id: 'cloud-admin', label: 'reach administrator of a cloud account' },
  { id: 'cloud-role', label: 'reach a cloud identity' },
] as const satisfies readonly { id: Overview['shares'][number]['id']; label: string }[];

/** Single changes that keep most workloads from every crown jewel, marked ones included. */
function fixFirst({ graph, walker }: Dataset, risks: readonly WorkloadRisk[], marked: readonly number[]): Overview['fixFirst'] {
  const targets = crownJewels(graph, marked);
  const workloads = risks.map(({ pods }) => pods);
  return chokePoints(graph, walker, { targets, workloads, most: 8 }).map(({ change, edge, closes }) => ({
    edge: edgeSummary(graph, edge),
    workloads: closes,
    fix: graph.fix(edge, change),
  }));
}

/** Workloads that the internet reaches: those that packets surely come to, and further ones. */
function internetShare(risks: readonly WorkloadRisk[]): Overview['shares'][number] {
  const reached = risks.filter(({ exposure }) => exposure?.from === 'internet');
  const count = reached.filter(({ exposure }) => exposure?.surely === true).length;
  const shown = { id: 'internet', label: 'are reached from the internet', href: '/workloads?exposed=internet' } as const;
  return { ...shown, count, conditional: reached.length - count, of: risks.length };
}

function exposureOf(risks: readonly WorkloadRisk[]): Overview['exposure'] {
  const internet = risks.filter(({ exposure }) => exposure?.from === 'internet');
  return {
    internet: internet.length,
    network: risks.filter(({ exposure }) => exposure?.from === 'network').length,
    internetToClusterAdmin: internet.filter((risk) => reaches(risk, 'cluster-admin')).length,
  };
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

/** `reach cluster admin`, said to be conditional where it is for all of them; undefined where nobody does. */
function claimOf(risks: readonly WorkloadRisk[], target: 'cluster-admin' | 'cloud-admin', what: string) {
  const all = risks.filter((risk) => reaches(risk, target));
  if (all.length === 0) return undefined;
  const isSure = all.some((risk) => reaches(risk, target, 'certain'));
  return { count: all.length, says: `${reach(all.length)} ${what}${isSure ? '' : ' conditionally'}` };
}

/** How bad it is, in plain words; how much of it is conditional stands with the numbers below. */
function sentenceOf(risks: readonly WorkloadRisk[], fixes: Overview['fixFirst']): string {
  if (risks.length === 0) return 'There are no workloads in this data.';
  const admins = claimOf(risks, 'cluster-admin', 'cluster admin');
  const cloud = claimOf(risks, 'cloud-admin', 'administrator of a cloud account');
  const worst = admins ?? cloud;
  if (worst === undefined) return `None of ${risks.length} workloads reaches cluster admin or a cloud administrator.`;
  const { internetToClusterAdmin } = exposureOf(risks);
  const exposed = admins === undefined || internetToClusterAdmin === 0 ? '' : `, ${internetToClusterAdmin} of them from the internet`;
  const also = admins === undefined || cloud === undefined ? '' : `${exposed === '' ? '' : ','} and ${cloud.count} ${cloud.says}`;
  const [best] = fixes;
  const fix =
    best === undefined
      ? ''
      : ` One change keeps ${best.workloads} ${best.workloads === 1 ? 'workload' : 'workloads'} from every crown jewel.`;
  return `${worst.count} of ${risks.length} workloads ${worst.says}${exposed}${also}.${fix}`;
}

/** The overview of one dataset, made once where nothing is marked: it changes only with the data. */
const made = new WeakMap<Dataset, Overview>();

/** How bad it is, where, and what to do first. `jewels`: ids of nodes that somebody marked as crown jewels besides the default ones. */
export function overviewAnswer(data: Dataset, jewels: readonly string[] = []): Overview {
  const { nodes, notFound } = markedJewels(data.graph, jewels);
  const overview = nodes.length > 0 ? overviewOf(data, nodes) : unmarkedOverview(data);
  return notFound.length === 0 ? overview : { ...overview, ...tellingNotFound(notFound) };
}

function unmarkedOverview(data: Dataset): Overview {
  let overview = made.get(data);
  if (overview === undefined) {
    overview = overviewOf(data, []);
    made.set(data, overview);
  }
  return overview;
}

function overviewOf(data: Dataset, marked: readonly number[]): Overview {
  const risks = data.workloads();
  const fixes = fixFirst(data, risks, marked);
  return {
    sentence: sentenceOf(risks, fixes),
    workloads: risks.length,
    pods: risks.reduce((sum, { pods }) => sum + pods.length, 0),
    shares: [
      ...SHARES.map(({ id, label }) => ({
        id,
        label,
        count: risks.filter((risk) => reaches(risk, id, 'certain')).length,
        conditional: risks.filter((risk) => reaches(risk, id) && !reaches(risk, id, 'certain')).length,
        of: risks.length,
        href: `/workloads?reaches=${id}`,
      })),
      internetShare(risks),
    ],
    exposure: exposureOf(risks),
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
