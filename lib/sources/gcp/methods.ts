/** What a method of Google Cloud's REST APIs gives and needs. */
export interface GcpMethod {
  /** In the field's words, for gaps. */
  readonly what: string;
  readonly permission: string;
  /** A predefined role that has the permission and changes nothing. */
  readonly role: string;
}

/**
 * Every method that is called, by the name that the REST reference gives it; the first part is its host. All of them only read, and none of
 * them reads a secret's value. docs/gcp.md lists the permissions and is held against this table.
 * Source: the pages of the methods and https://cloud.google.com/iam/docs/roles-permissions.
 */
export const GCP_METHODS = {
  'cloudresourcemanager.v3.projects.get': { what: 'the project itself', permission: 'resourcemanager.projects.get', role: 'roles/browser' },
  'cloudresourcemanager.v3.projects.getIamPolicy': {
    what: 'allow policy of the project',
    permission: 'resourcemanager.projects.getIamPolicy',
    role: 'roles/browser',
  },
  'cloudresourcemanager.v3.folders.get': { what: 'the folder itself', permission: 'resourcemanager.folders.get', role: 'roles/browser' },
  'cloudresourcemanager.v3.folders.getIamPolicy': {
    what: 'allow policy of the folder',
    permission: 'resourcemanager.folders.getIamPolicy',
    role: 'roles/iam.securityReviewer',
  },
  'cloudresourcemanager.v3.organizations.getIamPolicy': {
    what: 'allow policy of the organisation',
    permission: 'resourcemanager.organizations.getIamPolicy',
    role: 'roles/iam.securityReviewer',
  },
  'iam.v1.projects.serviceAccounts.list': {
    what: 'service accounts',
    permission: 'iam.serviceAccounts.list',
    role: 'roles/iam.securityReviewer',
  },
  'iam.v1.projects.serviceAccounts.getIamPolicy': {
    what: 'allow policies of service accounts',
    permission: 'iam.serviceAccounts.getIamPolicy',
    role: 'roles/iam.securityReviewer',
  },
  'iam.v1.projects.roles.list': { what: 'custom roles', permission: 'iam.roles.list', role: 'roles/iam.roleViewer' },
  'iam.v1.projects.roles.get': { what: 'permissions of custom roles', permission: 'iam.roles.get', role: 'roles/iam.roleViewer' },
  'iam.v1.organizations.roles.get': {
    what: 'permissions of custom roles',
    permission: 'iam.roles.get',
    role: 'roles/iam.organizationRoleViewer',
  },
  'iam.v1.roles.get': { what: 'permissions of predefined roles', permission: 'iam.roles.get', role: 'roles/iam.roleViewer' },
  'iam.v2.policies.denypolicies.list': { what: 'deny policies', permission: 'iam.denypolicies.list', role: 'roles/iam.denyReviewer' },
  'iam.v2.policies.denypolicies.get': {
    what: 'rules of deny policies',
    permission: 'iam.denypolicies.get',
    role: 'roles/iam.denyReviewer',
  },
  'iam.v1.projects.locations.workloadIdentityPools.list': {
    what: 'workload identity pools',
    permission: 'iam.workloadIdentityPools.list',
    role: 'roles/iam.workloadIdentityPoolViewer',
  },
  'iam.v1.projects.locations.workloadIdentityPools.providers.list': {
    what: 'providers of workload identity pools',
    permission: 'iam.workloadIdentityPoolProviders.list',
    role: 'roles/iam.workloadIdentityPoolViewer',
  },
  'container.v1.projects.locations.clusters.list': {
    what: 'GKE clusters',
    permission: 'container.clusters.list',
    role: 'roles/container.clusterViewer',
  },
  'storage.v1.buckets.list': { what: 'buckets', permission: 'storage.buckets.list', role: 'roles/iam.securityReviewer' },
  'storage.v1.buckets.getIamPolicy': {
    what: 'allow policies of buckets',
    permission: 'storage.buckets.getIamPolicy',
    role: 'roles/iam.securityReviewer',
  },
  'secretmanager.v1.projects.secrets.list': {
    what: 'names of secrets',
    permission: 'secretmanager.secrets.list',
    role: 'roles/iam.securityReviewer',
  },
  'secretmanager.v1.projects.secrets.getIamPolicy': {
    what: 'allow policies of secrets',
    permission: 'secretmanager.secrets.getIamPolicy',
    role: 'roles/iam.securityReviewer',
  },
} as const satisfies Readonly<Record<string, GcpMethod>>;

export type GcpMethodName = keyof typeof GCP_METHODS;
