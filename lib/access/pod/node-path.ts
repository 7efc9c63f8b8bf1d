import type { Container, PodSpec } from '../../inventory/kubernetes.ts';
import { runningContainers } from './security-context.ts';

/** A path of the node that a running container mounts. */
export interface MountedPath {
  readonly container: Container;
  /** Where it leads on the node: links and `..` resolved, the subPath added. */
  readonly path: string;
  /** Nothing at the path itself can be written. */
  readonly readOnly: boolean;
  /** Undefined: file systems mounted below a read-only one stay writable. */
  readonly recursiveReadOnly?: string;
  /** JSON pointer of the volume's `hostPath` below the pod. */
  readonly pointer: string;
}

/**
 * Links that every current distribution has; `/proc/1/root` is the node's own root. The kubelet and the runtime follow them when the mount starts there.
 * Source: Filesystem Hierarchy Standard 3.0 (`/run`), systemd's `/usr` merge.
 */
const LINKS: readonly (readonly [from: string, to: string])[] = [
  ['/var/run', '/run'],
  ['/var/lock', '/run/lock'],
  ['/proc/1/root', '/'],
  ['/proc/self/root', '/'],
  ['/proc/thread-self/root', '/'],
];

/** No path has more links than this one after the other; a longer chain is a circle that nobody can mount. */
const MOST_LINKS = 8;

function segments(path: string): string[] {
  const found: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') found.pop();
    else if (segment !== '' && segment !== '.') found.push(segment);
  }
  return found;
}

/** Whether a path is another one or lies above it. */
export const isAtOrAbove = (path: string, other: string): boolean => path === '/' || path === other || other.startsWith(`${path}/`);

/** Whether a path is another one or lies below it. */
export const isAtOrBelow = (path: string, other: string): boolean => isAtOrAbove(other, path);

function withoutLinks(path: string): string {
  let resolved = path;
  for (let count = 0; count < MOST_LINKS; count += 1) {
    const link = LINKS.find(([from]) => isAtOrBelow(resolved, from));
    if (link === undefined) break;
    resolved = `/${segments(link[1] + resolved.slice(link[0].length)).join('/')}`;
  }
  return resolved;
}

/**
 * The path of the node that a container really sees below a mount's hostPath. The API server lets no `..` in; plain manifests may have it.
 * A subPath is resolved below the volume and cannot lead out of it.
 */
export function effectivePath(hostPath: string, subPath = ''): string {
  const volume = withoutLinks(`/${segments(hostPath).join('/')}`);
  return withoutLinks(`/${[...segments(volume), ...segments(subPath)].join('/')}`);
}

/** Every path of the node that a running container mounts; a volume that nobody mounts is out of reach. */
export function mountedPaths(spec: PodSpec): readonly MountedPath[] {
  const volumes = new Map(
    spec.volumes.flatMap(({ name, hostPath, index }) => (hostPath === undefined ? [] : [[name, { hostPath, index }]])),
  );
  if (volumes.size === 0) return [];
  return runningContainers(spec).flatMap((container) =>
    container.volumeMounts.flatMap((mount): MountedPath[] => {
      const volume = volumes.get(mount.volume);
      if (volume === undefined) return [];
      return [
        {
          container,
          path: effectivePath(volume.hostPath, mount.subPath),
          readOnly: mount.readOnly,
          ...(mount.recursiveReadOnly === undefined ? {} : { recursiveReadOnly: mount.recursiveReadOnly }),
          pointer: `/spec/volumes/${volume.index}/hostPath`,
        },
      ];
    }),
  );
}
