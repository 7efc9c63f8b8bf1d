import type { Grant } from './bindings.ts';
import type { Verdict } from './review.ts';

const quoted = (name: string): string => JSON.stringify(name);

/** `RoleBinding "name/namespace"`, as the API server writes it. */
function describeBinding({ binding }: Grant): string {
  return `${binding.kind} ${quoted(binding.namespace === undefined ? binding.name : `${binding.name}/${binding.namespace}`)}`;
}

function describeSubject({ subject, scope }: Grant): string {
  if (subject.kind !== 'ServiceAccount') return `${subject.kind} ${quoted(subject.name)}`;
  return `ServiceAccount ${quoted(`${subject.name}/${subject.namespace || scope}`)}`;
}

const describeMissing = ({ binding }: Grant): string =>
  `${binding.roleRef.kind.toLowerCase()}.rbac.authorization.k8s.io ${quoted(binding.roleRef.name)} not found`;

/**
 * The `reason` of a SubjectAccessReview in the words of the API server: `clusterRoleBindingDescriber` in
 * kubernetes/pkg/registry/rbac/validation/rule.go, and the aggregate of errors in plugin/pkg/auth/authorizer/rbac/rbac.go.
 */
export function reasonOf(verdict: Verdict): string {
  if (!verdict.allowed) {
    const errors = [...new Set(verdict.dangling.map(describeMissing))];
    const missing = errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`;
    return [errors.length > 0 ? `RBAC: ${missing}` : '', verdict.guarded ? 'proxy subresource changed to unsafeproxy' : '']
      .filter(Boolean)
      .join(', ');
  }
  if (verdict.by === 'masters') return '';
  const { grant } = verdict.by;
  return `RBAC: allowed by ${describeBinding(grant)} of ${grant.binding.roleRef.kind} ${quoted(grant.binding.roleRef.name)} to ${describeSubject(grant)}`;
}
