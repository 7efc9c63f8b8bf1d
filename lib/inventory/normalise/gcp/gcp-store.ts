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
import { GcpNames } from './gcp-names.ts';
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
  const [projects, clusters] = [
    sorted(heard.projects.values(), ({ id }) => id),
    sorted(heard.clusters.values(), ({ selfLink }) => selfLink),
  ];
  const names = new GcpNames({ projects, clusters });
  const part: GcpInventory = {
    projects,
    folders: sorted(heard.folders.values(), ({ name }) => name),
    serviceAccounts: sorted(heard.accounts.values(), ({ email }) => email),
    projectsWithServiceAccounts: wholeLists(heard),
    policies: settledPolicies(heard, names),
    denyPolicies: sorted(
      [...heard.denyPolicies.values()].map((policy) => names.denyPolicy(policy)),
      ({ name }) => name,
    ),
    denyPoliciesRead: [...new Set([...heard.denyLists].map((name) => names.byId(name)))].sort(),
    roles: sorted(heard.roles.values(), ({ name }) => name),
    clusters,
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

function settledPolicies(heard: GcpHeard, names: GcpNames): GcpPolicy[] {
  const settled = new Map<string, GcpPolicy>();
  for (const { policy } of heard.policies.values()) {
    const bucket = /^projects\/_\/buckets\/([^/]+)$/.exec(policy.resource)?.[1];
    const project = bucket === undefined ? undefined : (heard.buckets.get(bucket) ?? conveniencesOf(policy));
    const named = names.policy({ ...policy, ...(project === undefined ? {} : { project }) });
    keep(settled, named.resource, named);
  }
  return sorted(settled.values(), ({ resource }) => resource);
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
