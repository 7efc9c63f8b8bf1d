import { type NamedRoles, OBJECT_READS, OBJECT_WRITES, PROJECT_READS, partly, whole } from './role-parts.ts';

export const SERVICE_ROLES: NamedRoles = [
  [
    'roles/compute.instanceAdmin.v1',
    partly(
      [
        'compute.instances.*',
        'compute.disks.*',
        'compute.instanceTemplates.*',
        'compute.subnetworks.use',
        'compute.projects.setCommonInstanceMetadata',
        ...PROJECT_READS,
      ],
      ['iam.*', 'container.*', 'storage.*', 'secretmanager.*', 'resourcemanager.projects.setIamPolicy'],
    ),
  ],
  [
    'roles/compute.admin',
    partly(
      ['compute.*', ...PROJECT_READS],
      ['iam.*', 'container.*', 'storage.*', 'secretmanager.*', 'resourcemanager.projects.setIamPolicy'],
    ),
  ],
  ['roles/secretmanager.secretAccessor', whole('secretmanager.versions.access', ...PROJECT_READS)],
  [
    'roles/secretmanager.viewer',
    whole(
      'secretmanager.secrets.get',
      'secretmanager.secrets.list',
      'secretmanager.secrets.getIamPolicy',
      'secretmanager.versions.get',
      'secretmanager.versions.list',
      'secretmanager.locations.*',
      ...PROJECT_READS,
    ),
  ],
  [
    'roles/secretmanager.admin',
    partly(
      ['secretmanager.*', ...PROJECT_READS],
      ['iam.*', 'compute.*', 'container.*', 'storage.*', 'resourcemanager.projects.setIamPolicy'],
    ),
  ],
  [
    'roles/storage.admin',
    partly(
      ['storage.*', 'firebase.projects.get', ...PROJECT_READS],
      ['iam.*', 'compute.*', 'container.*', 'secretmanager.*', 'resourcemanager.projects.setIamPolicy'],
    ),
  ],
  [
    'roles/storage.objectAdmin',
    partly(
      [...OBJECT_WRITES, 'storage.objects.*', 'storage.managedFolders.*', 'orgpolicy.policy.get', ...PROJECT_READS],
      ['storage.buckets.*', 'iam.*', 'compute.*', 'container.*', 'secretmanager.*', 'resourcemanager.projects.setIamPolicy'],
    ),
  ],
  ['roles/storage.objectUser', whole(...OBJECT_WRITES, 'orgpolicy.policy.get', ...PROJECT_READS)],
  ['roles/storage.objectViewer', whole(...OBJECT_READS, 'storage.managedFolders.get', 'storage.managedFolders.list', ...PROJECT_READS)],
  [
    'roles/storage.objectCreator',
    whole(
      'storage.objects.create',
      'storage.multipartUploads.create',
      'storage.multipartUploads.abort',
      'storage.multipartUploads.listParts',
      'storage.folders.create',
      'storage.managedFolders.create',
      'orgpolicy.policy.get',
      ...PROJECT_READS,
    ),
  ],
  [
    'roles/storage.legacyBucketOwner',
    whole(
      'storage.anywhereCaches.*',
      'storage.bucketOperations.*',
      ...[
        'createTagBinding',
        'deleteTagBinding',
        'enableObjectRetention',
        'get',
        'getIamPolicy',
        'getIpFilter',
        'listEffectiveTags',
        'listTagBindings',
        'restore',
        'setIamPolicy',
        'setIpFilter',
        'update',
      ].map((verb) => `storage.buckets.${verb}`),
      'storage.folders.*',
      'storage.managedFolders.*',
      'storage.multipartUploads.*',
      ...['create', 'delete', 'list', 'restore', 'setRetention'].map((verb) => `storage.objects.${verb}`),
    ),
  ],
  [
    'roles/storage.legacyBucketReader',
    whole(
      'storage.buckets.get',
      'storage.objects.list',
      'storage.multipartUploads.list',
      'storage.managedFolders.get',
      'storage.managedFolders.list',
      'storage.folders.get',
      'storage.folders.list',
    ),
  ],
  ['roles/storage.legacyObjectReader', whole('storage.objects.get')],
  ['roles/logging.logWriter', whole('logging.logEntries.create', 'logging.logEntries.route')],
  [
    'roles/monitoring.metricWriter',
    whole(
      'monitoring.metricDescriptors.create',
      'monitoring.metricDescriptors.get',
      'monitoring.metricDescriptors.list',
      'monitoring.monitoredResourceDescriptors.*',
      'monitoring.timeSeries.create',
    ),
  ],
  [
    'roles/artifactregistry.reader',
    partly(
      ['artifactregistry.*.get', 'artifactregistry.*.list', 'artifactregistry.repositories.downloadArtifacts'],
      [
        'artifactregistry.repositories.uploadArtifacts',
        '*.*.setIamPolicy',
        '*.*.create',
        '*.*.delete',
        'iam.*',
        'compute.*',
        'container.*',
        'storage.*',
        'secretmanager.*',
      ],
    ),
  ],
  [
    'roles/artifactregistry.writer',
    partly(
      [
        'artifactregistry.*.get',
        'artifactregistry.*.list',
        'artifactregistry.repositories.downloadArtifacts',
        'artifactregistry.repositories.uploadArtifacts',
      ],
      ['*.*.setIamPolicy', 'iam.*', 'compute.*', 'container.*', 'storage.*', 'secretmanager.*'],
    ),
  ],
  ['roles/pubsub.publisher', whole('pubsub.topics.publish')],
  ['roles/pubsub.subscriber', whole('pubsub.snapshots.seek', 'pubsub.subscriptions.consume', 'pubsub.topics.attachSubscription')],
];
