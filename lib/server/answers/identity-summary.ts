import type { CloudLink, CloudProvider } from '../../access/cloud/link.ts';
import type { IdentitySummary } from '../../api/identities-contract.ts';
import type { NodeKind } from '../../graph/kinds.ts';
import { nodeId } from '../../graph/node-id.ts';
import type { AzureIdentity } from '../../inventory/azure.ts';
import type { Dataset } from '../dataset.ts';
import { linkWorld } from './cloud-links.ts';

/** Kind of the node that stands for an identity of a cloud. */
export const IDENTITY_KINDS = {
  aws: 'aws-role',
  gcp: 'gcp-service-account',
  azure: 'azure-identity',
} as const satisfies Record<CloudProvider, NodeKind>;

/** Which cloud a name belongs to: ARNs and emails tell themselves apart, everything else is a client id. */
function providerOf(identity: string): CloudProvider {
  if (identity.startsWith('arn:') || identity.includes(':role/')) return 'aws';
  if (identity.includes('@') || identity.startsWith('principal')) return 'gcp';
  return /^[0-9a-f-]{8,64}$/i.test(identity) ? 'azure' : 'aws';
}

interface Words {
  readonly label: string;
  readonly home: string;
}

function awsWords(arn: string): Words {
  const parts = arn.split(':');
  return { label: arn.slice(arn.lastIndexOf('/') + 1), home: parts[4] ?? '' };
}

function googleWords(email: string): Words {
  const at = email.indexOf('@');
  if (at === -1) return { label: email.slice(email.lastIndexOf('/') + 1), home: '' };
  return { label: email.slice(0, at), home: email.slice(at + 1).replace(/\.iam\.gserviceaccount\.com$/, '') };
}

const azureNames = new WeakMap<Dataset, Map<string, AzureIdentity>>();

/** The Azure identity with this client id, case aside. */
export function azureIdentityOf(data: Dataset, clientId: string): AzureIdentity | undefined {
  let names = azureNames.get(data);
  if (names === undefined) {
    names = new Map(data.inventory.azure.identities.map((identity) => [identity.clientId.toLowerCase(), identity]));
    azureNames.set(data, names);
  }
  return names.get(clientId.toLowerCase());
}

function azureWords(data: Dataset, clientId: string): Words {
  const identity = azureIdentityOf(data, clientId);
  if (identity === undefined) return { label: clientId, home: '' };
  return { label: identity.name, home: /\/resourceGroups\/([^/]{1,90})/i.exec(identity.resourceId)?.[1] ?? 'Entra application' };
}

const providers = new WeakMap<Dataset, Map<string, CloudLink['provider']>>();

/** The cloud of a linked identity, as its link says; what no link names is told by its form. */
function linkedProvider(data: Dataset, identity: string): CloudProvider {
  let known = providers.get(data);
  if (known === undefined) {
    known = new Map(linkWorld(data).links.map((link) => [link.identity, link.provider]));
    providers.set(data, known);
  }
  return known.get(identity) ?? providerOf(identity);
}

/** An identity as a column is headed with it. */
export function identitySummary(data: Dataset, identity: string): IdentitySummary {
  const provider = linkedProvider(data, identity);
  const words = provider === 'aws' ? awsWords(identity) : provider === 'gcp' ? googleWords(identity) : azureWords(data, identity);
  const node = nodeId(IDENTITY_KINDS[provider], identity);
  const { admits, open } = linkWorld(data);
  return {
    identity,
    provider,
    ...words,
    ...(data.graph.nodes.indexOf(node) === undefined ? {} : { node }),
    admits: admits.get(identity) ?? 0,
    open: open.has(identity),
  };
}
