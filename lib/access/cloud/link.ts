/** The cloud that an identity belongs to. */
export type CloudProvider = 'aws' | 'gcp' | 'azure';

/** A fact that a link or an answer rests on. */
export interface CloudEvidence {
  /** As the cloud or Kubernetes names it: `ServiceAccount`, `AwsRole`, `GcpPolicy`, `AzureFederatedCredential`. */
  readonly kind: string;
  readonly namespace?: string;
  /** Name of a Kubernetes object; ARN, full resource name or resource id of everything else. */
  readonly name: string;
  /** JSON pointer into the object as its API prints it. */
  readonly pointer: string;
  readonly says: string;
}

/**
 * How a service account and a cloud identity hang together. `wired`: its pods are given the identity's credentials. `possible`: the
 * identity lets it in, but nothing hands its pods the credentials by themselves; whoever writes such a pod gets them. `conditional`:
 * it hangs on something unknown (`dependsOn`). `broken`: something points it at the identity and it does not work.
 */
export type CloudLinkState = 'wired' | 'possible' | 'conditional' | 'broken';

/** `gke`: GKE's metadata server and IAM Credentials; `federation`: a token shown to the cloud's token service; `aks`: an Entra federated credential. */
export type CloudLinkMethod = 'irsa' | 'pod-identity' | 'gke' | 'federation' | 'aks';

export interface CloudLink {
  /** `namespace/name` */
  readonly serviceAccount: string;
  readonly provider: CloudProvider;
  /** ARN of the role, email of the Google service account, Azure client id: as it is annotated or associated. */
  readonly identity: string;
  /** The record behind `identity`; undefined where it was not read. */
  readonly principal?: object;
  readonly method: CloudLinkMethod;
  /** Of the token that the cloud is shown. */
  readonly audience: string;
  readonly state: CloudLinkState;
  readonly code: string;
  readonly reason: string;
  readonly evidence: readonly CloudEvidence[];
  readonly dependsOn?: readonly string[];
}

/** The state of a link that something points at. */
export function pointedState(works: boolean | 'conditional'): CloudLinkState {
  return works === 'conditional' ? 'conditional' : works ? 'wired' : 'broken';
}
