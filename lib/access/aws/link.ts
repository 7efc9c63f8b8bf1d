import type { AwsRole } from '../../inventory/aws.ts';

/** A fact that a link rests on. */
export interface AwsLinkEvidence {
  readonly kind: 'ServiceAccount' | 'AwsRole' | 'AwsOidcProvider' | 'PodIdentityAssociation';
  readonly namespace?: string;
  /** Name of a service account; ARN of everything else. */
  readonly name: string;
  /** JSON pointer into the object as its API prints it. */
  readonly pointer: string;
  readonly says: string;
}

/**
 * How a service account and a role hang together. `wired`: its pods are given the role's credentials. `possible`: the role
 * lets it in, but nothing hands its pods the credentials by themselves; whoever writes such a pod gets them. `conditional`:
 * it hangs on something unknown (`dependsOn`). `broken`: something points it at the role and it does not work.
 */
export type AwsLinkState = 'wired' | 'possible' | 'conditional' | 'broken';

export interface AwsLink {
  /** `namespace/name` */
  readonly serviceAccount: string;
  /** The role's ARN as it is annotated or associated. */
  readonly identity: string;
  /** Undefined where that role was not read. */
  readonly role?: AwsRole;
  readonly method: 'irsa' | 'pod-identity';
  /** Of the token that STS or the Pod Identity agent is shown. */
  readonly audience: string;
  readonly state: AwsLinkState;
  readonly code: string;
  readonly reason: string;
  readonly evidence: readonly AwsLinkEvidence[];
  readonly dependsOn?: readonly string[];
}

/** The state of a link that something points at. */
export function pointedState(canAssume: boolean | 'conditional'): AwsLinkState {
  return canAssume === 'conditional' ? 'conditional' : canAssume ? 'wired' : 'broken';
}
