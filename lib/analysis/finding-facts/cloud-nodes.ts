import type { CloudProvider } from '../../access/cloud/link.ts';
import { nodeId } from '../../graph/node-id.ts';
import type { FindingWorld } from './world.ts';

/** The node of the identity that a link leads to; undefined where the graph has none. */
export function identityNode({ graph }: FindingWorld, provider: CloudProvider, identity: string): number | undefined {
  if (provider === 'aws') return graph.nodes.indexOf(nodeId('aws-role', identity));
  if (provider === 'gcp') return graph.nodes.indexOf(nodeId('gcp-service-account', identity));
  return graph.nodes.indexOf(nodeId('azure-identity', identity)) ?? graph.nodes.indexOf(nodeId('azure-identity', identity.toLowerCase()));
}

/** What an identity is called in findings: `AwsRole`, as its evidence calls it. */
export const IDENTITY_KIND: Readonly<Record<CloudProvider, string>> = {
  aws: 'AwsRole',
  gcp: 'GcpServiceAccount',
  azure: 'AzureIdentity',
};
