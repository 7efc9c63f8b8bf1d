import type { GcpInventory, GcpRole } from '../../gcp.ts';
import type { GcpGap, GcpPage } from './gcp-sink.ts';

const NAMED_MAX = 5;

/** What lists promise and nothing keeps: pages that are not there, policies and rules that were not read. */
export function gcpGaps({ pages }: { readonly pages: readonly GcpPage[] }, part: GcpInventory): GcpGap[] {
  return [
    ...pageGaps(pages),
    ...projectPolicyGaps(part),
    ...accountPolicyGaps(part),
    ...denyGaps(part),
    ...roleGaps(part),
    ...secretGaps(part),
  ];
}

function some(names: readonly string[]): string {
  const shown = names
    .slice(0, NAMED_MAX)
    .map((name) => `\`${name.slice(0, 200)}\``)
    .join(', ');
  return names.length > NAMED_MAX ? `${shown} and ${names.length - NAMED_MAX} more` : shown;
}

function pageGaps(pages: readonly GcpPage[]): GcpGap[] {
  const ended = new Set(pages.filter(({ more }) => !more).map(({ of }) => of));
  const open = new Map(pages.filter(({ more, of }) => more && !ended.has(of)).map((page) => [page.of, page]));
  return [...open.values()].map(({ of, file, permission }) => ({
    source: 'gcp',
    what: of,
    why: 'the list is cut off and its last page is not there',
    remedy: 'add the following pages, or list again without --limit',
    ...(permission === undefined ? {} : { permission }),
    file,
  }));
}

/** Projects, and what stands above them, without an allow policy. */
function projectPolicyGaps({ projects, folders, policies, clusters }: GcpInventory): GcpGap[] {
  const read = new Set(policies.map(({ resource }) => resource));
  const names = new Set(projects.map(({ id }) => `projects/${id}`));
  for (const { project } of clusters) names.add(`projects/${project}`);
  for (const { parent } of [...projects, ...folders]) if (parent !== undefined) names.add(parent);
  for (const { name } of folders) names.add(name);
  const parents = new Map(folders.map(({ name, parent }) => [name, parent]));
  const unplaced = [...names].filter((name) => name.startsWith('folders/') && parents.get(name) === undefined).sort();
  const unread = [...names].filter((name) => !read.has(name)).sort();
  return [
    ...unread.map(
      (name): GcpGap => ({
        source: 'gcp',
        what: `allow policy of ${name}`,
        where: name,
        why: 'it was not read, so what is granted there and inherited below is not known',
        remedy: `add the answer of \`${policyCommand(name)}\``,
        permission: `resourcemanager.${name.slice(0, name.indexOf('/'))}.getIamPolicy`,
      }),
    ),
    ...unplaced.map(
      (name): GcpGap => ({
        source: 'gcp',
        what: `what stands above ${name}`,
        where: name,
        why: 'the folder was not described, so policies of its parents are not known',
        remedy: `add the answer of \`gcloud resource-manager folders describe ${name.slice('folders/'.length)} --format json\``,
        permission: 'resourcemanager.folders.get',
      }),
    ),
  ];
}

function policyCommand(name: string): string {
  const [collection = '', id = ''] = name.split('/');
  const group = collection === 'folders' ? 'resource-manager folders' : collection;
  return `gcloud ${group} get-iam-policy ${id} --format json`;
}

/** One gap a project: hundreds of accounts may be without. */
function accountPolicyGaps({ serviceAccounts, policies }: GcpInventory): GcpGap[] {
  const read = new Set(policies.map(({ resource }) => resource));
  const missing = new Map<string, string[]>();
  for (const { email, project } of serviceAccounts) {
    if (read.has(`projects/-/serviceAccounts/${email}`)) continue;
    const emails = missing.get(project);
    if (emails === undefined) missing.set(project, [email]);
    else emails.push(email);
  }
  return [...missing].map(([project, emails]) => ({
    source: 'gcp',
    what: `allow policies of service accounts of project ${project}`,
    where: project,
    why: `not read of ${some(emails)}, so who may become them is not known`,
    remedy: 'add the answer of `gcloud iam service-accounts get-iam-policy EMAIL --format json` for each',
    permission: 'iam.serviceAccounts.getIamPolicy',
  }));
}

function denyGaps({ projects, denyPolicies, denyPoliciesRead }: GcpInventory): GcpGap[] {
  const listed = new Set([...denyPoliciesRead, ...denyPolicies.map(({ attachedTo }) => attachedTo)]);
  const unread = projects.map(({ id }) => `projects/${id}`).filter((name) => !listed.has(name));
  const without = denyPolicies.filter(({ rules }) => rules === undefined).map(({ name }) => name);
  return [
    ...(unread.length === 0
      ? []
      : [
          {
            source: 'gcp' as const,
            what: `deny policies of ${some(unread)}`,
            why: 'they were not listed, so what they take away is not known',
            remedy:
              'add the answer of `gcloud iam policies list --kind denypolicies --attachment-point cloudresourcemanager.googleapis.com/projects/PROJECT --format json`',
            permission: 'iam.denypolicies.list',
          },
        ]),
    ...(without.length === 0
      ? []
      : [
          {
            source: 'gcp' as const,
            what: `rules of ${some(without)}`,
            why: 'lists of deny policies leave the rules out',
            remedy: 'add the answer of `gcloud iam policies get POLICY --kind denypolicies --format json` for each',
            permission: 'iam.denypolicies.get',
          },
        ]),
  ];
}

/** Custom roles alone: of Google's own the well-known are known, and the rest is said where it matters. */
function roleGaps({ policies, roles }: GcpInventory): GcpGap[] {
  const isKnown = ({ permissions, deleted, disabled }: GcpRole): boolean => permissions !== undefined || deleted || disabled === true;
  const known = new Set(roles.filter(isKnown).map(({ name }) => name));
  const missing = new Set<string>();
  for (const { bindings } of policies)
    for (const { role } of bindings) if (!role.startsWith('roles/') && !known.has(role)) missing.add(role);
  if (missing.size === 0) return [];
  return [
    {
      source: 'gcp',
      what: `permissions of ${some([...missing].sort())}`,
      why: 'policies name these custom roles, and what they allow was not read (lists leave permissions out)',
      remedy: 'add the answer of `gcloud iam roles describe ROLE --project PROJECT --format json` for each',
      permission: 'iam.roles.get',
    },
  ];
}

function secretGaps({ policies }: GcpInventory): GcpGap[] {
  const homeless = policies.filter(({ resource }) => resource.startsWith('projects/-/secrets/')).map(({ resource }) => resource.slice(19));
  if (homeless.length === 0) return [];
  return [
    {
      source: 'gcp',
      what: `project of the secrets ${some(homeless)}`,
      why: 'neither the answer nor its path says it, so what they inherit is not known',
      remedy: 'name the files `METHOD/PROJECT/SECRET.json`',
    },
  ];
}
