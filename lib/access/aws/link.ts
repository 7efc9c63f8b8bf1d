import type { AwsRole } from '../../inventory/aws.ts';
import type { CloudEvidence, CloudLink } from '../cloud/link.ts';

export { pointedState } from '../cloud/link.ts';

/** A fact that an AWS link rests on. */
export interface AwsLinkEvidence extends CloudEvidence {
  readonly kind: 'ServiceAccount' | 'AwsRole' | 'AwsOidcProvider' | 'PodIdentityAssociation';
}

/** A link to an AWS role; `identity` is the role's ARN as it is annotated or associated. */
export interface AwsLink extends CloudLink {
  readonly provider: 'aws';
  readonly principal?: AwsRole;
  readonly method: 'irsa' | 'pod-identity';
  readonly evidence: readonly AwsLinkEvidence[];
}
