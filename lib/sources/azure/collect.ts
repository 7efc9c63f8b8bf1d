import { collectByRest, type RestCloudOptions } from '../rest-collection.ts';
import { SourceError } from '../source-error.ts';
import { type AzureAuthenticate, azureCredentials } from './client.ts';
import { type AzureEndpoints, azureEndpoints } from './endpoints.ts';
import { readApplications, readGroups } from './read-directory.ts';
import { readSubscription, readSubscriptionItself } from './read-subscription.ts';
import { AzureRun } from './run.ts';

export interface AzureOptions extends RestCloudOptions {
  /** Ids of the subscriptions. */
  readonly subscriptions: readonly string[];
  /** DefaultAzureCredential unless given. */
  readonly authenticate?: AzureAuthenticate;
  /** Those of the cloud that AZURE_AUTHORITY_HOST names unless given. */
  readonly endpoints?: AzureEndpoints;
}

/**
 * Reads Azure subscriptions and the directory of their tenant into `builder`: user-assigned identities and Entra applications with their
 * federated credentials, role definitions and assignments, deny assignments, AKS clusters, members of the groups that have roles. What cannot
 * be read is a gap with the missing permission, and so is what the deadline cuts short. Throws SourceError where there are no credentials that
 * Azure accepts, and the signal's reason where it is aborted.
 */
export async function collectAzure(options: AzureOptions): Promise<void> {
  const endpoints = options.endpoints ?? azureEndpoints(options.env ?? process.env);
  const collection = {
    source: 'azure',
    cloud: 'Azure',
    authenticate: options.authenticate ?? azureCredentials(),
    first: new URL(endpoints.management),
  } as const;
  await collectByRest(options, collection, (reader) => collectAll(new AzureRun(reader, options.builder, endpoints), options.subscriptions));
}

async function collectAll(run: AzureRun, asked: readonly string[]): Promise<void> {
  const ids = [...new Set(asked.map((id) => id.toLowerCase()))];
  const itself = await Promise.all(ids.map(async (id) => ({ id, ...(await readSubscriptionItself(run, id)) })));
  if (itself.length > 0 && itself.every(({ status }) => status === 401)) {
    throw new SourceError('Azure does not accept the credentials (401); sign in again with `az login`', {
      source: 'azure',
      operation: 'read subscriptions',
    });
  }
  const reachable = itself.filter(({ state, status }) => state === 'read' || status === 403);
  if (reachable.length === 0) return;
  await Promise.all([readApplications(run), ...reachable.map(({ id }) => readSubscription(run, id))]);
  await readGroups(run);
}
