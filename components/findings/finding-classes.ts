import type { FindingClass } from '../../lib/api/findings-contract.ts';

/** What the classes of findings are called, in the order of a filter. */
export const FINDING_CLASSES: readonly { readonly value: FindingClass; readonly label: string }[] = [
  { value: 'combination', label: 'Combinations' },
  { value: 'rbac', label: 'RBAC' },
  { value: 'workload', label: 'Workloads' },
  { value: 'exposure', label: 'Exposure' },
  { value: 'cloud', label: 'Cloud' },
  { value: 'hygiene', label: 'Hygiene' },
];

export const FINDING_CLASS_VALUES: readonly FindingClass[] = FINDING_CLASSES.map(({ value }) => value);

export const classLabel = (wanted: FindingClass): string => FINDING_CLASSES.find(({ value }) => value === wanted)?.label ?? wanted;
