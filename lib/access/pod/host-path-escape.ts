import { fileAccess, runsOnWindows, sandboxOf, selinuxOf, userNamespaceOf } from './confinement.ts';
import { corePatternUse, kubeletVolumesUse, logUse, type PathUse, readUse, socketUse, staticPodUse, writeUse } from './host-path.ts';
import { type DecideEscapes, hangingOn, type NodeEscape } from './node-escape.ts';
import { type MountedPath, mountedPaths } from './node-path.ts';
import type { NodeTraits } from './node-traits.ts';
import { rootAccess } from './security-context.ts';

interface Way {
  readonly use: (mount: MountedPath, node: NodeTraits) => PathUse | undefined;
  readonly verb: string;
  /** Nobody but root can do it, whatever the permissions of files on the node. */
  readonly rootAlone?: boolean;
  /** User namespaces stop it: it is about a file system that cannot be mapped. */
  readonly stoppedByUserNamespace?: boolean;
}

/** Mounted paths that are good for something; whoever is not root needs files that are open to him. */
const escapesThrough =
  ({ use, verb, rootAlone = false, stoppedByUserNamespace = false }: Way): DecideEscapes =>
  (spec, node) => {
    if (runsOnWindows(spec, node)) return [];
    return mountedPaths(spec).flatMap((mount): NodeEscape[] => {
      const { container, path, pointer } = mount;
      const found = use(mount, node);
      if (found === undefined || (rootAlone && rootAccess(spec, container) === 'never')) return [];
      return [
        {
          pointer,
          says: `container ${container.name} ${verb} ${found.target} of the node${found.target === path ? '' : ` (mounts ${path})`}`,
          ...hangingOn(
            found.hangsOn,
            fileAccess(spec, container),
            selinuxOf(spec, container, node),
            stoppedByUserNamespace ? userNamespaceOf(spec) : undefined,
            sandboxOf(spec, node),
          ),
        },
      ];
    });
  };

/** Places that root of the node runs or obeys, to write. Rows E11 and E13. */
export const writeEscapes = escapesThrough({ verb: 'writes', use: ({ path, readOnly }) => (readOnly ? undefined : writeUse(path)) });

/** Credentials of the node and keys of its users, to read. Rows E10 and E13. */
export const readEscapes = escapesThrough({ verb: 'reads', use: ({ path }, node) => readUse(path, node) });

/** The setting that makes the kernel start a program on the node. Row E8. */
export const corePatternEscapes = escapesThrough({
  verb: 'writes',
  use: ({ path, readOnly, recursiveReadOnly }) => corePatternUse(path, readOnly, recursiveReadOnly),
  rootAlone: true,
  stoppedByUserNamespace: true,
});

/** The folder of static pods. Row E15. */
export const staticPodEscapes = escapesThrough({
  verb: 'writes',
  use: ({ path, readOnly }, node) => (readOnly ? undefined : staticPodUse(path, node)),
});

/** Sockets of the container runtime, read-only or not. Row E14. */
export const runtimeSocketEscapes = escapesThrough({
  verb: 'talks to the container runtime at',
  use: ({ path }, node) => socketUse(path, node),
});

/** The folder of container logs, to write a link into it. Row E9, its first half. */
export const logFolders = escapesThrough({ verb: 'writes', use: ({ path, readOnly }) => (readOnly ? undefined : logUse(path)) });

/** Volumes of all pods on the node, read-only or not. Row E12. */
export const kubeletVolumes = escapesThrough({ verb: 'reads', use: ({ path }) => kubeletVolumesUse(path) });
