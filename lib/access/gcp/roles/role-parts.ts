/** What Google's own role is known to hold. `*` as in ../permission-pattern.ts. */
export interface PredefinedRole {
  readonly holds: readonly string[];
  readonly lacks: readonly string[];
  /** Neither held nor lacking: not known (`open`), or lacking because the list is whole. */
  readonly rest: 'open' | 'lacks';
}

/** Roles with their names. */
export type NamedRoles = readonly (readonly [string, PredefinedRole])[];

/** The list is whole. */
export const whole = (...holds: readonly string[]): PredefinedRole => ({ holds, lacks: [], rest: 'lacks' });
/** Only what matters here is listed. */
export const partly = (holds: readonly string[], lacks: readonly string[]): PredefinedRole => ({ holds, lacks, rest: 'open' });

/** What only the Token Creator and its like hold; not even owners do. */
export const TOKENS = [
  'iam.serviceAccounts.getAccessToken',
  'iam.serviceAccounts.getOpenIdToken',
  'iam.serviceAccounts.implicitDelegation',
  'iam.serviceAccounts.signBlob',
  'iam.serviceAccounts.signJwt',
];
export const OBJECTS = ['storage.objects.*', 'storage.multipartUploads.*', 'storage.managedFolders.*'];
export const IAM_WRITES = [
  'iam.serviceAccounts.setIamPolicy',
  'resourcemanager.projects.setIamPolicy',
  'resourcemanager.folders.setIamPolicy',
  'resourcemanager.organizations.setIamPolicy',
  'iam.roles.create',
  'iam.roles.update',
];
export const RBAC_WRITES = ['roles', 'clusterRoles', 'roleBindings', 'clusterRoleBindings'].flatMap((kind) =>
  ['create', 'update', 'delete', 'bind', 'escalate'].map((verb) => `container.${kind}.${verb}`),
);
export const PROJECT_READS = ['resourcemanager.projects.get', 'resourcemanager.projects.list'];
export const RUNNERS = [
  'cloudfunctions.*',
  'run.*',
  'cloudbuild.*',
  'dataflow.*',
  'dataproc.*',
  'deploymentmanager.*',
  'workflows.*',
  'cloudscheduler.*',
];
export const DATA = ['bigquery.*', 'pubsub.*', 'cloudsql.*', 'spanner.*', 'datastore.*', 'logging.*', 'monitoring.*', 'artifactregistry.*'];
export const OBJECT_READS = ['storage.objects.get', 'storage.objects.list', 'storage.folders.get', 'storage.folders.list'];
export const OBJECT_WRITES = [
  ...['create', 'delete', 'get', 'list', 'move', 'restore', 'update'].map((verb) => `storage.objects.${verb}`),
  'storage.folders.*',
  'storage.managedFolders.create',
  'storage.managedFolders.delete',
  'storage.managedFolders.get',
  'storage.managedFolders.list',
  'storage.multipartUploads.*',
];
