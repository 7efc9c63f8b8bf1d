import { collectByRest, type RestCloudOptions } from '../rest-collection.ts';
import { type Read, textOf } from '../rest-reader.ts';
import { SourceError } from '../source-error.ts';
import { type GcpAuthenticate, googleCredentials } from './client.ts';
import { googleEndpoint } from './endpoints.ts';
import { readAncestors } from './read-ancestors.ts';
import { readDenyPolicies } from './read-deny-policies.ts';
import { readProject, readProjectItself } from './read-project.ts';
import { readRoles } from './read-roles.ts';
import { GcpRun } from './run.ts';

export interface GcpOptions extends RestCloudOptions {
  /** Ids or numbers of the projects. */
  readonly projects: readonly string[];
  /** Application default credentials unless given. */
  readonly authenticate?: GcpAuthenticate;
}

/**
 * Reads projects of Google Cloud, with the folders and the organisation above them, into `builder`: allow and deny policies, service accounts,
 * roles, workload identity pools, GKE clusters, buckets, secrets (never their values). What cannot be read is a gap with the missing
 * permission, and so is what the deadline cuts short. Throws SourceError where there are no credentials that Google accepts, and the signal's
 * reason where it is aborted.
 */
export async function collectGcp(options: GcpOptions): Promise<void> {
  const env = options.env ?? process.env;
  const endpoint = (service: string) => googleEndpoint(service, env);
  const collection = {
    source: 'gcp',
    cloud: 'Google Cloud',
    authenticate: options.authenticate ?? googleCredentials(options.projects[0] ?? '-'),
    first: new URL(endpoint('cloudresourcemanager')),
  } as const;
  await collectByRest(options, collection, (reader) => collectAll(new GcpRun(reader, options.builder, endpoint), options.projects));
}

async function collectAll(run: GcpRun, asked: readonly string[]): Promise<void> {
  const itself = await Promise.all([...new Set(asked)].map(async (project) => ({ project, ...(await readProjectItself(run, project)) })));
  const reachable = itself.filter(isReachable);
  // Who names a project by its number gets it under its id, as everything else names it.
  const projects = [...new Set(reachable.map(({ project, body }) => textOf(body, 'projectId') ?? project))];
  const parents = itself.map(({ body }) => textOf(body, 'parent'));
  const [ancestors] = await Promise.all([readAncestors(run, parents), ...projects.map((project) => readProject(run, project))]);
  const attached = [...projects.map((project) => `projects/${project}`), ...ancestors];
  await Promise.all([readRoles(run, run.roles), ...attached.map((resource) => readDenyPolicies(run, resource))]);
}

/** Whether more can be asked of the project. Without valid credentials nothing can be asked of anything. */
function isReachable({ state, status }: Read): boolean {
  if (status === 401) {
    throw new SourceError(
      'Google Cloud does not accept the credentials (401); sign in again with `gcloud auth application-default login`',
      {
        source: 'gcp',
        operation: 'read projects',
      },
    );
  }
  return state !== 'unreachable' && state !== 'cut' && status !== 404;
}
