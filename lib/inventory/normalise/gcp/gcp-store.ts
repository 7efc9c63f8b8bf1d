import type {
  GcpDenyPolicy,
  GcpFolder,
  GcpInventory,
  GcpPolicy,
  GcpPoolProvider,
  GcpProject,
  GcpRole,
  GcpServiceAccount,
  GkeCluster,
} from '../../gcp.ts';
import { gcpGaps } from './gcp-gaps.ts';
import type { GcpGap, GcpPage, GcpSink } from './gcp-sink.ts';

/** What was heard so far; names may still be numbers. */
export interface GcpHeard {
  readonly projects: Map<string, GcpProject>;
  readonly folders: Map<string, GcpFolder>;
  readonly accounts: Map<string, GcpServiceAccount>;
  readonly accountLists: Set<string>;
  readonly policies: Map<string, { readonly policy: GcpPolicy; readonly file: string }>;
  readonly denyPolicies: Map<string, GcpDenyPolicy>;
  readonly denyLists: Set<string>;
  readonly roles: Map<string, GcpRole>;
  readonly clusters: Map<string, GkeCluster>;
  readonly providers: Map<string, GcpPoolProvider>;
  readonly buckets: Map<string, string>;
  readonly pages: GcpPage[];
  readonly gaps: GcpGap[];
}

/** Keeps what the answers say and settles at the end what only the whole can tell: numbers of projects, whose a bucket or secret is. */
export function createGcpStore(): { readonly sink: GcpSink; finish(): { readonly part: GcpInventory; readonly gaps: readonly GcpGap[] } } {
  const heard: GcpHeard = {
    projects: new Map(),
    folders: new Map(),
    accounts: new Map(),
    accountLists: new Set(),
    policies: new Map(),
    denyPolicies: new Map(),
    denyLists: new Set(),
    roles: new Map(),
    clusters: new Map(),
    providers: new Map(),
    buckets: new Map(),
    pages: [],
    gaps: [],
  };
  const sink: GcpSink = {
    project: (project) => keep(heard.projects, project.id, project),
    folder: (folder) => keep(heard.folders, folder.name, folder),
    serviceAccount: (account) => keep(heard.accounts, account.email, account),
    serviceAccountsListed: (project) => void heard.accountLists.add(project),
    policy: (policy, file) => keep(heard.policies, policy.resource, { policy, file }),
    denyPolicy: (policy) => keep(heard.denyPolicies, policy.name, policy),
    denyPoliciesListed: (attachedTo) => void heard.denyLists.add(attachedTo),
    role: (role) => keep(heard.roles, role.name, role),
    cluster: (cluster) => keep(heard.clusters, cluster.selfLink, cluster),
    poolProvider: (provider) => keep(heard.providers, provider.name, provider),
    bucket: ({ name, project }) => void heard.buckets.set(name, project),
    page: (page) => void heard.pages.push(page),
    gap: (gap) => void heard.gaps.push(gap),
  };
  return { sink, finish: () => finish(heard) };
}

/** Of two that differ the one that says more stays (a described role over a listed one), else the one whose JSON sorts first. */
function keep<Item>(map: Map<string, Item>, key: string, item: Item): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, item);
  else {
    const [old, young] = [JSON.stringify(known), JSON.stringify(item)];
    const [fewer, more] = [Object.keys(known as object).length, Object.keys(item as object).length];
    if (more > fewer || (more === fewer && young < old)) map.set(key, item);
  }
}

function finish(heard: GcpHeard): { part: GcpInventory; gaps: GcpGap[] } {
  const idOfNumber = new Map<string, string>();
  for (const { id, number } of heard.projects.values()) if (number !== undefined) idOfNumber.set(number, id);
  const byId = (name: string): string => {
    const match = /^projects\/(\d{1,20})(?=$|\/)/.exec(name);
    const id = match === null ? undefined : idOfNumber.get(match[1] as string);
    return id === undefined || match === null ? name : `projects/${id}${name.slice(match[0].length)}`;
  };
  const policies = settledPolicies(heard, { byId, idOfNumber });
  const part: GcpInventory = {
    projects: sorted(heard.projects.values(), ({ id }) => id),
    folders: sorted(heard.folders.values(), ({ name }) => name),
    serviceAccounts: sorted(heard.accounts.values(), ({ email }) => email),
    projectsWithServiceAccounts: wholeLists(heard),
    policies,
    denyPolicies: sorted(
      [...heard.denyPolicies.values()].map((policy) => ({ ...policy, attachedTo: byId(policy.attachedTo) })),
      ({ name }) => name,
    ),
    denyPoliciesRead: [...new Set([...heard.denyLists].map(byId))].sort(),
    roles: sorted(heard.roles.values(), ({ name }) => name),
    clusters: sorted(heard.clusters.values(), ({ selfLink }) => selfLink),
    poolProviders: sorted(heard.providers.values(), ({ name }) => name),
  };
  return { part, gaps: [...heard.gaps, ...gcpGaps(heard, part)] };
}

/** A list is whole where its last page is there. */
function wholeLists({ accountLists, pages }: GcpHeard): string[] {
  const begun = new Set(pages.filter(({ more }) => more).map(({ of }) => of));
  const ended = new Set(pages.filter(({ more }) => !more).map(({ of }) => of));
  return [...accountLists]
    .filter((project) => !begun.has(`service accounts of ${project}`) || ended.has(`service accounts of ${project}`))
    .sort();
}

interface Names {
  byId(name: string): string;
  readonly idOfNumber: ReadonlyMap<string, string>;
}

function settledPolicies(heard: GcpHeard, { byId, idOfNumber }: Names): GcpPolicy[] {
  const home = homeProject(heard);
  const settled = new Map<string, GcpPolicy>();
  for (const { policy } of heard.policies.values()) {
    const unplaced = policy.resource.startsWith('projects/-/secrets/') && home !== undefined;
    const resource = byId(unplaced ? policy.resource.replace('/-/', `/${home}/`) : policy.resource);
    const bucket = /^projects\/_\/buckets\/([^/]+)$/.exec(resource)?.[1];
    const said = bucket === undefined ? undefined : (heard.buckets.get(bucket) ?? conveniencesOf(policy));
    const project = said === undefined ? undefined : (idOfNumber.get(said) ?? said);
    keep(settled, resource, { ...policy, resource, ...(project === undefined ? {} : { project }) });
  }
  return sorted(settled.values(), ({ resource }) => resource);
}

/** The project whose clusters were read, or the only one. */
function homeProject({ clusters, projects }: GcpHeard): string | undefined {
  const hosts = new Set([...clusters.values()].map(({ project }) => project));
  const candidates = hosts.size > 0 ? [...hosts] : [...projects.keys()];
  return candidates.length === 1 ? candidates[0] : undefined;
}

/**
 * A bucket's policy begins with members `projectOwner:P`, `projectEditor:P` and `projectViewer:P` of its own project.
 * Source: https://cloud.google.com/storage/docs/access-control/iam#convenience-values
 */
function conveniencesOf({ bindings }: GcpPolicy): string | undefined {
  const projects = new Set<string>();
  for (const { members } of bindings)
    for (const member of members) {
      const match = /^project(?:Owner|Editor|Viewer):(.{1,100})$/.exec(member);
      if (match !== null) projects.add(match[1] as string);
    }
  const [only] = projects;
  return projects.size === 1 ? only : undefined;
}

function sorted<Item>(items: Iterable<Item>, key: (item: Item) => string): Item[] {
  return [...items].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}
