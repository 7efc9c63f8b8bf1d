import type { NodeKind } from '../kinds.ts';
import type { NodeId } from '../model.ts';
import { EVERYWHERE, ID_PREFIX } from '../node-id.ts';
import type { Facts } from './facts.ts';

/** Kinds of node that stand for all objects of a kind, so that no edge is drawn per subject and object. */
export type Everything = Extract<
  NodeKind,
  'all-pods' | 'all-secrets' | 'all-service-accounts' | 'all-nodes' | 'all-users' | 'all-groups' | 'namespace-admin' | 'all-traffic'
>;

/** The number of the node that stands for all of a kind in a namespace (empty: everywhere). */
export function everything(facts: Facts, kind: Everything, scope: string): number {
  const where = scope === '' ? EVERYWHERE : scope;
  return facts.nodes.internAs(`${ID_PREFIX[kind]}:${where}` as NodeId, { kind, name: where, namespace: where === EVERYWHERE ? '' : where });
}

/**
 * Whether a namespace (empty: the cluster) has anything of the kind, so that no edge leads to nothing: pods only while they
 * live, and secrets also where they could not be read, for there absence says nothing.
 */
export function hasAny(facts: Facts, kind: 'all-pods' | 'all-secrets' | 'all-service-accounts', scope: string): boolean {
  const namespaces: ReadonlySet<string> | ReadonlyMap<string, unknown> = {
    'all-pods': facts.pods.liveNamespaces,
    'all-secrets': facts.secretsByNamespace,
    'all-service-accounts': facts.accountsByNamespace,
  }[kind];
  const everywhere = scope === '' || scope === EVERYWHERE;
  if (kind === 'all-secrets' && facts.secretsUnread(everywhere ? '' : scope)) return true;
  return everywhere ? namespaces.size > 0 : namespaces.has(scope);
}
