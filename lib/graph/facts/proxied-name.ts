import type { Facts } from './facts.ts';

/**
 * The object that a proxy request is for: RBAC compares `resourceNames` with what stands in the path, which may carry a scheme and a port.
 * `web`, `web:8080`, `https:web:8443` and `https:web:` are all about `web`; undefined: no such request is possible.
 * Source: apimachinery/pkg/util/net/port_split.go (`SplitSchemeNamePort`).
 */
export function proxiedName(id: string): string | undefined {
  const parts = id.split(':');
  if (parts.length > 3) return undefined;
  const [scheme, name] = parts.length === 3 ? [parts[0] as string, parts[1] as string] : ['', parts[0] as string];
  return name !== '' && ['', 'http', 'https'].includes(scheme) ? name : undefined;
}

/**
 * Whether OpenShift's API server asks this subject for `unsafeproxy` instead: those who are not authenticated.
 * Source: openshift/kubernetes, openshift-kube-apiserver/authorization/browsersafe/authorizer.go.
 */
export const isProxyGuarded = ({ subjects, nodes }: Facts, node: number): boolean =>
  subjects.rbac.guardsProxy && ['system:unauthenticated', 'system:anonymous'].includes(nodes.names[node] as string);
