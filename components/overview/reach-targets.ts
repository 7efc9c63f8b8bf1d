/** What `reaches=` of `/api/v1/workloads` understands, in words; anything else is not asked for. */
export const REACH_TARGETS = [
  { value: 'cluster-admin', label: 'Reach cluster admin', title: 'Workloads that reach cluster admin' },
  { value: 'node', label: 'Reach a node', title: 'Workloads that reach a node' },
  { value: 'cloud-admin', label: 'Reach a cloud administrator', title: 'Workloads that reach a cloud administrator' },
  { value: 'cloud-role', label: 'Reach a cloud identity', title: 'Workloads that reach a cloud identity' },
  { value: 'secrets-beyond-own', label: 'Reach secrets beyond their own', title: 'Workloads that reach secrets beyond their own' },
] as const;

export type ReachTarget = (typeof REACH_TARGETS)[number]['value'];
export const REACH_TARGET_VALUES: readonly ReachTarget[] = REACH_TARGETS.map((target) => target.value);
