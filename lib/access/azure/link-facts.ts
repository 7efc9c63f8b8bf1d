import type { AzureFederatedCredential, AzureIdentity } from '../../inventory/azure.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import type { Truth } from '../aws/truth.ts';
import type { CloudLinkMethod } from '../cloud/link.ts';
import { type AzureIndex, indexAzure } from './azure-index.ts';
import { aksClusterOf, hasWebhook, type Injection, injections, webhookAudience } from './injection.ts';

/** What the links of one inventory are made of, worked out once. */
export interface LinkFacts {
  readonly index: AzureIndex;
  /** Issuer of the cluster's tokens; undefined: nothing says. */
  readonly issuer: string | undefined;
  /** Audience of the tokens that the webhook projects. */
  readonly audience: string;
  readonly method: CloudLinkMethod;
  /** Tenant of the AKS cluster, which the webhook sets where no annotation does. */
  readonly tenantId: string | undefined;
  readonly webhook: Truth;
  readonly injections: ReadonlyMap<string, Injection>;
  /** Whether pods were not all read, so that none says nothing. */
  readonly podsUnread: boolean;
  /** Lower-case `resourceId` → its credentials. */
  readonly credentials: ReadonlyMap<string, readonly AzureFederatedCredential[]>;
  readonly credentialsRead: ReadonlySet<string>;
  readonly ownerOf: (credential: AzureFederatedCredential) => AzureIdentity | undefined;
}

/** Indexes what links need. A token of a cluster that is not AKS comes to Entra by federation as well. */
export function linkFacts(inventory: Inventory): LinkFacts {
  const index = indexAzure(inventory);
  const aks = aksClusterOf(inventory);
  const issuer = inventory.cluster.issuer ?? aks?.issuer;
  const audience = webhookAudience(inventory);
  let known: ReadonlyMap<string, Injection> | undefined;
  return {
    index,
    issuer,
    audience,
    method: aks === undefined ? 'federation' : 'aks',
    tenantId: aks?.tenantId,
    webhook: hasWebhook(inventory),
    // Goes through all pods, and most clusters have no account that asks.
    get injections() {
      known ??= injections(inventory.kubernetes.pods, audience);
      return known;
    },
    podsUnread: isUnread(inventory, 'pods'),
    credentials: Map.groupBy(inventory.azure.federatedCredentials, ({ identity }) => identity.toLowerCase()),
    credentialsRead: new Set(inventory.azure.credentialsRead.map((id) => id.toLowerCase())),
    ownerOf: ({ identity }) => index.identities.get(identity.toLowerCase()),
  };
}
