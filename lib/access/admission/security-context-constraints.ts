import type { SecurityContextConstraints } from '../../inventory/admission.ts';

/** What a pod needs to take its node under a constraint, and what that still hangs on. */
export interface SccOpening {
  readonly needed: 'privileged' | 'host-path';
  /** JSON pointer of the field that lets it. */
  readonly pointer: string;
  /** Undefined: nothing of the constraint's. */
  readonly hangsOn?: string;
}

/**
 * Whether pods under this constraint can take their node; undefined: they cannot by what it says.
 * Source: https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html.
 */
export function openingOf(scc: SecurityContextConstraints): SccOpening | undefined {
  if (scc.allowPrivilegedContainer) return { needed: 'privileged', pointer: '/allowPrivilegedContainer' };
  if (!scc.allowHostDirVolumePlugin) return undefined;
  const hangsOn = `the user and the SELinux context that SecurityContextConstraints ${scc.name} forces on the pod being let write a path of the node`;
  return { needed: 'host-path', pointer: '/allowHostDirVolumePlugin', hangsOn };
}
