/** The lists of Azure that the inventory is made of. */
export type AzureList =
  | 'identities'
  | 'identity-credentials'
  | 'applications'
  | 'application-credentials'
  | 'service-principals'
  | 'group-members'
  | 'role-definitions'
  | 'role-assignments'
  | 'deny-assignments'
  | 'clusters';

/** What the path of an answer says of it. */
export interface AzureOrigin {
  readonly file: string;
  /** The operation or command as the path names it, without its page: `authorization.2022-04-01.roleAssignments.listForSubscription`. */
  readonly method?: string;
  /** Undefined: the path names no list that is known. */
  readonly list?: AzureList;
  /** Lower-case id of the subscription that was asked. */
  readonly subscription?: string;
  /** What the answer is about where its content does not say: the name of an identity, the object id of an application or group. */
  readonly resource?: string;
}

/** The right that each list needs: actions of Azure RBAC, application permissions of Microsoft Graph. */
export const LIST_PERMISSIONS: Readonly<Record<AzureList, string>> = {
  identities: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  'identity-credentials': 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
  applications: 'Application.Read.All',
  'application-credentials': 'Application.Read.All',
  'service-principals': 'Application.Read.All',
  'group-members': 'GroupMember.Read.All',
  'role-definitions': 'Microsoft.Authorization/roleDefinitions/read',
  'role-assignments': 'Microsoft.Authorization/roleAssignments/read',
  'deny-assignments': 'Microsoft.Authorization/denyAssignments/read',
  clusters: 'Microsoft.ContainerService/managedClusters/read',
};

/** Operations (after service and API version) and `az` commands, in lower case. */
const LISTS = new Map<string, AzureList>([
  ['userassignedidentities.listbysubscription', 'identities'],
  ['userassignedidentities.listbyresourcegroup', 'identities'],
  ['federatedidentitycredentials.list', 'identity-credentials'],
  ['applications', 'applications'],
  ['applications.federatedidentitycredentials', 'application-credentials'],
  ['serviceprincipals', 'service-principals'],
  ['groups.transitivemembers', 'group-members'],
  ['roledefinitions.list', 'role-definitions'],
  ['roleassignments.listforsubscription', 'role-assignments'],
  ['denyassignments.listforsubscription', 'deny-assignments'],
  ['managedclusters.list', 'clusters'],
  ['az-identity-list', 'identities'],
  ['az-identity-federated-credential-list', 'identity-credentials'],
  ['az-ad-app-list', 'applications'],
  ['az-ad-app-federated-credential-list', 'application-credentials'],
  ['az-ad-sp-list', 'service-principals'],
  ['az-ad-group-member-list', 'group-members'],
  ['az-role-definition-list', 'role-definitions'],
  ['az-role-assignment-list', 'role-assignments'],
  ['az-rest-deny-assignments', 'deny-assignments'],
  ['az-aks-list', 'clusters'],
]);

/** Lists of a part of the subscription: their end says nothing of the rest. */
const PARTIAL = new Set(['userassignedidentities.listbyresourcegroup']);

const SUBSCRIPTION = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const OPERATION =
  /^(?:authorization|managedidentity|containerservice|resources|graph)\.(?:v1\.0|beta|\d{4}-\d\d-\d\d(?:-preview)?)\.([A-Za-z]{1,60}(?:\.[A-Za-z]{1,60})?)$/;
const COMMAND = /^az-[a-z-]{1,60}$/;
const EXTENSION = /\.(?:json|ya?ml|jsonl)(?:\.gz)?$/i;
const PAGE = /\.page-\d{1,6}$/;

/**
 * Reads off a path what an answer is about. Pure string work; the path is never opened. The rules, for collectors and scripts:
 *
 * - `[SUBSCRIPTION/]METHOD[/RESOURCE][.page-N].json`, below any other folders. SUBSCRIPTION is the id of the subscription that was asked; it
 *   may be left out where there is one subscription only.
 * - METHOD is `SERVICE.APIVERSION.OPERATION` of the REST API, as `authorization.2022-04-01.roleAssignments.listForSubscription` or
 *   `graph.v1.0.applications.federatedIdentityCredentials`, or the command with hyphens, as `az-role-assignment-list` for
 *   `az role assignment list --all --include-inherited -o json`. Deny assignments, for which `az` has no command, are
 *   `az-rest-deny-assignments` (`az rest --url …/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01`).
 * - RESOURCE is needed where the answer does not say what it is about, which is so for empty lists and for Graph: the identity's
 *   `NAME` or, where two have the name, `RESOURCEGROUP/NAME` (federatedIdentityCredentials.list, az-identity-federated-credential-list);
 *   the application's object id (applications.federatedIdentityCredentials, az-ad-app-federated-credential-list; the client id serves too);
 *   the group's object id (groups.transitiveMembers, az-ad-group-member-list). What a file system does not take is written as `%28`.
 * - Pages of one list share the path but for `.page-N`. An answer with `nextLink` or `@odata.nextLink` has more after it; the list is
 *   whole where one page of it has none.
 *
 * Everything else is told by content, so that answers under other names are read as well.
 */
export function azureOriginOf({ file, path }: { readonly file: string; readonly path: string }): AzureOrigin {
  const segments = path.replace(EXTENSION, '').replace(PAGE, '').split(/[/\\]/);
  for (let at = Math.max(0, segments.length - 3); at < segments.length; at++) {
    const method = segments[at] as string;
    const operation = OPERATION.exec(method)?.[1] ?? (COMMAND.test(method) ? method : undefined);
    if (operation === undefined) continue;
    const list = LISTS.get(operation.toLowerCase());
    const above = segments[at - 1] ?? '';
    const resource = plain(segments.slice(at + 1).join('/'));
    return {
      file,
      method,
      ...(list === undefined ? {} : { list }),
      ...(SUBSCRIPTION.test(above) ? { subscription: above.toLowerCase() } : {}),
      ...(resource === '' ? {} : { resource }),
    };
  }
  return { file };
}

/** Undoes percent signs of ASCII, as names of resource groups may hold brackets. */
const plain = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Whether the end of the list that the path names says that nothing else is there. */
export const isWholeList = ({ method }: AzureOrigin): boolean =>
  method === undefined || !PARTIAL.has((OPERATION.exec(method)?.[1] ?? method).toLowerCase());
