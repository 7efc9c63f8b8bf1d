import { type PagedList, type Read, textOf } from '../rest-reader.ts';
import { type GcpRun, MAX_NAMED } from './run.ts';

/** Version 3 alone has conditions: https://cloud.google.com/iam/docs/policies#specifying-version-get */
export const POLICY_VERSION_3 = JSON.stringify({ options: { requestedPolicyVersion: 3 } });
const VERSION_QUERY = { 'options.requestedPolicyVersion': '3' };

interface InProject {
  readonly project: string;
  readonly place: string;
}

/** Reads the project itself: the first call, so it also shows whether anything can be read at all. */
export function readProjectItself(run: GcpRun, project: string): Promise<Read> {
  return run.read('cloudresourcemanager.v3.projects.get', {
    path: ['v3', 'projects', project],
    place: placeOf(project),
    resource: project,
  });
}

/** Reads everything that hangs on a project, but for what is above it. */
export async function readProject(run: GcpRun, project: string): Promise<void> {
  const at = { project, place: placeOf(project) };
  await Promise.all([
    run.readPolicy('cloudresourcemanager.v3.projects.getIamPolicy', {
      path: ['v3', 'projects', project],
      verb: 'getIamPolicy',
      body: POLICY_VERSION_3,
      place: at.place,
      resource: project,
    }),
    readServiceAccounts(run, at),
    readCustomRoles(run, at),
    readPools(run, at),
    readClusters(run, at),
    readBuckets(run, at),
    readSecrets(run, at),
  ]);
}

function placeOf(project: string): string {
  return `project \`${project}\``;
}

async function readServiceAccounts(run: GcpRun, { project, place }: InProject): Promise<void> {
  const list = await run.list(
    'iam.v1.projects.serviceAccounts.list',
    { path: ['v1', 'projects', project, 'serviceAccounts'], query: { pageSize: '100' }, place, resource: project },
    'accounts',
  );
  await eachName(run, namesOf(list, 'email'), place, (email) =>
    run.readPolicy('iam.v1.projects.serviceAccounts.getIamPolicy', {
      path: ['v1', 'projects', project, 'serviceAccounts', email],
      verb: 'getIamPolicy',
      query: VERSION_QUERY,
      body: '',
      place,
      name: email,
      resource: email,
    }),
  );
}

/** Deleted ones too: a binding to one of them grants nothing. */
async function readCustomRoles(run: GcpRun, { project, place }: InProject): Promise<void> {
  await run.list(
    'iam.v1.projects.roles.list',
    { path: ['v1', 'projects', project, 'roles'], query: { pageSize: '1000', showDeleted: 'true' }, place, resource: project },
    'roles',
  );
}

async function readPools(run: GcpRun, { project, place }: InProject): Promise<void> {
  const pools = await run.list(
    'iam.v1.projects.locations.workloadIdentityPools.list',
    {
      path: ['v1', 'projects', project, 'locations', 'global', 'workloadIdentityPools'],
      query: { pageSize: '1000' },
      place,
      resource: project,
    },
    'workloadIdentityPools',
  );
  await eachName(run, namesOf(pools, 'name'), place, (pool) =>
    run.list(
      'iam.v1.projects.locations.workloadIdentityPools.providers.list',
      { path: ['v1', ...pool.split('/'), 'providers'], query: { pageSize: '100' }, place, name: pool, resource: pool },
      'workloadIdentityPoolProviders',
    ),
  );
}

/** `-` stands for every location: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/list */
async function readClusters(run: GcpRun, { project, place }: InProject): Promise<void> {
  const target = { path: ['v1', 'projects', project, 'locations', '-', 'clusters'], place, resource: project };
  const { body } = await run.read('container.v1.projects.locations.clusters.list', target);
  const missing = Array.isArray(body?.missingZones) ? body.missingZones.length : 0;
  if (missing === 0) return;
  run.reader.addGap(
    { what: 'GKE clusters', place },
    { why: `${missing} zones did not answer (missingZones)`, remedy: 'collect again when these zones answer' },
  );
}

async function readBuckets(run: GcpRun, { project, place }: InProject): Promise<void> {
  const list = await run.list(
    'storage.v1.buckets.list',
    {
      path: ['storage', 'v1', 'b'],
      query: { project, maxResults: '1000', fields: 'kind,nextPageToken,items(kind,name,projectNumber)' },
      place,
      resource: project,
    },
    'items',
  );
  await eachName(run, namesOf(list, 'name'), place, (bucket) =>
    run.readPolicy('storage.v1.buckets.getIamPolicy', {
      path: ['storage', 'v1', 'b', bucket, 'iam'],
      query: { optionsRequestedPolicyVersion: '3' },
      place,
      name: bucket,
      resource: bucket,
    }),
  );
}

async function readSecrets(run: GcpRun, { project, place }: InProject): Promise<void> {
  const list = await run.list(
    'secretmanager.v1.projects.secrets.list',
    { path: ['v1', 'projects', project, 'secrets'], query: { pageSize: '1000' }, place, resource: project },
    'secrets',
  );
  const names = namesOf(list, 'name').map((name) => name.slice(name.lastIndexOf('/') + 1));
  await eachName(run, names, place, (secret) =>
    run.readPolicy('secretmanager.v1.projects.secrets.getIamPolicy', {
      path: ['v1', 'projects', project, 'secrets', secret],
      verb: 'getIamPolicy',
      query: VERSION_QUERY,
      place,
      name: secret,
      resource: `projects/${project}/secrets/${secret}`,
    }),
  );
}

function namesOf(list: PagedList, field: string): string[] {
  const names = list.items.map((item) => textOf(item, field)).filter((name) => name !== undefined);
  return [...new Set(names)];
}

async function eachName(run: GcpRun, names: readonly string[], place: string, read: (name: string) => Promise<unknown>): Promise<void> {
  if (names.length > MAX_NAMED) {
    run.reader.addGap(
      { what: `${names.length - MAX_NAMED} more of ${names.length} resources`, place },
      { why: `only the first ${MAX_NAMED} are read`, remedy: 'collect the rest with `podreach collect-script`' },
    );
  }
  await Promise.all(names.slice(0, MAX_NAMED).map(read));
}
