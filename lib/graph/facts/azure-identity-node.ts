import { nodeId } from '../node-id.ts';
import type { NodeTableBuilder } from '../table-builder.ts';

/**
 * The node of an Azure identity: its id is the client id, which annotations and links know it by; its name is what people call it, where
 * the identity was read.
 */
export function azureIdentityNode(nodes: NodeTableBuilder, clientId: string, identity: { readonly name?: string } | undefined): number {
  return nodes.internAs(nodeId('azure-identity', clientId), { kind: 'azure-identity', name: identity?.name ?? clientId, record: identity });
}
