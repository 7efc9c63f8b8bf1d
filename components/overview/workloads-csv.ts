import type { WorkloadsAnswer } from '../../lib/api/contract.ts';
import { toCsv } from '../ui/csv.ts';

/** The list as CSV, in the order given. */
export function workloadsCsv(workloads: WorkloadsAnswer['workloads']): string {
  return toCsv(
    ['namespace', 'workload', 'id', 'severity', 'score', 'pods', 'certainty', 'exposed', 'verdict'],
    workloads.map(({ workload, severity, score, pods, certainty, exposed, verdict }) => [
      workload.namespace,
      workload.name,
      workload.id,
      severity,
      score,
      pods,
      certainty,
      exposed ?? '',
      verdict,
    ]),
  );
}
