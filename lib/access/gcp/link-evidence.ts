import type { GcpServiceAccount } from '../../inventory/gcp.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import type { CloudEvidence } from '../cloud/link.ts';
import type { GcpDenial, GcpGrant } from './decide.ts';

/** What the metadata server of GKE goes by. */
export const GSA_ANNOTATION = 'iam.gke.io/gcp-service-account';

export function annotationEvidence({ namespace, name }: ServiceAccount, says: string): CloudEvidence {
  return {
    kind: 'ServiceAccount',
    namespace,
    name,
    pointer: `/metadata/annotations/${GSA_ANNOTATION.replace('/', '~1')}`,
    says,
  };
}

/** Where a grant stands: the member in its binding, in the policy of a resource. */
export function grantEvidence({ policy, binding, member }: Pick<GcpGrant, 'policy' | 'binding' | 'member'>): CloudEvidence {
  const limit = binding.condition === undefined ? '' : ` on condition ${binding.condition.expression}`;
  return {
    kind: 'GcpPolicy',
    name: policy.resource,
    pointer: `/bindings/${binding.index}/members/${binding.members.indexOf(member)}`,
    says: `grants ${binding.role} to ${member}${limit}`,
  };
}

export function denialEvidence({ policy, rule }: GcpDenial): CloudEvidence {
  return {
    kind: 'GcpDenyPolicy',
    name: policy.name,
    pointer: rule === undefined ? '/name' : `/rules/${rule.index}`,
    says: rule === undefined ? 'its rules were not read' : `denies ${rule.deniedPermissions.join(', ')}`,
  };
}

export function gsaEvidence({ email, disabled }: GcpServiceAccount): CloudEvidence {
  return {
    kind: 'GcpServiceAccount',
    name: email,
    pointer: disabled ? '/disabled' : '/email',
    says: disabled ? 'is disabled' : 'is enabled',
  };
}
