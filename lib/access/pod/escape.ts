import type { Container, PodSpec } from '../../inventory/kubernetes.ts';
import { capabilityUse, fileAccess, runsOnWindows, sandboxOf, selinuxOf, userNamespaceOf } from './confinement.ts';
import { type DecideEscapes, hangingOn, type NodeEscape } from './node-escape.ts';
import {
  appArmorProfile,
  containerPointer,
  hasAddedCapability,
  isHostProcess,
  isPrivileged,
  mayRunAsRoot,
  runningContainers,
} from './security-context.ts';

/** Devices and settings of the node are root's; a privileged container cannot have `no_new_privs`, so a setuid program makes it root again. */
const needsRoot = (spec: PodSpec, container: Container): string | undefined =>
  mayRunAsRoot(spec, container) ? undefined : 'a setuid program in the image: its security context runs it as a user other than root';

/** Privileged containers. Row E1; Windows knows none. */
export const privilegedEscapes: DecideEscapes = (spec, node) => {
  if (runsOnWindows(spec, node)) return [];
  return runningContainers(spec)
    .filter(isPrivileged)
    .map((container) => ({
      pointer: `${containerPointer(container)}/securityContext/privileged`,
      says: `container ${container.name} is privileged`,
      ...hangingOn(needsRoot(spec, container), userNamespaceOf(spec), sandboxOf(spec, node)),
    }));
};

/** Windows HostProcess containers, which are processes of the node. Row E18; where the node is known to run Linux, the pod never starts. */
export const hostProcessEscapes: DecideEscapes = (spec, node) => {
  if ((spec.os ?? node.os ?? 'windows').toLowerCase() !== 'windows') return [];
  return runningContainers(spec)
    .filter((container) => isHostProcess(spec, container))
    .map((container) => {
      const own = container.securityContext?.hostProcess === true;
      const at = own ? `${containerPointer(container)}/securityContext` : '/spec/securityContext';
      return { pointer: `${at}/windowsOptions/hostProcess`, says: `container ${container.name} is a Windows HostProcess container` };
    });
};

/**
 * Processes of the node within reach: with hostPID, a privileged container enters them (E3); one with SYS_PTRACE injects into them, surely
 * so with SYS_ADMIN and without AppArmor or before 1.31 (E4). `minorVersion` is the cluster's, undefined where unknown.
 */
export const hostPidEscapes =
  (minorVersion: number | undefined): DecideEscapes =>
  (spec, node) => {
    if (!spec.hostPID || runsOnWindows(spec, node)) return [];
    const shared = { pointer: '/spec/hostPID', says: "the pod shares the node's processes" };
    return runningContainers(spec).flatMap((container): NodeEscape[] => {
      const at = `${containerPointer(container)}/securityContext`;
      const always = [userNamespaceOf(spec), sandboxOf(spec, node)];
      if (isPrivileged(container)) {
        const alongWith = { pointer: `${at}/privileged`, says: `container ${container.name} is privileged and enters them` };
        return [{ ...shared, alongWith, ...hangingOn(needsRoot(spec, container), ...always) }];
      }
      const use = capabilityUse(spec, container);
      if (!use.usable || !hasAddedCapability(container, 'SYS_PTRACE')) return [];
      const unconfined = appArmorProfile(spec, container)?.type === 'Unconfined' || (minorVersion !== undefined && minorVersion < 31);
      const sure = unconfined && hasAddedCapability(container, 'SYS_ADMIN');
      return [
        {
          ...shared,
          alongWith: {
            pointer: `${at}/capabilities/add`,
            says: `container ${container.name} has CAP_SYS_PTRACE and injects code into them`,
          },
          ...hangingOn(
            use.hangsOn,
            sure ? undefined : 'AppArmor on the node letting it trace processes of others',
            selinuxOf(spec, container, node),
            ...always,
          ),
        },
      ];
    });
  };

/** Shared memory and semaphores of the node's processes. Row E16: no control of the node, only of what a process keeps there. */
export const hostIpcExposures: DecideEscapes = (spec, node) => {
  if (!spec.hostIPC || runsOnWindows(spec, node)) return [];
  const [container] = runningContainers(spec);
  const hangsOn = 'a process of the node, or a pod with hostIPC there, keeping something of value in shared memory';
  return [
    {
      pointer: '/spec/hostIPC',
      says: "the pod shares shared memory, semaphores and message queues of the node's processes",
      ...hangingOn(
        hangsOn,
        container === undefined ? undefined : fileAccess(spec, container),
        userNamespaceOf(spec),
        sandboxOf(spec, node),
      ),
    },
  ];
};

/**
 * The node's own network. Row E16: what listens there on the loopback address, the kubelet's ports, the metadata service, and with NET_RAW, which most
 * runtimes give by default, the packets of other pods; no control of the node.
 */
export const hostNetworkExposures: DecideEscapes = (spec) =>
  spec.hostNetwork
    ? [
        {
          pointer: '/spec/hostNetwork',
          says: "the pod is on the node's network: what listens on its loopback address, the kubelet's ports and the metadata service, past network policies",
        },
      ]
    : [];
