/** A Google service account. */
export interface GsaIdentity {
  readonly kind: 'service-account';
  readonly email: string;
}

/** A workload identity pool: a GKE cluster's `PROJECT.svc.id.goog`, or one that was made. */
export interface PoolName {
  readonly id: string;
  /** Of the pool's project; undefined: not known. */
  readonly number?: string;
}

/** A principal of a workload identity pool: what a Kubernetes service account is to Google. */
export interface FederatedIdentity {
  readonly kind: 'federated';
  readonly pool: PoolName;
  /** `ns/NAMESPACE/sa/NAME` in the pools of GKE; what `google.subject` is mapped to in others. */
  readonly subject: string;
  /** By the name that principal sets use. A value of undefined: it has one, and it is not known. */
  readonly attributes: ReadonlyMap<string, string | undefined>;
}

export type GcpIdentity = GsaIdentity | FederatedIdentity;

/** What GKE knows of one of its service accounts. */
export interface KubernetesSubject {
  readonly pool: PoolName;
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  /** `selfLink` of its cluster. */
  readonly cluster?: string;
}

/** The principal of a service account in a GKE cluster. Source: the principal identifiers of Workload Identity Federation for GKE. */
export function kubernetesIdentity({ pool, namespace, name, uid, cluster }: KubernetesSubject): FederatedIdentity {
  return {
    kind: 'federated',
    pool,
    subject: `ns/${namespace}/sa/${name}`,
    attributes: new Map([
      ['namespace', namespace],
      ['kubernetes.serviceaccount.uid', uid],
      ['kubernetes.cluster', cluster],
    ]),
  };
}

/** How people and policies name it. */
export function identityName(identity: GcpIdentity): string {
  if (identity.kind === 'service-account') return identity.email;
  const kubernetes = /^ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity.subject);
  return kubernetes === null ? `${identity.pool.id}/${identity.subject}` : `${identity.pool.id}[${kubernetes[1]}/${kubernetes[2]}]`;
}
