import type { StringMap } from '../../inventory/kubernetes.ts';

const POD_SECURITY_LEVELS = ['privileged', 'baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof POD_SECURITY_LEVELS)[number];

export type PodSecurityMode = 'enforce' | 'audit' | 'warn';

/** Minor version that a policy is pinned to, or the API server's own. */
export type PodSecurityVersion = number | 'latest';

/** What the labels of a namespace ask for in one mode. */
export interface PodSecurityPolicy {
  readonly level: PodSecurityLevel;
  readonly version: PodSecurityVersion;
  /** Whether a label says the level; otherwise it is the API server's default, `privileged` unless a file of its own says otherwise. */
  readonly labelled: boolean;
}

const PREFIX = 'pod-security.kubernetes.io/';

/** The label that carries the level of a mode. */
export const levelLabel = (mode: PodSecurityMode): string => `${PREFIX}${mode}`;

/** A label's level; what is none counts as `restricted`, but in audit and warn as `privileged` (they fail open). */
export function parseLevel(text: string, mode: PodSecurityMode = 'enforce'): PodSecurityLevel {
  const level = POD_SECURITY_LEVELS.find((known) => known === text);
  return level ?? (mode === 'enforce' ? 'restricted' : 'privileged');
}

const VERSION = /^v1\.([0-9]|[1-9][0-9]{1,8})$/;

/** `latest` or the minor version of `v1.25`; what is neither counts as `latest`. */
export function parseVersion(text: string): PodSecurityVersion {
  const match = VERSION.exec(text);
  return match === null ? 'latest' : Number(match[1]);
}

/**
 * The policy that the labels of a namespace ask for; without a level label the API server's built-in default.
 * Source: `PolicyToEvaluate`, `ParseLevel` and `ParseVersion` in k8s.io/pod-security-admission/api/helpers.go.
 */
export function podSecurityPolicyOf(labels: StringMap, mode: PodSecurityMode = 'enforce'): PodSecurityPolicy {
  const level = labels.get(levelLabel(mode));
  const version = labels.get(`${PREFIX}${mode}-version`);
  return {
    level: level === undefined ? 'privileged' : parseLevel(level, mode),
    version: version === undefined ? 'latest' : parseVersion(version),
    labelled: level !== undefined,
  };
}
