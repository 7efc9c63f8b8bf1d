import type { AzureIndex } from './azure-index.ts';
import { globMatches } from './glob.ts';

/** Whether an action is one of the management plane, of the data plane, or (`Microsoft.KeyVault/vaults/keys/read`) of both. */
export interface ActionPlanes {
  readonly control: boolean;
  readonly data: boolean;
}

/**
 * Data actions of the services that pods use, in lower case; of two patterns that fit, the longer decides. Everything else is a control
 * action, unless a role definition of the data says otherwise.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations (rows named DataAction).
 */
const KNOWN: readonly (readonly [pattern: string, plane: 'data' | 'control' | 'both'])[] = [
  ['microsoft.storage/storageaccounts/blobservices/containers/blobs/*', 'data'],
  ['microsoft.storage/storageaccounts/queueservices/queues/messages/*', 'data'],
  ['microsoft.storage/storageaccounts/tableservices/tables/entities/*', 'data'],
  ['microsoft.storage/storageaccounts/fileservices/fileshares/files/*', 'data'],
  ['microsoft.storage/storageaccounts/fileservices/*filebackupsemantics/action', 'data'],
  ['microsoft.keyvault/vaults/secrets/*', 'data'],
  ['microsoft.keyvault/vaults/secrets/read', 'control'],
  ['microsoft.keyvault/vaults/secrets/write', 'control'],
  ['microsoft.keyvault/vaults/keys/*', 'data'],
  ['microsoft.keyvault/vaults/keys/read', 'both'],
  ['microsoft.keyvault/vaults/keys/write', 'control'],
  ['microsoft.keyvault/vaults/keys/versions/read', 'control'],
  ['microsoft.keyvault/vaults/certificates/*', 'data'],
  ['microsoft.keyvault/vaults/certificatecas/*', 'data'],
  ['microsoft.keyvault/vaults/certificatecontacts/*', 'data'],
  ['microsoft.keyvault/managedhsms/*/keys/*', 'data'],
  ['microsoft.compute/virtualmachines/login*/action', 'data'],
  ['microsoft.compute/disks/*load/action', 'data'],
  ['microsoft.compute/snapshots/*load/action', 'data'],
  ['microsoft.hybridcompute/machines/login*/action', 'data'],
  ['microsoft.servicebus/namespaces/*messages/*/action', 'data'],
  ['microsoft.eventhub/namespaces/*messages/*/action', 'data'],
  ['microsoft.eventhub/namespaces/schemas/*', 'data'],
  ['microsoft.eventgrid/events/send/action', 'data'],
  ['microsoft.appconfiguration/configurationstores/keyvalues/*', 'data'],
  ['microsoft.appconfiguration/configurationstores/snapshots/*', 'data'],
  ['microsoft.containerregistry/registries/repositories/*', 'data'],
  ['microsoft.containerregistry/registries/catalog/read', 'data'],
  ['microsoft.cognitiveservices/accounts/*/*', 'data'],
  ['microsoft.cognitiveservices/accounts/deployments/*', 'control'],
  ['microsoft.cognitiveservices/accounts/privateendpointconnections/*', 'control'],
  ['microsoft.cognitiveservices/accounts/listkeys/action', 'control'],
  ['microsoft.cognitiveservices/accounts/regeneratekey/action', 'control'],
  ['microsoft.documentdb/databaseaccounts/readmetadata', 'data'],
  ['microsoft.documentdb/databaseaccounts/sqldatabases/containers/items/*', 'data'],
  ['microsoft.digitaltwins/*', 'data'],
  ['microsoft.signalrservice/*/*/auth/*', 'data'],
  ['microsoft.signalrservice/*/serverconnection/*', 'data'],
  // What Azure RBAC lets do in a cluster: the API groups are resource types below it, and the core group's resources stand alone.
  ['microsoft.containerservice/managedclusters/*.k8s.io/*', 'data'],
  ['microsoft.containerservice/managedclusters/apps/*', 'data'],
  ['microsoft.containerservice/managedclusters/batch/*', 'data'],
  ['microsoft.containerservice/managedclusters/autoscaling/*', 'data'],
  ['microsoft.containerservice/managedclusters/policy/*', 'data'],
  ['microsoft.containerservice/managedclusters/extensions/*', 'data'],
  ['microsoft.containerservice/managedclusters/configmaps/*', 'data'],
  ['microsoft.containerservice/managedclusters/endpoints/*', 'data'],
  ['microsoft.containerservice/managedclusters/events/*', 'data'],
  ['microsoft.containerservice/managedclusters/namespaces/*', 'data'],
  ['microsoft.containerservice/managedclusters/nodes/*', 'data'],
  ['microsoft.containerservice/managedclusters/persistentvolume*', 'data'],
  ['microsoft.containerservice/managedclusters/pods/*', 'data'],
  ['microsoft.containerservice/managedclusters/replicationcontrollers/*', 'data'],
  ['microsoft.containerservice/managedclusters/resourcequotas/*', 'data'],
  ['microsoft.containerservice/managedclusters/secrets/*', 'data'],
  ['microsoft.containerservice/managedclusters/serviceaccounts/*', 'data'],
  ['microsoft.containerservice/managedclusters/services/*', 'data'],
  ['microsoft.containerservice/managedclusters/groups/impersonate/action', 'data'],
  ['microsoft.containerservice/managedclusters/users/impersonate/action', 'data'],
];

/**
 * On which plane an action is. Role definitions that name it say so, for an action stands in `actions` or in `dataActions` and never in
 * the wrong list; else a table of the common services decides; else patterns of role definitions that are closer than a service's; else it
 * is a control action, as most are.
 */
export function planesOf(index: AzureIndex, action: string): ActionPlanes {
  const wanted = action.toLowerCase();
  const known = remembered.get(index) ?? new Map<string, ActionPlanes>();
  remembered.set(index, known);
  const planes =
    known.get(wanted) ??
    definedPlanes(index, wanted, isSame) ??
    tablePlanes(wanted) ??
    definedPlanes(index, wanted, fitsClosely) ??
    CONTROL;
  if (known.size < MOST_REMEMBERED) known.set(wanted, planes);
  return planes;
}

const CONTROL: ActionPlanes = { control: true, data: false };

/** Actions whose plane is kept: far more than anybody asks about, and no more, as questions come from outside. */
const MOST_REMEMBERED = 10_000;
const remembered = new WeakMap<AzureIndex, Map<string, ActionPlanes>>();

type Fits = (pattern: string, action: string) => boolean;

/** Undefined: no role definition says. */
function definedPlanes({ azure }: AzureIndex, wanted: string, fits: Fits): ActionPlanes | undefined {
  let control = false;
  let data = false;
  const some = (patterns: readonly string[]) => patterns.some((pattern) => fits(pattern.toLowerCase(), wanted));
  for (const { permissions } of azure.roleDefinitions) {
    for (const permission of permissions) {
      control ||= some(permission.actions) || some(permission.notActions);
      data ||= some(permission.dataActions) || some(permission.notDataActions);
    }
  }
  return control || data ? { control, data } : undefined;
}

const isSame: Fits = (pattern, action) => pattern === action;

/** Wildcards only behind three resource types. */
const fitsClosely: Fits = (pattern, action) => {
  const star = pattern.indexOf('*');
  return star >= 0 && pattern.slice(0, star).split('/').length > 4 && globMatches(pattern, action);
};

function tablePlanes(action: string): ActionPlanes | undefined {
  let best: (typeof KNOWN)[number] | undefined;
  for (const row of KNOWN) if (globMatches(row[0], action) && row[0].length > (best?.[0].length ?? 0)) best = row;
  return best && { control: best[1] !== 'data', data: best[1] !== 'control' };
}
