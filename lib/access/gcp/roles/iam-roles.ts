import { type NamedRoles, PROJECT_READS, partly, TOKENS, whole } from './role-parts.ts';

export const IAM_ROLES: NamedRoles = [
  [
    'roles/iam.workloadIdentityUser',
    whole(...['get', 'getAccessToken', 'getOpenIdToken', 'list'].map((verb) => `iam.serviceAccounts.${verb}`)),
  ],
  ['roles/iam.serviceAccountTokenCreator', whole(...TOKENS, 'iam.serviceAccounts.get', 'iam.serviceAccounts.list')],
  ['roles/iam.serviceAccountOpenIdTokenCreator', whole('iam.serviceAccounts.getOpenIdToken')],
  [
    'roles/iam.serviceAccountUser',
    whole('iam.serviceAccounts.actAs', 'iam.serviceAccounts.get', 'iam.serviceAccounts.list', ...PROJECT_READS),
  ],
  [
    'roles/iam.serviceAccountKeyAdmin',
    whole('iam.serviceAccountKeys.*', 'iam.serviceAccounts.get', 'iam.serviceAccounts.list', ...PROJECT_READS),
  ],
  [
    'roles/iam.serviceAccountAdmin',
    whole(
      ...['create', 'delete', 'disable', 'enable', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'undelete', 'update'].map(
        (verb) => `iam.serviceAccounts.${verb}`,
      ),
      'iam.serviceAccountApiKeyBindings.*',
      'iam.serviceAccounts.createTagBinding',
      'iam.serviceAccounts.deleteTagBinding',
      'iam.serviceAccounts.listEffectiveTags',
      'iam.serviceAccounts.listTagBindings',
      ...PROJECT_READS,
    ),
  ],
  [
    'roles/iam.securityAdmin',
    partly(
      ['*.*.setIamPolicy', '*.*.getIamPolicy', '*.*.list'],
      [...TOKENS, 'iam.serviceAccounts.actAs', 'iam.serviceAccountKeys.create', '*.*.create', '*.*.access'],
    ),
  ],
  [
    'roles/iam.securityReviewer',
    partly(
      ['*.*.getIamPolicy', '*.*.list'],
      [...TOKENS, 'iam.serviceAccounts.actAs', '*.*.setIamPolicy', '*.*.create', '*.*.update', '*.*.access', 'storage.objects.get'],
    ),
  ],
  ['roles/iam.roleAdmin', whole('iam.roles.*', 'resourcemanager.projects.get', 'resourcemanager.projects.getIamPolicy')],
  [
    'roles/resourcemanager.projectIamAdmin',
    whole('resourcemanager.projects.get', 'resourcemanager.projects.getIamPolicy', 'resourcemanager.projects.setIamPolicy'),
  ],
  ['roles/resourcemanager.folderViewer', whole('resourcemanager.folders.get', 'resourcemanager.folders.list', ...PROJECT_READS)],
  [
    'roles/resourcemanager.folderAdmin',
    partly(
      [
        'resourcemanager.folders.*',
        'resourcemanager.projects.get',
        'resourcemanager.projects.list',
        'resourcemanager.projects.getIamPolicy',
        'resourcemanager.projects.setIamPolicy',
      ],
      [...TOKENS, 'iam.*', 'compute.*', 'container.*', 'storage.*', 'secretmanager.*'],
    ),
  ],
  [
    'roles/resourcemanager.organizationAdmin',
    partly(
      ['setIamPolicy', 'getIamPolicy', 'get'].flatMap((verb) =>
        ['organizations', 'folders', 'projects'].map((kind) => `resourcemanager.${kind}.${verb}`),
      ),
      [...TOKENS, 'iam.serviceAccounts.*', 'iam.serviceAccountKeys.*', 'compute.*', 'container.*', 'storage.objects.*', 'secretmanager.*'],
    ),
  ],
];
