import type { NodeKind } from '../../graph/kinds.ts';
import type { AwsUser } from '../../inventory/aws.ts';
import type { AzureIdentity, AzureRoleAssignment, AzureRoleDefinition } from '../../inventory/azure.ts';
import type { GcpBinding, GcpPolicy, GcpServiceAccount } from '../../inventory/gcp.ts';

/** Name, value, and the id of the node that the value means. */
export type PropertyRow = readonly [name: string, value: string | undefined, id?: string];

const MOST_MEMBERS = 20;

const some = (items: readonly string[]): string =>
  items.length > MOST_MEMBERS ? `${items.slice(0, MOST_MEMBERS).join(', ')} and ${items.length - MOST_MEMBERS} more` : items.join(', ');

type GoogleGrant = { readonly policy: GcpPolicy; readonly binding: GcpBinding };
type AzureGrant = { readonly assignment: AzureRoleAssignment; readonly role?: { readonly definition: AzureRoleDefinition } };

/** What a cloud said, where the record behind a node holds more than that: whole policies, or what they were compiled to. */
export const CLOUD_OBJECTS: Partial<Record<NodeKind, (record: never) => unknown>> = {
  'gcp-grant': ({ policy, binding }: GoogleGrant) => ({ resource: policy.resource, binding }),
  'azure-grant': ({ assignment, role }: AzureGrant) => ({ assignment, ...(role === undefined ? {} : { roleDefinition: role.definition }) }),
};

/** What is worth a line about nodes of Google Cloud, Azure and AWS users. Each gets the record that its technique put behind the node. */
export const CLOUD_ROWS: Partial<Record<NodeKind, (record: never) => readonly PropertyRow[]>> = {
  'aws-user': (user: AwsUser) => [
    ['Account', user.account],
    ['Groups', user.groups.join(', ')],
    ['Permissions boundary', user.permissionsBoundary],
    ['Attached policies', user.attachedPolicies.join(', ')],
    ['Inline policies', user.inlinePolicies.map(({ name }) => name).join(', ')],
  ],
  'gcp-service-account': (account: GcpServiceAccount) => [
    ['Email', account.email],
    ['Project', account.project],
    ['Unique id', account.uniqueId],
    ['Disabled', account.disabled ? 'yes: it gets no tokens' : 'no'],
  ],
  'gcp-grant': ({ policy, binding }: GoogleGrant) => [
    ['Role', binding.role],
    ['Resource', policy.resource],
    ['Condition', binding.condition === undefined ? undefined : binding.condition.expression],
    ['Members', some(binding.members)],
  ],
  'azure-identity': (identity: AzureIdentity) => [
    ['Name', identity.name],
    ['Kind', identity.kind === 'application' ? 'Entra application' : 'managed identity'],
    ['Client id', identity.clientId],
    ['Object id', identity.principalId],
    ['Tenant', identity.tenantId],
    ['Resource', identity.resourceId],
  ],
  'azure-grant': ({ assignment, role }: AzureGrant) => [
    ['Role', role?.definition.roleName ?? assignment.roleDefinitionId],
    ['Scope', assignment.scope],
    ['Condition', assignment.condition],
  ],
};
