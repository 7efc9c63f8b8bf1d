import { cluster } from '../../../inventory/testing/cluster.ts';
import type { PodSecurityControlId } from '../control.ts';
import { evaluatePodSecurity } from '../evaluate.ts';
import { type PodSecurityLevel, parseVersion } from '../level.ts';

type Json = Record<string, unknown>;

/** A pod as its manifest has it; `container` is merged into the one container, which is called main. */
export interface TestedPod {
  readonly spec?: Json;
  readonly container?: Json;
  readonly annotations?: Json;
}

/** Level and, after a colon, version: `restricted:v1.24`; a second colon gives the server's minor version: `baseline:latest:36`. */
export type Policy = string;

/** Every violation of a pod, by control, with its pointers: what the tables compare. The pod goes through the normaliser, as real ones do. */
export function violationsOf(
  policy: Policy,
  { spec, container, annotations }: TestedPod,
): ReadonlyMap<PodSecurityControlId, readonly string[]> {
  const [level, version = 'latest', server] = policy.split(':');
  const [pod] = cluster()
    .pod('a/web', {
      token: false,
      ...(spec === undefined ? {} : { spec }),
      ...(container === undefined ? {} : { container }),
      metadata: { annotations },
    })
    .inventory().kubernetes.pods;
  if (pod === undefined) throw new Error('the pod was not taken');
  const violations = evaluatePodSecurity({
    level: level as PodSecurityLevel,
    version: parseVersion(version),
    spec: pod.spec,
    annotations: pod.annotations,
    serverMinor: server === undefined ? undefined : Number(server),
  });
  return new Map(violations.map(({ control, pointers }) => [control, pointers]));
}

/** What one control has against a pod: its pointers, empty where it lets the pod in. */
export const breachesOf = (control: PodSecurityControlId, policy: Policy, pod: TestedPod): readonly string[] =>
  violationsOf(policy, pod).get(control) ?? [];
