import type { NodeSummary } from '../../lib/api/contract.ts';

/** `namespace/name`, or the name alone. */
export function qualifiedName(node: Pick<NodeSummary, 'name' | 'namespace'>): string {
  return node.namespace === undefined ? node.name : `${node.namespace}/${node.name}`;
}

/** Where a node opens in the Explorer. */
export function explorerHref(id: string): string {
  return `/graph?select=${encodeURIComponent(id)}`;
}

/** Where what a node reaches is laid out for responders. */
export function respondHref(id: string): string {
  return `/respond?from=${encodeURIComponent(id)}`;
}
