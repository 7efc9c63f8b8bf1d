import { type NamedRoles, PROJECT_READS, partly, whole } from './role-parts.ts';

const TABLE_READS = [
  ...['get', 'getIamPolicy'].map((verb) => `bigquery.datasets.${verb}`),
  ...['createSnapshot', 'export', 'get', 'getData', 'getIamPolicy', 'list'].map((verb) => `bigquery.tables.${verb}`),
  ...['export', 'getData', 'getMetadata', 'list'].map((verb) => `bigquery.models.${verb}`),
  ...['get', 'list'].map((verb) => `bigquery.routines.${verb}`),
  ...PROJECT_READS,
];
const TABLE_WRITES = [
  'bigquery.datasets.create',
  ...['create', 'createIndex', 'delete', 'deleteIndex', 'restoreSnapshot', 'update', 'updateData'].map((verb) => `bigquery.tables.${verb}`),
  ...['create', 'delete', 'updateData', 'updateMetadata'].map((verb) => `bigquery.models.${verb}`),
  ...['create', 'delete', 'update'].map((verb) => `bigquery.routines.${verb}`),
];
const ELSEWHERE = ['iam.*', 'compute.*', 'container.*', 'storage.*', 'secretmanager.*', 'resourcemanager.projects.setIamPolicy'];

/** Roles of data stores that pods use. */
export const DATA_ROLES: NamedRoles = [
  [
    'roles/bigquery.dataViewer',
    partly(TABLE_READS, [...TABLE_WRITES, '*.*.setIamPolicy', '*.*.delete', '*.*.update', 'bigquery.jobs.*', ...ELSEWHERE]),
  ],
  [
    'roles/bigquery.dataEditor',
    partly([...TABLE_READS, ...TABLE_WRITES], ['*.*.setIamPolicy', 'bigquery.datasets.delete', 'bigquery.jobs.*', ...ELSEWHERE]),
  ],
  [
    'roles/bigquery.dataOwner',
    partly(
      ['bigquery.datasets.*', 'bigquery.tables.*', 'bigquery.models.*', 'bigquery.routines.*', ...PROJECT_READS],
      ['bigquery.jobs.*', ...ELSEWHERE],
    ),
  ],
  [
    'roles/bigquery.jobUser',
    partly(['bigquery.jobs.create', ...PROJECT_READS], ['bigquery.tables.*', 'bigquery.datasets.*', '*.*.setIamPolicy', ...ELSEWHERE]),
  ],
  [
    'roles/bigquery.user',
    partly(
      [
        'bigquery.jobs.create',
        'bigquery.jobs.list',
        ...['create', 'get', 'getIamPolicy'].map((verb) => `bigquery.datasets.${verb}`),
        'bigquery.tables.list',
        'bigquery.models.list',
        'bigquery.routines.list',
        ...PROJECT_READS,
      ],
      ['bigquery.tables.getData', 'bigquery.tables.updateData', 'bigquery.tables.delete', '*.*.setIamPolicy', ...ELSEWHERE],
    ),
  ],
  ['roles/cloudsql.client', partly(['cloudsql.instances.connect', 'cloudsql.instances.get'], ['*.*.setIamPolicy', ...ELSEWHERE])],
  [
    'roles/datastore.user',
    partly(
      [
        'datastore.entities.*',
        ...['databases', 'namespaces', 'statistics'].map((kind) => `datastore.${kind}.get`),
        'datastore.databases.getMetadata',
        ...['indexes', 'namespaces', 'statistics'].map((kind) => `datastore.${kind}.list`),
        ...PROJECT_READS,
      ],
      ['*.*.setIamPolicy', ...ELSEWHERE],
    ),
  ],
  ['roles/cloudkms.cryptoKeyDecrypter', keyUser('useToDecrypt')],
  ['roles/cloudkms.cryptoKeyEncrypter', keyUser('useToEncrypt')],
  ['roles/cloudkms.cryptoKeyEncrypterDecrypter', keyUser('useToDecrypt', 'useToEncrypt')],
  ['roles/cloudtrace.agent', whole('cloudtrace.traces.patch')],
];

function keyUser(...verbs: readonly string[]): ReturnType<typeof whole> {
  return whole(
    ...verbs.map((verb) => `cloudkms.cryptoKeyVersions.${verb}`),
    'cloudkms.locations.get',
    'cloudkms.locations.list',
    'resourcemanager.projects.get',
  );
}
