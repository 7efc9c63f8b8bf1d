import type { Container, PodSpec } from '../../inventory/kubernetes.ts';
import { effectivePath, hostPathUses } from './host-path.ts';
import {
  appArmorProfile,
  containerPointer,
  hasAddedCapability,
  isHostProcess,
  isPrivileged,
  mayRunAsRoot,
  runningContainers,
} from './security-context.ts';

/** One way from a container to root on its node. */
export interface NodeEscape {
  /** JSON pointer below the pod. */
  readonly pointer: string;
  readonly says: string;
  /** Where the second part of the precondition stands, if it has two. */
  readonly alongWith?: { readonly pointer: string; readonly says: string };
  /** What it hangs on; undefined: certain. */
  readonly hangsOn?: string;
}

const NEEDS_ROOT = 'the process in the container running as root, which its security context rules out as it stands';

/** In a user namespace of its own, privileges and capabilities hold over nothing of the node; volumes are mapped, and stay what they are. */
const USER_NAMESPACE = 'a flaw in user namespaces: with `hostUsers: false` root in the pod is nobody on the node';

const overTheNode = (spec: PodSpec): { readonly hangsOn?: string } => (spec.hostUsers === false ? { hangsOn: USER_NAMESPACE } : {});

const surelyRoot = (spec: PodSpec, container: Container, hangsOn?: string): { readonly hangsOn?: string } => {
  if (!mayRunAsRoot(spec, container)) return { hangsOn: NEEDS_ROOT };
  return hangsOn === undefined ? {} : { hangsOn };
};

/** Privileged containers and Windows HostProcess containers. Rows E1 and E18. */
export function privilegedEscapes(spec: PodSpec): readonly NodeEscape[] {
  return runningContainers(spec).flatMap((container): NodeEscape[] => {
    const at = `${containerPointer(container)}/securityContext`;
    if (isPrivileged(container))
      return [{ pointer: `${at}/privileged`, says: `container ${container.name} is privileged`, ...overTheNode(spec) }];
    if (!isHostProcess(spec, container)) return [];
    const own = container.securityContext?.hostProcess === true;
    return [
      {
        pointer: `${own ? at : '/spec/securityContext'}/windowsOptions/hostProcess`,
        says: `container ${container.name} is a Windows HostProcess container`,
      },
    ];
  });
}

const CAPABILITIES: readonly { readonly name: string; readonly does: string; readonly hangsOn?: string }[] = [
  { name: 'SYS_MODULE', does: 'loads kernel modules' },
  { name: 'SYS_ADMIN', does: 'mounts file systems of the node', hangsOn: 'AppArmor, seccomp and the cgroup version of the node' },
  {
    name: 'DAC_READ_SEARCH',
    does: 'opens files of the node by handle',
    hangsOn: "the node's file system sharing one device with the container's",
  },
];

/** Capabilities that open the node. Rows E2, E5 and E6. */
export function capabilityEscapes(spec: PodSpec): readonly NodeEscape[] {
  return runningContainers(spec)
    .filter((container) => !isPrivileged(container))
    .flatMap((container) =>
      CAPABILITIES.filter(({ name }) => hasAddedCapability(container, name)).map(({ name, does, hangsOn }) => ({
        pointer: `${containerPointer(container)}/securityContext/capabilities/add`,
        says: `container ${container.name} has CAP_${name}, which ${does}`,
        ...surelyRoot(spec, container, hangsOn),
        ...overTheNode(spec),
      })),
    );
}

/**
 * Processes of the node within reach: with hostPID, a privileged container enters them (E3); one with SYS_PTRACE injects into them, surely
 * so with SYS_ADMIN and without AppArmor or before 1.31 (E4). `minorVersion` is the cluster's, undefined where unknown.
 */
export function hostPidEscapes(spec: PodSpec, minorVersion: number | undefined): readonly NodeEscape[] {
  if (!spec.hostPID) return [];
  const shared = { pointer: '/spec/hostPID', says: "the pod shares the node's processes" };
  return runningContainers(spec).flatMap((container): NodeEscape[] => {
    const at = `${containerPointer(container)}/securityContext`;
    if (isPrivileged(container))
      return [{ ...shared, alongWith: { pointer: `${at}/privileged`, says: `container ${container.name} is privileged and enters them` } }];
    if (!hasAddedCapability(container, 'SYS_PTRACE')) return [];
    const unconfined = appArmorProfile(spec, container)?.type === 'Unconfined' || (minorVersion !== undefined && minorVersion < 31);
    const sure = unconfined && hasAddedCapability(container, 'SYS_ADMIN');
    const says = `container ${container.name} has CAP_SYS_PTRACE and injects code into them`;
    const hangsOn = sure ? undefined : 'AppArmor on the node letting it trace processes of others';
    return [{ ...shared, alongWith: { pointer: `${at}/capabilities/add`, says }, ...surelyRoot(spec, container, hangsOn) }];
  });
}

interface MountedHostPath {
  readonly container: Container;
  readonly path: string;
  readonly readOnly: boolean;
  readonly pointer: string;
}

function* mountedHostPaths(spec: PodSpec): Generator<MountedHostPath> {
  const volumes = new Map(spec.volumes.filter((volume) => volume.hostPath !== undefined).map((volume) => [volume.name, volume]));
  if (volumes.size === 0) return;
  for (const container of runningContainers(spec)) {
    for (const mount of container.volumeMounts) {
      const volume = volumes.get(mount.volume);
      if (volume === undefined) continue;
      yield {
        container,
        path: effectivePath(volume.hostPath as string, mount.subPath),
        readOnly: mount.readOnly,
        pointer: `/spec/volumes/${volume.index}/hostPath`,
      };
    }
  }
}

/** Paths of the node that are mounted and lead to root on it. Rows E8, E10 to E13 and E15. */
export function hostPathEscapes(spec: PodSpec): readonly NodeEscape[] {
  return [...mountedHostPaths(spec)].flatMap(({ container, path, readOnly, pointer }) => {
    const use = hostPathUses(path, readOnly).find(({ kind }) => kind !== 'socket');
    if (use === undefined || use.kind === 'socket') return [];
    const verb = use.kind === 'write' ? 'writes' : 'reads';
    const says = `container ${container.name} ${verb} ${use.target} of the node${use.target === path ? '' : ` (mounts ${path})`}`;
    const hangsOn = use.certain
      ? undefined
      : use.kind === 'write'
        ? `what the node does with files in ${path}`
        : `what ${use.target} of the node holds`;
    return [{ pointer, says, ...surelyRoot(spec, container, hangsOn) }];
  });
}

/** Sockets of the container runtime that are mounted, read-only or not. Row E14. */
export function runtimeSocketEscapes(spec: PodSpec): readonly NodeEscape[] {
  return [...mountedHostPaths(spec)].flatMap(({ container, path, readOnly, pointer }) => {
    const use = hostPathUses(path, readOnly).find(({ kind }) => kind === 'socket');
    if (use === undefined) return [];
    const says = `container ${container.name} can talk to the container runtime at ${use.target}${readOnly ? ', a read-only mount notwithstanding' : ''}`;
    return [{ pointer, says, ...surelyRoot(spec, container) }];
  });
}
