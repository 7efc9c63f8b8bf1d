import type { ActionCatalog } from '../../access/aws/action-catalog.ts';
import type { CloudProvider } from '../../access/cloud/link.ts';
import type { IdentityDetail } from '../../api/identities-contract.ts';
import { iamActions } from '../../catalog/iam-actions.ts';
import { findNode } from '../../graph/read.ts';
import type { AwsRole } from '../../inventory/aws.ts';
import type { GcpServiceAccount } from '../../inventory/gcp.ts';
import type { Dataset } from '../dataset.ts';
import { Refused } from '../problem.ts';
import { assumersOf } from './assumers.ts';
import { linkWorld } from './cloud-links.ts';
import { azureIdentityOf, IDENTITY_KINDS, identitySummary } from './identity-summary.ts';
import { awsPermissions } from './permissions/aws.ts';
import { azureGrants } from './permissions/azure.ts';
import { googleGrants } from './permissions/google.ts';
import { serviceTable } from './permissions/service-table.ts';

const KINDS = new Set<string>(Object.values(IDENTITY_KINDS));

/** The identity that an id means: a node's, or an ARN, email or client id that a link or a record has. */
function identityOf(data: Dataset, id: string): string {
  const node = findNode(data.graph, id);
  if (node !== undefined && KINDS.has(data.graph.nodes.kinds[node] as string))
    return (data.graph.nodes.ids[node] as string).slice((data.graph.nodes.ids[node] as string).indexOf(':') + 1);
  if (linkWorld(data).links.some(({ identity }) => identity === id) || recordOf(data, id) !== undefined) return id;
  throw new Refused(404, 'No such identity', `\`${id}\` is no cloud identity in the data; name one by its ARN, email or client id`);
}

function recordOf({ inventory, ...data }: Dataset, identity: string): object | undefined {
  return (
    inventory.aws.roles.find(({ arn }) => arn === identity) ??
    inventory.gcp.serviceAccounts.find(({ email }) => email === identity) ??
    azureIdentityOf({ inventory, ...data }, identity)
  );
}

/** What a cloud identity may do, and who may act as it; reads the list of AWS's actions the first time it needs them. */
export async function identityAnswer(data: Dataset, { id }: { readonly id: string }): Promise<IdentityDetail> {
  const isAws = identitySummary(data, identityOf(data, id)).provider === 'aws';
  return identityDetail(data, id, isAws ? await iamActions() : { services: [] });
}

/** The same with AWS's actions at hand. */
export function identityDetail(data: Dataset, id: string, catalog: ActionCatalog): IdentityDetail {
  const identity = identityOf(data, id);
  const summary = identitySummary(data, identity);
  const { note, ...permissions } = permissionsOf(data, { provider: summary.provider, identity, catalog });
  return {
    ...summary,
    properties: propertiesOf(data, summary.provider, identity),
    warnings: warningsOf(data, identity),
    permissions,
    ...(note === undefined ? {} : { permissionsNote: note }),
    assumedBy: assumersOf(data, summary.provider, identity),
  };
}

type Permissions = IdentityDetail['permissions'] & { readonly note?: string };

interface Asked {
  readonly provider: CloudProvider;
  readonly identity: string;
  readonly catalog: ActionCatalog;
}

function permissionsOf(data: Dataset, { provider, identity, catalog }: Asked): Permissions {
  const { aws, gcp, azure } = data.inventory;
  if (provider === 'gcp') return serviceTable(googleGrants(gcp, identity));
  if (provider === 'azure') {
    const principal = azureIdentityOf(data, identity)?.principalId;
    if (principal === undefined)
      return { total: 0, items: [], note: 'Its object id was not read, so its role assignments cannot be told.' };
    return serviceTable(azureGrants(azure, principal));
  }
  const role = aws.roles.find(({ arn }) => arn === identity);
  if (role === undefined) return { total: 0, items: [], note: 'The role was not read.' };
  return awsPermissions(data, role, catalog);
}

function propertiesOf(data: Dataset, provider: CloudProvider, identity: string): IdentityDetail['properties'] {
  const { aws, gcp } = data.inventory;
  const rows: readonly (readonly [string, string | undefined])[] =
    provider === 'aws'
      ? awsRows(aws.roles.find(({ arn }) => arn === identity))
      : provider === 'gcp'
        ? googleRows(gcp.serviceAccounts.find(({ email }) => email === identity))
        : azureRows(azureIdentityOf(data, identity));
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]));
}

const awsRows = (role: AwsRole | undefined): readonly (readonly [string, string | undefined])[] => [
  ['Account', role?.account],
  ['Permissions boundary', role?.permissionsBoundary],
  ['Attached policies', role?.attachedPolicies.join(', ')],
  ['Inline policies', role?.inlinePolicies.map(({ name }) => name).join(', ')],
];

const googleRows = (account: GcpServiceAccount | undefined): readonly (readonly [string, string | undefined])[] => [
  ['Project', account?.project],
  ['Unique id', account?.uniqueId],
  ['Disabled', account?.disabled === true ? 'yes' : undefined],
];

const azureRows = (identity: ReturnType<typeof azureIdentityOf>): readonly (readonly [string, string | undefined])[] => [
  ['Kind', identity === undefined ? undefined : identity.kind === 'application' ? 'Entra application' : 'managed identity'],
  ['Client id', identity?.clientId],
  ['Object id', identity?.principalId],
  ['Tenant', identity?.tenantId],
  ['Resource', identity?.resourceId],
];

/** What a reader has to know first: open to the whole cluster, and why the identity does not tell its callers apart. */
function warningsOf(data: Dataset, identity: string): IdentityDetail['warnings'] {
  const { open, admits, links, diagnosis } = linkWorld(data);
  if (!open.has(identity)) return [];
  const count = admits.get(identity) ?? 0;
  const all = diagnosis.accounts.size;
  const why =
    links.find((link) => link.identity === identity && link.state === 'possible') ?? links.find((link) => link.identity === identity);
  const who = count >= all ? 'Any service account of this cluster' : `${count} of ${all} service accounts of this cluster`;
  return [
    { code: why?.code ?? 'open', says: `${who} can act as it. ${(why?.reason ?? '').replace(/ No annotation points .*$/, '')}`.trim() },
  ];
}
