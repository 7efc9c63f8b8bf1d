import type { Container, PodSpec } from '../../inventory/kubernetes.ts';
import type { NodeTraits } from './node-traits.ts';
import { isPrivileged, rootAccess, seccompProfile } from './security-context.ts';

/** Whether the pod's processes are those of Windows, to which nothing of Linux applies: by the pod, or by the node that it is on. */
export const runsOnWindows = (spec: PodSpec, node: NodeTraits): boolean =>
  (spec.os ?? node.os ?? spec.nodeSelector.get('kubernetes.io/os'))?.toLowerCase() === 'windows';

/** Names under which people install the sandboxes. Sources: gvisor.dev and github.com/kata-containers, their quick starts. */
const SANDBOXES: readonly { readonly begins: readonly string[]; readonly name: string }[] = [
  { begins: ['gvisor', 'runsc'], name: 'gVisor' },
  { begins: ['kata'], name: 'Kata Containers' },
];

/**
 * What a runtime class, or a node that is no machine, puts between the pod and the node; undefined: nothing is known to. A class is a name alone: what runs behind it is configured on
 * the node. Source: https://kubernetes.io/docs/concepts/containers/runtime-class/.
 */
export function sandboxOf({ runtimeClassName }: PodSpec, { isVirtual }: NodeTraits): string | undefined {
  if (isVirtual === true) return 'a flaw in the virtual machine that the cloud gives each pod of this node';
  if (runtimeClassName === undefined || runtimeClassName === '') return undefined;
  const known = SANDBOXES.find(({ begins }) => begins.some((begin) => runtimeClassName.toLowerCase().startsWith(begin)));
  return known === undefined
    ? `runtime class \`${runtimeClassName}\` being no sandbox with a kernel of its own, as gVisor and Kata Containers are`
    : `a flaw in the sandbox of runtime class \`${runtimeClassName}\` (${known.name}), which keeps a kernel of its own between the pod and the node`;
}

/**
 * In a user namespace of its own, privileges and capabilities hold over nothing of the node; files of volumes are mapped, and stay what they are.
 * Source: https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/.
 */
export const userNamespaceOf = (spec: PodSpec): string | undefined =>
  spec.hostUsers === false ? 'a flaw in user namespaces: with `hostUsers: false` root in the pod is nobody on the node' : undefined;

/** Types under which SELinux confines nothing. Source: container-selinux (`spc_t`). */
const UNCONFINED_TYPES = new Set(['spc_t', 'unconfined_t']);

/** Whether SELinux of the node stands in the way; it lets privileged containers pass, and those of an unconfined type. */
export function selinuxOf(spec: PodSpec, container: Container, { enforcesSelinux }: NodeTraits): string | undefined {
  if (enforcesSelinux === undefined || isPrivileged(container)) return undefined;
  const type = container.securityContext?.seLinuxOptions?.type ?? spec.securityContext?.seLinuxOptions?.type;
  if (type !== undefined && UNCONFINED_TYPES.has(type)) return undefined;
  return `SELinux on the node, which ${enforcesSelinux} enforces, letting the container do it`;
}

/**
 * Whether seccomp stands in the way of what a capability allows. The runtime's default profile lets a container make the system calls of the
 * capabilities that it was given (containerd contrib/seccomp/seccomp_default.go), so it stops nobody here; a profile of one's own may.
 */
export function seccompOf(spec: PodSpec, container: Container): string | undefined {
  const profile = seccompProfile(spec, container);
  return profile?.type === 'Localhost'
    ? `seccomp profile ${profile.localhostProfile ?? 'of the node'} allowing the system call`
    : undefined;
}

const user = (spec: PodSpec, container: Container): string => {
  const uid = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
  return uid === undefined ? 'a user other than root' : `user ${uid}`;
};

/**
 * Whether a container can use capabilities that were added: the kernel takes them from processes of another user when they start a program, and only a
 * setuid program gives them back, which `allowPrivilegeEscalation: false` rules out. Source: man 7 capabilities; Kubernetes sets no ambient capabilities (KEP 2763).
 */
export function capabilityUse(spec: PodSpec, container: Container): { readonly usable: boolean; readonly hangsOn?: string } {
  const access = rootAccess(spec, container);
  if (access === 'root') return { usable: true };
  if (access === 'never') return { usable: false };
  return { usable: true, hangsOn: `a setuid program in the image: it runs as ${user(spec, container)}, who holds the capability no more` };
}

/** What a container that is not root needs to touch files that are root's on the node; undefined: it may be root. */
export function fileAccess(spec: PodSpec, container: Container): string | undefined {
  const access = rootAccess(spec, container);
  if (access === 'root') return undefined;
  const open = `files there being open to ${user(spec, container)}`;
  return access === 'never'
    ? `${open}, as the container cannot become root`
    : `${open}, or a setuid program in the image that makes it root`;
}
