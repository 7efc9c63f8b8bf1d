import type { Subject } from '../../inventory/kubernetes.ts';

const SERVICE_ACCOUNT_PREFIX = 'system:serviceaccount:';

export const MASTERS_GROUP = 'system:masters';

/** The user name that a service account's token authenticates as. */
export function serviceAccountUser(namespace: string, name: string): string {
  return `${SERVICE_ACCOUNT_PREFIX}${namespace}:${name}`;
}

/** Namespace and name of a service account's user name, or undefined where the name is none. Source: apiserver `serviceaccount.SplitUsername`. */
export function splitServiceAccountUser(user: string): { readonly namespace: string; readonly name: string } | undefined {
  if (!user.startsWith(SERVICE_ACCOUNT_PREFIX)) return undefined;
  const [namespace, name, ...rest] = user.slice(SERVICE_ACCOUNT_PREFIX.length).split(':');
  return namespace && name && rest.length === 0 ? { namespace, name } : undefined;
}

/** The groups that every service account of a namespace is in. Source: apiserver `serviceaccount.MakeGroupNames` and the authenticated group adder. */
export function serviceAccountGroups(namespace: string): readonly string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
}

/**
 * Whom a binding's subject stands for: `user:NAME` or `group:NAME`; undefined where it can match nobody.
 * A service account without a namespace belongs to the binding's. Source: `appliesToUser` in
 * kubernetes/pkg/registry/rbac/validation/rule.go.
 */
export function subjectKey(subject: Subject, bindingNamespace: string): string | undefined {
  if (subject.kind === 'User') return `user:${subject.name}`;
  if (subject.kind === 'Group') return `group:${subject.name}`;
  if (subject.kind !== 'ServiceAccount') return undefined;
  const namespace = subject.namespace || bindingNamespace;
  return namespace === '' ? undefined : `user:${serviceAccountUser(namespace, subject.name)}`;
}
