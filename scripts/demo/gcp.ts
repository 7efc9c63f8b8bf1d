import type { JsonObject } from './json.ts';
import { iamId, pick } from './naming.ts';
import { GCP_POOL, GCP_PROJECT, GCP_PROJECT_NUMBER, GCP_PROVIDER, gsa, ISSUER } from './other-clouds.ts';

interface Grant {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: JsonObject;
}

const subject = (namespace: string, name: string): string =>
  `principal://iam.googleapis.com/${GCP_POOL}/subject/system:serviceaccount:${namespace}:${name}`;
const account = (name: string): string => `serviceAccount:${gsa(name)}`;

/** Allow policies of the service accounts. */
const ACCOUNTS: ReadonlyMap<string, readonly Grant[]> = new Map<string, readonly Grant[]>([
  ['product-feed', [{ role: 'roles/iam.workloadIdentityUser', members: [subject('storefront', 'product-feed')] }]],
  // The feed's account may make tokens of the one that Terraform runs as, which owns the project.
  ['terraform', [{ role: 'roles/iam.serviceAccountTokenCreator', members: [account('product-feed')] }]],
  // Nobody made the pod that was to use it.
  ['basket-forecast', [{ role: 'roles/iam.workloadIdentityUser', members: [subject('storefront', 'recommendations')] }]],
  // A typing error: the namespace is `reports`.
  ['board-report', [{ role: 'roles/iam.workloadIdentityUser', members: [subject('report', 'dashboards')] }]],
]);

const PROJECT: readonly Grant[] = [
  { role: 'roles/owner', members: ['group:platform@fernwood.example', account('terraform')] },
  { role: 'roles/bigquery.dataEditor', members: [account('product-feed')] },
  { role: 'roles/bigquery.dataViewer', members: [account('basket-forecast'), account('board-report')] },
  // Straight to the service account of the cluster, no Google service account between.
  { role: 'roles/bigquery.jobUser', members: [subject('storefront', 'product-feed')] },
];

const BUCKET: readonly Grant[] = [
  {
    role: 'roles/storage.objectAdmin',
    members: [account('product-feed')],
    condition: {
      title: 'feed only',
      expression: "resource.name.startsWith('projects/_/buckets/fernwood-merchant-feed/objects/feed/')",
    },
  },
];

const ROLES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'roles/iam.workloadIdentityUser',
    ['iam.serviceAccounts.get', 'iam.serviceAccounts.getAccessToken', 'iam.serviceAccounts.getOpenIdToken', 'iam.serviceAccounts.list'],
  ],
  [
    'roles/iam.serviceAccountTokenCreator',
    [
      'iam.serviceAccounts.get',
      'iam.serviceAccounts.getAccessToken',
      'iam.serviceAccounts.getOpenIdToken',
      'iam.serviceAccounts.implicitDelegation',
      'iam.serviceAccounts.list',
      'iam.serviceAccounts.signBlob',
      'iam.serviceAccounts.signJwt',
    ],
  ],
  ['roles/bigquery.dataViewer', ['bigquery.datasets.get', 'bigquery.tables.get', 'bigquery.tables.getData', 'bigquery.tables.list']],
  [
    'roles/bigquery.dataEditor',
    ['bigquery.datasets.get', 'bigquery.tables.create', 'bigquery.tables.getData', 'bigquery.tables.updateData'],
  ],
  ['roles/bigquery.jobUser', ['bigquery.jobs.create', 'resourcemanager.projects.get']],
  [
    'roles/storage.objectAdmin',
    ['storage.objects.create', 'storage.objects.delete', 'storage.objects.get', 'storage.objects.list', 'storage.objects.update'],
  ],
]);

function policy(seed: string, grants: readonly Grant[]): JsonObject {
  const version = grants.some((grant) => grant.condition !== undefined) ? 3 : 1;
  const bindings = grants.map(({ role, members, condition }): JsonObject => ({ role, members, condition }));
  return { version, etag: `BwY${iamId('', `etag ${seed}`).slice(0, 8)}=`, ...(bindings.length === 0 ? {} : { bindings }) };
}

function serviceAccount(name: string): JsonObject {
  const uniqueId = `1${String(pick(`gsa ${name}`, 2_000_000_000)).padStart(20, '0')}`;
  const email = gsa(name);
  return {
    name: `projects/${GCP_PROJECT}/serviceAccounts/${email}`,
    projectId: GCP_PROJECT,
    uniqueId,
    email,
    displayName: name,
    oauth2ClientId: uniqueId,
  };
}

const provider: JsonObject = {
  name: GCP_PROVIDER,
  displayName: 'EKS fernwood-prod',
  state: 'ACTIVE',
  attributeMapping: { 'google.subject': 'assertion.sub' },
  oidc: { issuerUri: ISSUER },
};

/** What Google's REST APIs answer of the project, by path below `demo/gcp/`. */
export function gcpAnswers(): ReadonlyMap<string, JsonObject> {
  const names = [...ACCOUNTS.keys()];
  return new Map<string, JsonObject>([
    [
      `cloudresourcemanager.v3.projects.get/${GCP_PROJECT}.json`,
      {
        name: `projects/${GCP_PROJECT_NUMBER}`,
        parent: 'organizations/556677889900',
        projectId: GCP_PROJECT,
        state: 'ACTIVE',
        displayName: 'Fernwood analytics',
      },
    ],
    [`cloudresourcemanager.v3.projects.getIamPolicy/${GCP_PROJECT}.json`, policy('project', PROJECT)],
    ['cloudresourcemanager.v3.organizations.getIamPolicy/556677889900.json', policy('organization', [])],
    [`iam.v2.policies.denypolicies.list/${GCP_PROJECT}.json`, { policies: [] }],
    ['iam.v2.policies.denypolicies.list/organizations%2F556677889900.json', { policies: [] }],
    [`iam.v1.projects.serviceAccounts.list/${GCP_PROJECT}.json`, { accounts: names.map(serviceAccount) }],
    ...[...ACCOUNTS].map(([name, grants]): [string, JsonObject] => [
      `iam.v1.projects.serviceAccounts.getIamPolicy/${gsa(name)}.json`,
      policy(name, grants),
    ]),
    ...[...ROLES].map(([name, includedPermissions]): [string, JsonObject] => [
      `iam.v1.roles.get/${name.replace('/', '_')}.json`,
      { name, title: name.slice(name.indexOf('/') + 1), includedPermissions, stage: 'GA', etag: 'AA==' },
    ]),
    [
      `iam.v1.projects.locations.workloadIdentityPools.list/${GCP_PROJECT}.json`,
      { workloadIdentityPools: [{ name: GCP_POOL, displayName: 'Clusters', state: 'ACTIVE' }] },
    ],
    ['iam.v1.projects.locations.workloadIdentityPools.providers.list/fernwood-eks.json', { workloadIdentityPoolProviders: [provider] }],
    [
      'storage.v1.buckets.getIamPolicy/fernwood-merchant-feed.json',
      { kind: 'storage#policy', resourceId: 'projects/_/buckets/fernwood-merchant-feed', ...policy('bucket', BUCKET) },
    ],
    [`container.v1.projects.locations.clusters.list/${GCP_PROJECT}.json`, {}],
  ]);
}
