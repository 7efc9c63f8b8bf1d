import type { Container, PodSpec, SeccompOrAppArmorProfile } from '../../inventory/kubernetes.ts';

/** Containers that run while the pod does: plain init containers have ended by then, sidecars and ephemeral ones have not. */
export function runningContainers(spec: PodSpec): readonly Container[] {
  return spec.containers.filter((container) => container.list !== 'initContainers' || container.restartPolicy === 'Always');
}

/** JSON pointer of a container below a pod. */
export const containerPointer = (container: Container): string => `/spec/${container.list}/${container.index}`;

/**
 * Whether its processes may run as root: the container's word before the pod's; where neither says, the image decides and root is possible.
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/.
 */
export function mayRunAsRoot(spec: PodSpec, container: Container): boolean {
  const user = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  if (user !== undefined) return user === 0;
  return (container.securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) !== true;
}

/**
 * How a process of the container comes to be root: it may be from the start, only by a setuid program of the image, or never, as
 * `allowPrivilegeEscalation: false` sets `no_new_privs`. Privileged containers cannot have that flag, so it is not looked at for them.
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/.
 */
export function rootAccess(spec: PodSpec, container: Container): 'root' | 'by-setuid' | 'never' {
  if (mayRunAsRoot(spec, container)) return 'root';
  return container.securityContext?.allowPrivilegeEscalation === false ? 'never' : 'by-setuid';
}

/** The seccomp profile that holds for a container, its own word before the pod's; undefined: the kubelet decides, as a rule for none. */
export const seccompProfile = (spec: PodSpec, container: Container): SeccompOrAppArmorProfile | undefined =>
  container.securityContext?.seccompProfile ?? spec.securityContext?.seccompProfile;

export const isPrivileged = (container: Container): boolean => container.securityContext?.privileged === true;

/** Whether it is a Windows HostProcess container, by the container or the pod. */
export const isHostProcess = (spec: PodSpec, container: Container): boolean =>
  (container.securityContext?.hostProcess ?? spec.securityContext?.hostProcess) === true;

const withoutPrefix = (capability: string): string => capability.toUpperCase().replace(/^CAP_/, '');

/**
 * Whether a container was given a capability beyond the runtime's defaults: names without regard to case or `CAP_`. The runtime takes `ALL`
 * first (of both lists), then the single additions, then the single drops, so `drop: [ALL], add: [SYS_ADMIN]` keeps SYS_ADMIN.
 * Source: containerd internal/cri/opts/spec_opts.go and internal/cri/server/container_create_linux.go.
 */
export function hasAddedCapability(container: Container, capability: string): boolean {
  const added = (container.securityContext?.capabilitiesAdd ?? []).map(withoutPrefix);
  const dropped = (container.securityContext?.capabilitiesDrop ?? []).map(withoutPrefix);
  if (added.includes(capability)) return !dropped.includes(capability);
  return added.includes('ALL') && !dropped.includes('ALL') && !dropped.includes(capability);
}

/** The AppArmor profile that holds for a container; undefined where nobody says, and the runtime's default applies. */
export const appArmorProfile = (spec: PodSpec, container: Container): SeccompOrAppArmorProfile | undefined =>
  container.securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
