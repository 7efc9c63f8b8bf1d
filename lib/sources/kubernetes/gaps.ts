import type { Gap } from '../../inventory/gap.ts';
import { LISTED_RESOURCES, type ListedResource } from '../listed-resources.ts';
import { listName, qualifiedPlural } from './resources.ts';

/** A gap before the builder gives it an id. */
export type GapDraft = Omit<Gap, 'id'>;

/** How the namespaces of a resource went that may not be listed cluster-wide. */
export interface NamespaceReport {
  readonly read: readonly string[];
  readonly forbidden: readonly string[];
  /** Whether `read` and `forbidden` together are all namespaces of the cluster. */
  readonly allKnown: boolean;
  readonly user?: string;
}

/** The list of a whole resource is forbidden, and nowhere could it be read in part. */
export function forbiddenGap(resource: ListedResource, user: string | undefined): GapDraft {
  const right = `list ${qualifiedPlural(resource)}`;
  return {
    source: 'kubernetes',
    what: listName(resource),
    resources: [listName(resource)],
    why: `the API server forbids ${person(user)} to ${right} at the cluster scope (403)`,
    remedy: grant(resource, user),
    permission: `${right} at the cluster scope`,
  };
}

/** The resource was read namespace by namespace; undefined where that gave everything. */
export function partlyForbiddenGap(resource: ListedResource, report: NamespaceReport): GapDraft | undefined {
  const { read, forbidden, allKnown, user } = report;
  if (forbidden.length === 0 && allKnown) return undefined;
  if (read.length === 0 && forbidden.length === 0) return forbiddenGap(resource, user);
  const right = `list ${qualifiedPlural(resource)}`;
  const rest = allKnown ? '' : '; the names of other namespaces are not known, so none of them was read';
  const refused = forbidden.length === 0 ? '' : `, forbidden in ${counted(forbidden)}`;
  return {
    source: 'kubernetes',
    what: listName(resource),
    resources: [listName(resource)],
    ...(allKnown ? { namespaces: forbidden } : { exceptNamespaces: read }),
    where:
      forbidden.length === 0
        ? `all namespaces but ${named(read)}`
        : `${forbidden.length === 1 ? 'namespace' : 'namespaces'} ${named(forbidden)}`,
    why: `the API server forbids ${person(user)} to ${right} at the cluster scope (403); read in ${counted(read)}${refused}${rest}`,
    remedy: grant(resource, user),
    permission: forbidden.length === 0 || !allKnown ? `${right} at the cluster scope` : `${right} in ${counted(forbidden)}`,
  };
}

/** The server does not have the resource. */
export function absentGap(resource: ListedResource): GapDraft {
  const group = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  return {
    source: 'kubernetes',
    what: listName(resource),
    resources: [listName(resource)],
    why: `the API server does not serve ${qualifiedPlural(resource)} ${resource.version} (404)`,
    remedy: `check \`kubectl api-resources --api-group=${JSON.stringify(resource.group)}\`; if the server really has no ${group}, nothing is missing`,
  };
}

/** A list that broke off for a reason that a later try may not meet. */
export function failedGap(resource: ListedResource, why: string, namespaces?: readonly string[]): GapDraft {
  return {
    source: 'kubernetes',
    what: listName(resource),
    resources: [listName(resource)],
    ...(namespaces === undefined
      ? {}
      : { namespaces, where: `${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${named(namespaces)}` }),
    why: `the list of ${listName(resource)} was not read to its end: ${why}`,
    remedy: 'collect again; if it stays, look at the health of the API server with `kubectl get --raw /readyz?verbose`',
  };
}

/** The lists that the deadline or the caller cut short. */
export function cutGap(lists: readonly string[], reason: string, remedy: string): GapDraft {
  return {
    source: 'kubernetes',
    what: lists.join(', '),
    resources: lists,
    why: `${reason} before ${lists.length === 1 ? 'this list was' : 'these lists were'} read to the end; what came before it is kept`,
    remedy,
  };
}

/** The server sent whole Secrets although only their metadata was asked for. */
export function valuesSentGap(): GapDraft {
  return {
    source: 'kubernetes',
    what: 'secrets',
    why: 'the API server ignored the request for metadata only and sent whole Secrets; their values were dropped while parsing and are nowhere kept',
    remedy: 'look for a proxy between here and the API server that rewrites the Accept header; nothing is missing from the answers',
  };
}

/** Secrets were read, but not which of them are service account tokens. */
export function tokenTypesUnknownGap(): GapDraft {
  return {
    source: 'kubernetes',
    what: 'secrets',
    why: 'the list of Secrets of type kubernetes.io/service-account-token failed, so the type of a Secret is not known',
    remedy: 'collect again; until then a long-lived token may be missing from the answers',
  };
}

/** A path that is no resource, such as /version. */
export function pathGap(what: string, path: string, problem: string): GapDraft {
  const forbidden = problem.includes('(403)');
  return {
    source: 'kubernetes',
    what,
    why: `${path} was not read: ${problem}`,
    remedy: forbidden
      ? `allow it with the rule \`{nonResourceURLs: ["${path}"], verbs: ["get"]}\` in a ClusterRole (${roleWith(path)} has it)`
      : `try \`kubectl get --raw ${path}\`, then collect again`,
    ...(forbidden ? { permission: `get ${path}` } : {}),
  };
}

/** The role of every cluster that allows a path. Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go. */
function roleWith(path: string): string {
  if (path === '/version') return 'system:public-info-viewer';
  return path.startsWith('/apis') ? 'system:discovery' : 'system:service-account-issuer-discovery';
}

/** Ten names, and how many more. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => `\`${name}\``);
  return names.length > 10 ? `${shown.join(', ')} and ${names.length - 10} more` : shown.join(', ');
}

function counted(names: readonly string[]): string {
  return `${names.length} ${names.length === 1 ? 'namespace' : 'namespaces'} (${named(names)})`;
}

function person(user: string | undefined): string {
  return user === undefined ? 'this user' : `\`${user}\``;
}

/** Commands to copy. `user` holds nothing that a shell would read (see forbiddenUser in list.ts). */
function grant(resource: ListedResource, user: string | undefined): string {
  const name = `podreach-list-${resource.plural}`;
  const plural = qualifiedPlural(resource);
  const account = /^system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]+)$/.exec(user ?? '');
  const subject = account === null ? `--user=${user ?? 'USER'}` : `--serviceaccount=${account[1]}:${account[2]}`;
  return (
    `add the rule \`{apiGroups: ["${resource.group}"], resources: ["${resource.plural}"], verbs: ["list"]}\` to a ClusterRole that is bound cluster-wide: ` +
    `\`kubectl create clusterrole ${name} --verb=list --resource=${plural}\` and \`kubectl create clusterrolebinding ${name} --clusterrole=${name} ${subject}\``
  );
}

/** The lists in the order of the table and then by name, for gaps that name several. */
export function inTableOrder(names: ReadonlySet<string>): string[] {
  const known = LISTED_RESOURCES.map(({ plural }) => plural);
  return [...known.filter((name) => names.has(name)), ...[...names].filter((name) => !known.includes(name)).sort()];
}
