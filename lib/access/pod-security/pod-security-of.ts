import type { Namespace, Pod } from '../../inventory/kubernetes.ts';
import { evaluatePodSecurity, type PodSecurityViolation } from './evaluate.ts';
import { type PodSecurityMode, type PodSecurityPolicy, podSecurityPolicyOf } from './level.ts';

/** What a namespace's labels ask of a pod, and where the pod does not keep it. */
export interface PodSecurityAnswer {
  readonly policy: PodSecurityPolicy;
  readonly violations: readonly PodSecurityViolation[];
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();

export interface PodSecurityOptions {
  readonly mode?: PodSecurityMode;
  /** Minor version of the API server; undefined: unknown, taken for the newest. */
  readonly serverMinor?: number | undefined;
}

/**
 * What the Pod Security labels of a namespace say of a pod, or of a template with its annotations: under `enforce` a violation means that it
 * would be refused. An undefined namespace was not read and counts as unlabelled. Pods that are there may violate: the labels judge only
 * what is made or changed. Exemptions and defaults of the API server's AdmissionConfiguration file cannot be read and are not counted in.
 */
export function podSecurityOf(
  namespace: Pick<Namespace, 'labels'> | undefined,
  { spec, annotations }: Pick<Pod, 'spec' | 'annotations'>,
  { mode = 'enforce', serverMinor }: PodSecurityOptions = {},
): PodSecurityAnswer {
  const policy = podSecurityPolicyOf(namespace?.labels ?? NO_LABELS, mode);
  return { policy, violations: evaluatePodSecurity({ ...policy, spec, annotations, serverMinor }) };
}
