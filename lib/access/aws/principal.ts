import type { PolicyPrincipal } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { Truth } from './truth.ts';

/** Who makes the request. `AWS` is the ARN of a role or a user. */
export interface RequestPrincipal {
  readonly type: 'Federated' | 'Service' | 'AWS';
  readonly value: string;
}

/**
 * Whether a principal of a policy names the one who asks. `"*"` and `{"AWS": "*"}` are everybody; an account (its number
 * or its root) is everybody of that account; a role session is one session of a role, and its name is not known at rest.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalNames(named: PolicyPrincipal, asking: RequestPrincipal): Truth {
  if (named.type === '*' || (named.type === 'AWS' && named.value === '*')) return true;
  if (named.type !== asking.type) return false;
  if (named.value === asking.value || (asking.type === 'Federated' && named.value === '*')) return true;
  return asking.type === 'AWS' ? awsPrincipalNames(named.value, asking.value) : false;
}

function awsPrincipalNames(named: string, principal: string): Truth {
  const asking = splitArn(principal);
  if (asking === undefined) return false;
  if (named === asking.account) return true;
  const arn = splitArn(named);
  if (arn === undefined || arn.account !== asking.account || arn.partition !== asking.partition) return false;
  if (arn.service === 'iam') return arn.resource === 'root';
  if (arn.service !== 'sts' || !arn.resource.startsWith('assumed-role/') || !asking.resource.startsWith('role/')) return false;
  return arn.resource.split('/', 2)[1] === asking.resource.slice(asking.resource.lastIndexOf('/') + 1) ? 'unknown' : false;
}
