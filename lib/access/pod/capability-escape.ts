import type { Container, PodSpec } from '../../inventory/kubernetes.ts';
import { capabilityUse, runsOnWindows, sandboxOf, seccompOf, selinuxOf, userNamespaceOf } from './confinement.ts';
import { type DecideEscapes, hangingOn, type NodeEscape } from './node-escape.ts';
import type { NodeTraits } from './node-traits.ts';
import { appArmorProfile, containerPointer, hasAddedCapability, isPrivileged, runningContainers } from './security-context.ts';

/** What a capability does to the node, and what beside the usual may stop it. */
interface Power {
  readonly capability: string;
  readonly does: string;
  readonly hangsOn?: (place: { readonly spec: PodSpec; readonly container: Container; readonly node: NodeTraits }) => string | undefined;
  /** Whether it does anything to the node at all; undefined: always. */
  readonly counts?: (spec: PodSpec) => boolean;
}

/** Containers with an added capability that they can use; a privileged one has them all, which other techniques tell. */
function escapesBy(powers: readonly Power[]): DecideEscapes {
  return (spec, node) => {
    if (runsOnWindows(spec, node)) return [];
    return runningContainers(spec)
      .filter((container) => !isPrivileged(container))
      .flatMap((container): NodeEscape[] => {
        const use = capabilityUse(spec, container);
        if (!use.usable) return [];
        return powers
          .filter(({ capability, counts }) => hasAddedCapability(container, capability) && counts?.(spec) !== false)
          .map(({ capability, does, hangsOn }) => ({
            pointer: `${containerPointer(container)}/securityContext/capabilities/add`,
            says: `container ${container.name} has CAP_${capability}, which ${does}`,
            ...hangingOn(
              use.hangsOn,
              hangsOn?.({ spec, container, node }),
              seccompOf(spec, container),
              selinuxOf(spec, container, node),
              userNamespaceOf(spec),
              sandboxOf(spec, node),
            ),
          }));
      });
  };
}

/** AppArmor's default profile of containerd and CRI-O denies `mount`; without AppArmor it is cgroup v1 or a block device that has to be there. */
function againstMounting({ spec, container }: { readonly spec: PodSpec; readonly container: Container }): string {
  const profile = appArmorProfile(spec, container);
  if (profile?.type === 'Unconfined')
    return 'cgroup v1 on the node (release_agent), or another file system of the node that can be mounted';
  if (profile?.type === 'Localhost')
    return `AppArmor profile ${profile.localhostProfile ?? 'of the node'} allowing mounts, and cgroup v1 on the node`;
  return 'AppArmor on the node being off, as its default profile denies mounts, and cgroup v1 on the node';
}

/** Mounting file systems of the node. Row E5; seccomp's default profile allows `mount` to whoever has the capability. */
export const adminEscapes = escapesBy([
  { capability: 'SYS_ADMIN', does: "mounts the node's cgroups or file systems", hangsOn: againstMounting },
]);

/** Code in the node's kernel. Row E2. */
export const kernelModuleEscapes = escapesBy([
  {
    capability: 'SYS_MODULE',
    does: 'loads modules into the kernel of the node',
    hangsOn: ({ node: { signsModules } }) =>
      signsModules === undefined ? undefined : `a signed module that opens the node: the kernel of ${signsModules} loads no others`,
  },
]);

/** Files of the node by their handles. Row E6. */
export const openByHandleEscapes = escapesBy([
  {
    capability: 'DAC_READ_SEARCH',
    does: 'opens files of the node by handle',
    hangsOn: () => "the node's file system sharing one device with a file that is mounted into the container, such as /etc/hosts",
  },
]);

/**
 * Capabilities that weaken a node without opening it. Row E7; source: man 7 capabilities. NET_ADMIN and SYS_BOOT are about the pod's own namespaces
 * unless it shares the node's; SYS_PTRACE with hostPID is an escape of its own.
 */
export const weakCapabilities = escapesBy([
  {
    capability: 'SYS_RAWIO',
    does: 'reads and writes ports of the machine',
    hangsOn: () => 'a kernel that leaves /dev/mem or raw ports open (no lockdown)',
  },
  {
    capability: 'NET_ADMIN',
    does: "changes the node's routes and firewall",
    hangsOn: () => 'traffic of the node or of other pods that can be turned aside',
    counts: ({ hostNetwork }) => hostNetwork,
  },
  {
    capability: 'SYS_PTRACE',
    does: 'traces processes of other users',
    hangsOn: () => 'processes of another container in its process namespace, or a flaw of the kernel',
    counts: ({ hostPID }) => !hostPID,
  },
  {
    capability: 'BPF',
    does: 'loads eBPF programs into the kernel of the node',
    hangsOn: () => 'PERFMON or a flaw of the verifier, to read other memory',
  },
  { capability: 'PERFMON', does: 'watches every process of the node', hangsOn: () => 'BPF, or secrets that show in traces' },
  { capability: 'SYSLOG', does: "reads the kernel's addresses", hangsOn: () => 'a flaw of the kernel to go with them' },
  {
    capability: 'MAC_ADMIN',
    does: "changes the node's AppArmor or Smack policy",
    hangsOn: () => 'the policy being what holds the container',
  },
  {
    capability: 'SYS_BOOT',
    does: 'restarts the node or loads another kernel',
    hangsOn: () => 'a kernel that allows kexec to containers (no lockdown)',
  },
  {
    capability: 'SYS_TIME',
    does: 'sets the clock of the node',
    hangsOn: () => 'something that trusts the clock, such as certificates that ended',
  },
]);
