import type { Container, PodSpec, StringMap } from '../../inventory/kubernetes.ts';

/** Ids as the API server's own checks have them. */
export type PodSecurityControlId =
  | 'hostNamespaces'
  | 'privileged'
  | 'capabilities_baseline'
  | 'hostPathVolumes'
  | 'hostPorts'
  | 'appArmorProfile'
  | 'seLinuxOptions'
  | 'procMount'
  | 'seccompProfile_baseline'
  | 'sysctls'
  | 'windowsHostProcess'
  | 'hostProbesAndHostLifecycle'
  | 'restrictedVolumes'
  | 'allowPrivilegeEscalation'
  | 'runAsNonRoot'
  | 'runAsUser'
  | 'seccompProfile_restricted'
  | 'capabilities_restricted'
  | 'procMount_restricted';

/** A pod as a check sees it. */
export interface PodUnderCheck {
  readonly spec: PodSpec;
  readonly annotations: StringMap;
  /** Minor version of the API server: what its code knows, whatever version the policy is pinned to. */
  readonly serverMinor: number;
}

/** What is wrong, and where: a JSON pointer below the pod (or below the template of a controller) to something that is there. */
export interface Breach {
  readonly pointer: string;
  readonly says: string;
}

export type Check = (pod: PodUnderCheck) => readonly Breach[];

/** One control of the Pod Security Standards, in the revisions that policy versions have. */
export interface PodSecurityControl {
  readonly id: PodSecurityControlId;
  readonly title: string;
  readonly level: 'baseline' | 'restricted';
  /** Ascending; `since` is a minor version, and a policy takes the newest revision that is not newer than itself. */
  readonly revisions: readonly { readonly since: number; readonly check: Check }[];
  /** Baseline controls that it stands in for at the level `restricted`, once it has a revision. */
  readonly overrides?: PodSecurityControlId;
}

/** What each container of any list has against it, as `visitContainers` (policy/visitor.go): init and ephemeral ones count alike. */
export const perContainer = ({ spec }: PodUnderCheck, look: (container: Container) => readonly Breach[]): readonly Breach[] =>
  spec.containers.flatMap(look);

/** Whether it is declared to run on Windows, which some checks are lenient with from 1.25 on. */
export const isWindows = ({ spec }: PodUnderCheck): boolean => spec.os === 'windows';
