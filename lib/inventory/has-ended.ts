import type { Pod } from './kubernetes.ts';

/** Whether no container of a pod runs or will run again: whoever breaks in finds nobody there (k8s.io/api/core/v1, PodPhase). */
export const hasEnded = ({ phase }: Pick<Pod, 'phase'>): boolean => phase === 'Succeeded' || phase === 'Failed';
