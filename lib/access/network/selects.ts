import type { LabelSelector, StringMap } from '../../inventory/kubernetes.ts';

/** Whether a selector selects labels; an empty one selects everything. Source: apimachinery `LabelSelectorAsSelector`. */
export function selects({ matchLabels, matchExpressions }: LabelSelector, labels: StringMap): boolean {
  for (const [key, value] of matchLabels) if (labels.get(key) !== value) return false;
  return matchExpressions.every((requirement) => meets(requirement, labels.get(requirement.key)));
}

/** An absent label satisfies NotIn; an operator that does not exist selects nothing. */
function meets({ operator, values }: LabelSelector['matchExpressions'][number], value: string | undefined): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'In') return value !== undefined && values.includes(value);
  return operator === 'NotIn' && (value === undefined || !values.includes(value));
}

/** Whether a selector selects an object of which only these labels are known; it may have others. */
export function selectsKnown({ matchLabels, matchExpressions }: LabelSelector, known: StringMap): 'yes' | 'no' | 'unknown' {
  const requirements = [...[...matchLabels].map(([key, value]) => ({ key, operator: 'In', values: [value] })), ...matchExpressions];
  if (requirements.some((one) => known.has(one.key) && !meets(one, known.get(one.key)))) return 'no';
  return requirements.every(({ key }) => known.has(key)) ? 'yes' : 'unknown';
}
