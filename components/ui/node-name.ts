import type { NodeSummary } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';

/** Nodes that stand for many carry the namespace, or `*`, as their name; people read what they stand for. Those that stand for some carry what they stand for. */
const STANDS_FOR: ReadonlyMap<NodeKind, string> = new Map([
  ['all-pods', 'all pods'],
  ['all-secrets', 'all secrets'],
  ['all-service-accounts', 'all service accounts'],
  ['all-nodes', 'all nodes'],
  ['all-users', 'all users'],
  ['all-groups', 'all groups'],
  ['namespace-admin', 'administrator'],
]);

type Named = Pick<NodeSummary, 'name' | 'namespace'> & { readonly kind?: NodeKind };

/** The name that people read: `db-password`, `all secrets`. */
export function nodeName({ kind, name, namespace }: Named): string {
  const says = kind && STANDS_FOR.get(kind);
  if (says === undefined) return name;
  if (kind !== 'namespace-admin' && name !== '*' && name !== namespace) return name;
  return kind === 'namespace-admin' && namespace === undefined ? 'administrator of every namespace' : says;
}

/** `namespace/name`, or the name alone. */
export function qualifiedName(node: Named): string {
  return node.namespace === undefined ? nodeName(node) : `${node.namespace}/${nodeName(node)}`;
}

/** Where a node opens in the Explorer. */
export function explorerHref(id: string): string {
  return `/graph?select=${encodeURIComponent(id)}`;
}

/** Where what a node reaches is laid out for responders. */
export function respondHref(id: string): string {
  return `/respond?from=${encodeURIComponent(id)}`;
}
