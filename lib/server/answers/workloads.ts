import type * as z from 'zod';
import type { ExposedPod } from '../../analysis/exposure.ts';
import type { Summary } from '../../analysis/summary.ts';
import type { WorkloadRisk } from '../../analysis/workloads.ts';
import type { NodeSummary, WorkloadsAnswer } from '../../api/contract.ts';
import type { WorkloadsRequest } from '../../api/requests.ts';
import type { Dataset } from '../dataset.ts';
import { nodeSummary } from './parts.ts';

type Target = NonNullable<z.infer<typeof WorkloadsRequest>['reaches']>;

/** Which group of a summary each number of the overview counts. */
const GROUP: Readonly<Record<Target, Summary['groups'][number]['group']>> = {
  'cluster-admin': 'cluster-admin',
  node: 'nodes',
  'cloud-admin': 'cloud-admins',
  'cloud-role': 'cloud-roles',
  'secrets-beyond-own': 'secrets',
};

/** Whether a workload reaches a target; of secrets only those beyond the first hop, where its own are. */
export function reaches({ summary }: WorkloadRisk, target: Target, certainty: 'certain' | 'all' = 'all'): boolean {
  const group = summary.groups.find((one) => one.group === GROUP[target]);
  if (group === undefined || (certainty === 'certain' && group.certain === 0)) return false;
  return target !== 'secrets-beyond-own' || group.further > 0;
}

/** What lies between the outside and the pod: an Ingress, a gateway, a route, a service. */
const passedBy = ({ graph }: Dataset, { way }: ExposedPod): readonly NodeSummary[] =>
  way.slice(1).map((edge) => nodeSummary(graph, graph.edges.from[edge] as number));

const MOST = 20_000;

/** The list behind a number of the overview, riskiest first. */
export function workloadsAnswer(
  data: Dataset,
  { reaches: target, exposed, namespace, certainty }: z.infer<typeof WorkloadsRequest>,
): WorkloadsAnswer {
  const { nodes } = data.graph;
  const found = data
    .workloads()
    .filter(
      (risk) =>
        (target === undefined || reaches(risk, target, certainty)) &&
        (exposed === undefined || risk.exposure?.from === exposed) &&
        (namespace === undefined || nodes.namespaces[risk.node] === namespace),
    );
  return {
    total: found.length,
    workloads: found.slice(0, MOST).map(({ node, pods, summary, score, exposure }) => ({
      workload: nodeSummary(data.graph, node),
      start: nodes.ids[pods[0] as number] as string,
      pods: pods.length,
      severity: summary.severity,
      verdict: summary.verdict,
      certainty:
        target === undefined || reaches({ node, pods, summary, score, factors: [] }, target, 'certain') ? 'certain' : 'conditional',
      score,
      ...(exposure === undefined ? {} : { exposed: exposure.from, exposedBy: passedBy(data, exposure) }),
    })),
  };
}
