import type { Certainty } from '../kinds.ts';
import { EVERYWHERE } from '../node-id.ts';
import { everything, hasAny } from './everything.ts';
import type { Facts } from './facts.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/**
 * Whether Pod Security would let a privileged pod into the namespace: no `enforce` label, or `privileged`; a level that it does not
 * know counts as `restricted` (`ParseLevel` in k8s.io/pod-security-admission/api/helpers.go).
 */
function allowsPrivileged(facts: Facts, namespace: string): boolean {
  const level = facts.namespaces.get(namespace)?.labels.get(ENFORCE);
  return level === undefined || level === 'privileged';
}

function someNamespaceAllowsPrivileged(facts: Facts, scope: string): boolean {
  if (scope !== '' && scope !== EVERYWHERE) return allowsPrivileged(facts, scope);
  return facts.everyNamespace.some((namespace) => allowsPrivileged(facts, namespace));
}

/** What stops a privileged pod where Pod Security does not. */
export const NODE_HANGS_ON = 'no admission webhook or policy forbidding privileged pods there; Pod Security as labelled does not';

/**
 * What whoever writes pods in a scope reaches: every service account there, with a token of any audience, every secret there without
 * a right to read it, and nodes where privileged pods are let in. Rows W1, W2 and W3 of the reference.
 */
export function* reachedByPodAuthor(facts: Facts, scope: string): Generator<{ readonly target: number; readonly certainty: Certainty }> {
  if (hasAny(facts, 'all-service-accounts', scope))
    yield { target: everything(facts, 'all-service-accounts', scope), certainty: 'certain' };
  if (hasAny(facts, 'all-secrets', scope)) yield { target: everything(facts, 'all-secrets', scope), certainty: 'certain' };
  if (facts.inventory.kubernetes.nodes.length > 0 && someNamespaceAllowsPrivileged(facts, scope))
    yield { target: everything(facts, 'all-nodes', ''), certainty: 'conditional' };
}
