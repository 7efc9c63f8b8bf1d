import type { PolicyRule } from '../../inventory/kubernetes.ts';

/** A request for a resource, as the API server's authorizer sees it. Empty strings mean the same as there. */
export interface ResourceRequest {
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  /** Empty where the request names no object (list, create, …). */
  readonly name: string;
}

/** A request for a path that is no resource, such as `/metrics`. */
export interface NonResourceRequest {
  readonly verb: string;
  readonly path: string;
}

const matches = (allowed: readonly string[], wanted: string): boolean => allowed.includes('*') || allowed.includes(wanted);

// `*`, the exact `resource/subresource`, or `*/subresource`; `pods/*` is no wildcard.
function resourceMatches(allowed: readonly string[], resource: string, subresource: string): boolean {
  const combined = subresource === '' ? resource : `${resource}/${subresource}`;
  return allowed.some((one) => one === '*' || one === combined || (subresource !== '' && one === `*/${subresource}`));
}

/**
 * Whether one rule allows a resource request. All clauses have to match within this one rule.
 *
 * Port of `RuleAllows` in kubernetes/plugin/pkg/auth/authorizer/rbac/rbac.go and of
 * kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go.
 */
export function ruleAllows(rule: PolicyRule, request: ResourceRequest): boolean {
  return (
    matches(rule.verbs, request.verb) &&
    matches(rule.apiGroups, request.apiGroup) &&
    resourceMatches(rule.resources, request.resource, request.subresource) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name))
  );
}

/** Whether one URL pattern of a rule covers a path: `*`, the same, or a prefix that ends in `*`. */
function pathMatches(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  if (!pattern.endsWith('*')) return false;
  let end = pattern.length;
  while (end > 0 && pattern[end - 1] === '*') end -= 1;
  return path.startsWith(pattern.slice(0, end));
}

/** Whether one rule allows a non-resource request; same sources as `ruleAllows`. */
export function ruleAllowsPath(rule: PolicyRule, request: NonResourceRequest): boolean {
  return matches(rule.verbs, request.verb) && rule.nonResourceURLs.some((pattern) => pathMatches(pattern, request.path));
}
