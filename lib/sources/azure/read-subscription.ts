import { isRecord, type Read, textOf } from '../rest-reader.ts';
import { type AzureRun, placeOf } from './run.ts';

const IDENTITY =
  /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/Microsoft[.]ManagedIdentity\/userAssignedIdentities\/([^/]+)$/i;

/** Reads the subscription itself: the first call, so it also shows whether anything can be read at all. */
export function readSubscriptionItself(run: AzureRun, subscription: string): Promise<Read> {
  return run.probe('resources.2022-12-01.subscriptions.get', { path: ['subscriptions', subscription], subscription });
}

/** Reads everything of a subscription that identities and clusters need. */
export async function readSubscription(run: AzureRun, subscription: string): Promise<void> {
  const inside = (provider: string, type: string): { path: string[]; subscription: string } => ({
    path: ['subscriptions', subscription, 'providers', provider, type],
    subscription,
  });
  await Promise.all([
    readIdentities(run, subscription),
    readAssignments(run, inside('Microsoft.Authorization', 'roleAssignments')),
    run.list('authorization.2022-04-01.roleDefinitions.list', inside('Microsoft.Authorization', 'roleDefinitions')),
    run.list('authorization.2022-04-01.denyAssignments.listForSubscription', inside('Microsoft.Authorization', 'denyAssignments')),
    readClusters(run, inside('Microsoft.ContainerService', 'managedClusters')),
  ]);
}

interface Inside {
  readonly path: readonly string[];
  readonly subscription: string;
}

async function readIdentities(run: AzureRun, subscription: string): Promise<void> {
  const { items } = await run.list('managedidentity.2026-05-31.userAssignedIdentities.listBySubscription', {
    path: ['subscriptions', subscription, 'providers', 'Microsoft.ManagedIdentity', 'userAssignedIdentities'],
    subscription,
  });
  const ids = items.map((item) => IDENTITY.exec(textOf(item, 'id') ?? '')).filter((match) => match !== null);
  const some = run.within(ids, { what: 'federated credentials of identities', place: placeOf(subscription) });
  await Promise.all(
    some.map(([, owner = '', group = '', name = '']) =>
      run.list('managedidentity.2026-05-31.federatedIdentityCredentials.list', {
        path: [
          ...['subscriptions', owner, 'resourceGroups', group],
          ...['providers', 'Microsoft.ManagedIdentity', 'userAssignedIdentities', name, 'federatedIdentityCredentials'],
        ],
        subscription,
        name,
        resource: `${group}/${name}`,
      }),
    ),
  );
}

/** Without a filter the list holds what is assigned at, below and above the subscription, so management groups need no call of their own. */
async function readAssignments(run: AzureRun, inside: Inside): Promise<void> {
  const { items } = await run.list('authorization.2022-04-01.roleAssignments.listForSubscription', inside);
  for (const item of items) {
    const properties = isRecord(item) ? item.properties : undefined;
    if (textOf(properties, 'principalType') === 'Group') run.meetGroup(textOf(properties, 'principalId'));
  }
}

async function readClusters(run: AzureRun, inside: Inside): Promise<void> {
  const { items } = await run.list('containerservice.2025-05-01.managedClusters.list', inside);
  for (const item of items) {
    const profile = isRecord(item) && isRecord(item.properties) ? item.properties.aadProfile : undefined;
    const groups = isRecord(profile) && Array.isArray(profile.adminGroupObjectIDs) ? profile.adminGroupObjectIDs : [];
    for (const id of groups) run.meetGroup(typeof id === 'string' ? id : undefined);
  }
}
