import type { Pod, PodSpec, ProjectedToken, ServiceAccount, Volume } from '../../inventory/kubernetes.ts';
import { runningContainers } from './security-context.ts';

/** A service account token that a pod's containers can read. */
export interface HeldToken {
  readonly volume: Volume;
  readonly token: ProjectedToken;
  /** JSON pointer below the pod. */
  readonly pointer: string;
  /** Where containers find it: `container:/path`, first mounts first. */
  readonly mountedAt: readonly string[];
}

/** Tokens in volumes that at least one running container mounts; a volume that nobody mounts is out of reach. */
export function projectedTokens(spec: PodSpec): readonly HeldToken[] {
  return spec.volumes.flatMap((volume) => {
    if (volume.tokens.length === 0) return [];
    const mountedAt = runningContainers(spec).flatMap((container) =>
      container.volumeMounts.filter((mount) => mount.volume === volume.name).map((mount) => `${container.name}:${mount.mountPath}`),
    );
    if (mountedAt.length === 0) return [];
    return volume.tokens.map((token) => ({
      volume,
      token,
      pointer: `/spec/volumes/${volume.index}/projected/sources/${token.source}/serviceAccountToken`,
      mountedAt,
    }));
  });
}

/**
 * Whether a token with this audience opens the API server: an absent audience means the server's own.
 * Source: TokenRequest and `--api-audiences`, which defaults to the issuer.
 */
export function opensApiServer(audience: string | undefined, issuer: string | undefined): boolean {
  if (audience === undefined || audience === '') return true;
  return (
    audience === issuer || audience === 'https://kubernetes.default.svc' || audience === 'https://kubernetes.default.svc.cluster.local'
  );
}

/** Whether the API server has seen the pod: then its volumes say what it holds, and no flag does. */
export const wasAdmitted = (pod: Pod): boolean => pod.uid !== undefined;

/**
 * What the admission controller would do for a pod that nobody has admitted yet: the pod's flag, then the account's, then true.
 * Source: kubernetes/plugin/pkg/admission/serviceaccount/admission.go (`shouldAutomount`).
 */
export const wouldAutomount = (spec: PodSpec, account: ServiceAccount | undefined): boolean =>
  spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
