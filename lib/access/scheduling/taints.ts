import type { Taint, Toleration } from '../../inventory/kubernetes.ts';
import { integerOf } from './node-affinity.ts';

/** Whether a toleration tolerates a taint. Source: k8s.io/api/core/v1/toleration.go `ToleratesTaint`. */
function tolerates({ key = '', operator = '', value = '', effect = '' }: Toleration, taint: Taint): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  switch (operator) {
    case '':
    case 'Equal':
      return value === (taint.value ?? '');
    case 'Exists':
      return true;
    case 'Lt':
    case 'Gt': {
      const [asked, have] = [integerOf(value), integerOf(taint.value)];
      if (asked === undefined || have === undefined) return false;
      return operator === 'Lt' ? have < asked : have > asked;
    }
    default:
      return false;
  }
}

/** The first taint that keeps a pod away, of those with one of the effects; undefined: none does. Source: component-helpers `FindMatchingUntoleratedTaint`. */
export const untolerated = (tolerations: readonly Toleration[], taints: readonly Taint[], effects: readonly string[]): Taint | undefined =>
  taints.find((taint) => effects.includes(taint.effect) && !tolerations.some((toleration) => tolerates(toleration, taint)));
