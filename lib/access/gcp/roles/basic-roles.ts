import { DATA, IAM_WRITES, type NamedRoles, OBJECTS, PROJECT_READS, partly, RBAC_WRITES, RUNNERS, TOKENS, whole } from './role-parts.ts';

/** Basic roles; only families that matter here are listed. An owner reads no object by this role: buckets have conveniences for it. */
export const BASIC_ROLES: NamedRoles = [
  [
    'roles/owner',
    partly(
      [
        ...['actAs', 'create', 'delete', 'disable', 'enable', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'undelete', 'update'].map(
          (verb) => `iam.serviceAccounts.${verb}`,
        ),
        'iam.serviceAccountKeys.*',
        'iam.roles.*',
        'resourcemanager.projects.*',
        'secretmanager.*',
        'compute.*',
        'container.*',
        ...RUNNERS,
        ...DATA,
        'storage.buckets.create',
        'storage.buckets.delete',
        'storage.buckets.list',
        'storage.hmacKeys.*',
      ],
      [
        ...TOKENS,
        ...OBJECTS,
        'storage.buckets.get',
        'storage.buckets.getIamPolicy',
        'storage.buckets.setIamPolicy',
        'storage.buckets.update',
        'resourcemanager.folders.*',
        'resourcemanager.organizations.*',
      ],
    ),
  ],
  [
    'roles/editor',
    partly(
      [
        ...['actAs', 'create', 'delete', 'disable', 'enable', 'get', 'getIamPolicy', 'list', 'update'].map(
          (verb) => `iam.serviceAccounts.${verb}`,
        ),
        'iam.serviceAccountKeys.*',
        ...PROJECT_READS,
        ...['create', 'update', 'delete', 'get', 'list', 'start', 'stop', 'setMetadata', 'setServiceAccount', 'osLogin'].map(
          (verb) => `compute.instances.${verb}`,
        ),
        'compute.disks.create',
        'compute.subnetworks.use',
        'compute.projects.setCommonInstanceMetadata',
        'container.clusters.*',
        ...['pods', 'secrets', 'deployments', 'daemonSets', 'statefulSets', 'jobs', 'cronJobs', 'nodes'].flatMap((kind) =>
          ['create', 'update', 'delete', 'get', 'list'].map((verb) => `container.${kind}.${verb}`),
        ),
        'container.pods.exec',
        'container.serviceAccounts.createToken',
        ...RUNNERS.map((service) => service.replace('*', '*.create')),
        'storage.buckets.create',
        'storage.buckets.delete',
        'storage.buckets.list',
      ],
      [
        ...TOKENS,
        ...OBJECTS,
        ...IAM_WRITES,
        ...RBAC_WRITES,
        '*.*.setIamPolicy',
        'secretmanager.versions.access',
        'storage.buckets.get',
        'storage.buckets.update',
        'resourcemanager.folders.*',
        'resourcemanager.organizations.*',
      ],
    ),
  ],
  [
    'roles/viewer',
    partly(
      [
        'iam.serviceAccounts.get',
        'iam.serviceAccounts.list',
        'resourcemanager.projects.get',
        'container.clusters.get',
        'storage.buckets.list',
      ],
      [
        ...TOKENS,
        ...OBJECTS,
        ...RBAC_WRITES,
        '*.*.setIamPolicy',
        '*.*.create',
        '*.*.update',
        '*.*.delete',
        'iam.serviceAccounts.actAs',
        'secretmanager.versions.access',
        'container.secrets.*',
        'container.pods.exec',
        'container.serviceAccounts.createToken',
        'resourcemanager.folders.*',
        'resourcemanager.organizations.*',
      ],
    ),
  ],
  [
    'roles/browser',
    whole(
      'resourcemanager.folders.get',
      'resourcemanager.folders.list',
      'resourcemanager.organizations.get',
      ...PROJECT_READS,
      'resourcemanager.projects.getIamPolicy',
    ),
  ],
];
