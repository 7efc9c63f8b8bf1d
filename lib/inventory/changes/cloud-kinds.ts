import type { AwsInventory } from '../aws.ts';
import type { AzureInventory } from '../azure.ts';
import type { GcpInventory } from '../gcp.ts';

/** What the inventory knows of clouds. */
export interface CloudRecords {
  readonly aws: AwsInventory;
  readonly gcp: GcpInventory;
  readonly azure: AzureInventory;
}

/** A kind of record of a cloud, as a change names it: `{kind: PodIdentityAssociation, name: ARN}`. */
export interface CloudKind {
  readonly kind: string;
  readonly cloud: keyof CloudRecords;
  readonly list: string;
  /** The field that names it. */
  readonly key: string;
  /** Fields that some answers leave out: they stay as they were read. */
  readonly kept: readonly string[];
}

type Row = readonly [kind: string, list: string, key: string, ...kept: readonly string[]];

const AWS: readonly Row[] = [
  ['IamRole', 'roles', 'arn'],
  ['IamUser', 'users', 'arn'],
  ['IamGroup', 'groups', 'arn'],
  ['IamPolicy', 'managedPolicies', 'arn'],
  ['OidcProvider', 'oidcProviders', 'arn', 'clientIds'],
  ['EksCluster', 'eksClusters', 'arn'],
  ['PodIdentityAssociation', 'podIdentityAssociations', 'arn'],
  ['Nodegroup', 'nodegroups', 'arn'],
  ['EksAddon', 'addons', 'arn'],
  ['AccessEntry', 'accessEntries', 'arn', 'policies'],
  ['InstanceProfile', 'instanceProfiles', 'arn'],
  ['Ec2Instance', 'instances', 'id'],
  ['ResourcePolicy', 'resourcePolicies', 'arn', 'account'],
  ['EcrRepository', 'repositories', 'arn'],
];

const GCP: readonly Row[] = [
  ['GcpProject', 'projects', 'id'],
  ['GcpFolder', 'folders', 'name'],
  ['GcpServiceAccount', 'serviceAccounts', 'email'],
  ['GcpPolicy', 'policies', 'resource', 'project'],
  ['GcpDenyPolicy', 'denyPolicies', 'name', 'rules'],
  ['GcpRole', 'roles', 'name', 'permissions'],
  ['GkeCluster', 'clusters', 'selfLink'],
  ['WorkloadIdentityProvider', 'poolProviders', 'name'],
];

const AZURE: readonly Row[] = [
  ['ManagedIdentity', 'identities', 'resourceId', 'principalId'],
  ['ServicePrincipal', 'servicePrincipals', 'id'],
  ['FederatedCredential', 'federatedCredentials', 'id'],
  ['RoleDefinition', 'roleDefinitions', 'id'],
  ['RoleAssignment', 'roleAssignments', 'id', 'listedFor'],
  ['DenyAssignment', 'denyAssignments', 'id', 'listedFor'],
  ['AksCluster', 'clusters', 'id'],
];

const kindsOf = (cloud: keyof CloudRecords, rows: readonly Row[]): CloudKind[] =>
  rows.map(([kind, list, key, ...kept]) => ({ kind, cloud, list, key, kept }));

/** Every kind of record of a cloud that a change can replace or delete. */
export const CLOUD_KINDS: readonly CloudKind[] = [...kindsOf('aws', AWS), ...kindsOf('gcp', GCP), ...kindsOf('azure', AZURE)];

/** The kind of that name; whoever gives an API version means an object of Kubernetes, of which some are called the same. */
export function cloudKind(kind: string, apiVersion: string | undefined): CloudKind | undefined {
  return apiVersion === undefined ? CLOUD_KINDS.find((one) => one.kind === kind) : undefined;
}

/** A record of a cloud: each has the field that its kind names. */
export type CloudRecord = Readonly<Record<string, unknown>>;

export const recordsOf = (world: CloudRecords, { cloud, list }: CloudKind): readonly CloudRecord[] =>
  (world[cloud] as unknown as Readonly<Record<string, readonly CloudRecord[]>>)[list] ?? [];

/** What names a record. Ids of Azure compare without regard to case. */
export function nameIn(record: CloudRecord, { cloud, key }: CloudKind): string {
  const name = String(record[key]);
  return cloud === 'azure' ? name.toLowerCase() : name;
}
