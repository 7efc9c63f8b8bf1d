import type { PodSpec, StringMap } from '../../inventory/kubernetes.ts';
import type { Check, PodSecurityControl, PodSecurityControlId } from './control.ts';
import { POD_SECURITY_CONTROLS } from './controls/index.ts';
import type { PodSecurityLevel, PodSecurityVersion } from './level.ts';

/** A control that the pod does not keep. */
export interface PodSecurityViolation {
  readonly control: PodSecurityControlId;
  readonly title: string;
  /** JSON pointers below the pod, or below the template of a controller, each to something that is there; at least one. */
  readonly pointers: readonly [string, ...string[]];
  /** What is wrong, a clause for each pointer. */
  readonly says: string;
}

export interface PodSecurityQuestion {
  readonly level: PodSecurityLevel;
  /** What the policy is pinned to; `latest` where nothing is said. */
  readonly version?: PodSecurityVersion;
  readonly spec: PodSpec;
  readonly annotations?: StringMap;
  /** Minor version of the API server (36); undefined: unknown, taken for the newest. */
  readonly serverMinor?: number | undefined;
}

/** The newest minor version whose rules are known here. */
const NEWEST = 37;

const NO_ANNOTATIONS: StringMap = new Map();

/** The revision of a control at a policy version; undefined: the control is newer than that. */
const revisionAt = ({ revisions }: PodSecurityControl, minor: number): Check | undefined =>
  revisions.findLast(({ since }) => since <= minor)?.check;

/** The checks of a level at a policy version: those of `baseline` count at `restricted` too, but where a stricter one stands in for them. */
function checksAt(level: PodSecurityLevel, minor: number): readonly { readonly control: PodSecurityControl; readonly check: Check }[] {
  if (level === 'privileged') return [];
  const found = POD_SECURITY_CONTROLS.flatMap((control) => {
    const check = control.level === 'restricted' && level === 'baseline' ? undefined : revisionAt(control, minor);
    return check === undefined ? [] : [{ control, check }];
  });
  const overridden = new Set(found.map(({ control }) => control.overrides));
  return found.filter(({ control }) => !overridden.has(control.id));
}

/**
 * Every control of the Pod Security Standards that a pod does not keep; none: Pod Security lets it in. A port of
 * k8s.io/pod-security-admission/policy (registry.go and check_*.go) as of Kubernetes 1.37, version gates included. A policy that is pinned
 * to a version newer than the API server is evaluated as the server's own; before 1.35 user namespaces relaxed checks only behind an alpha
 * gate, which is taken to be off.
 */
export function evaluatePodSecurity(question: PodSecurityQuestion): readonly PodSecurityViolation[] {
  const serverMinor = question.serverMinor ?? NEWEST;
  const minor = question.version === undefined || question.version === 'latest' ? serverMinor : Math.min(question.version, serverMinor);
  const pod = { spec: question.spec, annotations: question.annotations ?? NO_ANNOTATIONS, serverMinor };
  return checksAt(question.level, minor).flatMap(({ control, check }): PodSecurityViolation[] => {
    const [first, ...others] = check(pod);
    if (first === undefined) return [];
    const breaches = [first, ...others];
    return [
      {
        control: control.id,
        title: control.title,
        pointers: [first.pointer, ...new Set(others.map(({ pointer }) => pointer).filter((pointer) => pointer !== first.pointer))],
        says: [...new Set(breaches.map(({ says }) => says))].join('; '),
      },
    ];
  });
}
