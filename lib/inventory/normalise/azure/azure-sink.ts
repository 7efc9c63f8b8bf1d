import type {
  AksCluster,
  AzureDenyAssignment,
  AzureFederatedCredential,
  AzureIdentity,
  AzureRoleAssignment,
  AzureRoleDefinition,
  AzureServicePrincipal,
} from '../../azure.ts';
import type { Gap } from '../../gap.ts';
import type { AzureList, AzureOrigin } from './azure-origin.ts';

/** A gap before it has its id. */
export type AzureGap = Omit<Gap, 'id'>;

/** An application as Graph lists it; its service principal, which has its principal id, comes in another list. */
export type AzureApplication = Omit<AzureIdentity, 'principalId' | 'tenantId' | 'kind'>;

/** A credential whose answer does not say whose it is, with what its path says. */
export interface UnplacedCredential {
  readonly credential: Omit<AzureFederatedCredential, 'identity'>;
  /** Object id or client id of the application. */
  readonly owner: string;
  readonly file: string;
}

/** One page of a list. */
export interface AzurePage {
  readonly list: AzureList;
  readonly origin: AzureOrigin;
  /** Whether the service says that there is more. */
  readonly more: boolean;
  /** Lower-case ids of the subscriptions that its items lie in. */
  readonly subscriptions: ReadonlySet<string>;
  /** `resourceId`s of the identities that its credentials belong to. */
  readonly owners: ReadonlySet<string>;
}

/** What the answers have said so far. Records that come twice are told apart by their ids, which Azure compares without regard to case. */
export interface AzureSink {
  identity(identity: AzureIdentity): void;
  application(application: AzureApplication): void;
  servicePrincipal(principal: AzureServicePrincipal): void;
  member(group: string, member: string): void;
  credential(credential: AzureFederatedCredential): void;
  unplacedCredential(credential: UnplacedCredential): void;
  roleDefinition(definition: AzureRoleDefinition): void;
  roleAssignment(assignment: AzureRoleAssignment): void;
  denyAssignment(assignment: AzureDenyAssignment): void;
  cluster(cluster: AksCluster): void;
  page(page: AzurePage): void;
  gap(gap: AzureGap): void;
}

/** Lower-case id of the subscription that a resource id lies in; undefined for what lies above subscriptions. */
export function subscriptionOf(resourceId: string): string | undefined {
  return /^\/subscriptions\/([0-9a-f-]{36})(?:\/|$)/i.exec(resourceId)?.[1]?.toLowerCase();
}
