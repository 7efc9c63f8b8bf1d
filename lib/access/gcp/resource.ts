import type { GcpIndex } from './gcp-index.ts';
import { resourceName } from './resource-name.ts';

/** A resource as questions and policies name it, and what it inherits from. */
export interface GcpResource {
  /** `projects/P`, `projects/P/secrets/S/versions/1`, `projects/-/serviceAccounts/EMAIL`, `projects/_/buckets/B/objects/O`. */
  readonly name: string;
  /** Itself first, then everything that it inherits from, as far as it is known. */
  readonly lineage: readonly string[];
  /** What could not be found out about the lineage. */
  readonly unknown?: string;
  /** Why it is taken to lie in its project, where nothing says it outright. */
  readonly taken?: string;
  /** Where the project is not known: those that it may lie in. */
  readonly candidates?: readonly string[];
  /** `resource.service` and `resource.type` of conditions, where conditions know the kind. */
  readonly service?: string;
  readonly type?: string;
  /** `resource.name` of conditions: several where id and number of the project both may stand there. */
  readonly conditionNames: readonly string[];
}

const ANCESTORS_MAX = 12;

/** Takes the name in every spelling of `resourceName`. */
export function gcpResource(index: GcpIndex, text: string): GcpResource {
  const name = resourceName(index, text);
  const { lineage, unknown } = lineageOf(index, name);
  const open = unknown === undefined ? {} : { unknown, candidates: [...index.projects.keys()].map((id) => `projects/${id}`) };
  const placed = takenPlace(index, name);
  const taken = placed === undefined ? {} : { taken: `${placed.bucket} is taken to lie in ${placed.project}, where a condition names it` };
  return { name, lineage, ...open, ...taken, ...kindOf(index, name) };
}

/** Id of the project that an email's domain names; accounts that Google makes are found in the data. */
export function projectOfAccount(index: GcpIndex, email: string): string | undefined {
  const known = index.accounts.get(email)?.project;
  if (known !== undefined && known !== '') return known;
  const compute = /^(\d{1,20})-compute@developer\.gserviceaccount\.com$/.exec(email)?.[1];
  if (compute !== undefined) return index.projectByNumber.get(compute)?.id;
  const engine = /^([a-z0-9-]{1,63})@appspot\.gserviceaccount\.com$/.exec(email)?.[1];
  const custom = /@([a-z0-9-]{1,63})((?:\.[a-z0-9-]{1,63}){0,4})\.iam\.gserviceaccount\.com$/.exec(email);
  if (custom === null) return engine;
  return custom[2] === '' ? custom[1] : `${(custom[2] as string).slice(1)}:${custom[1]}`;
}

function lineageOf(index: GcpIndex, name: string): { lineage: readonly string[]; unknown?: string } {
  const own = ownNames(name);
  const project = projectOf(index, name);
  if (project === undefined) {
    const top = own[own.length - 1] as string;
    if (/^(?:folders|organizations)\//.test(top)) return { lineage: [...own, ...ancestors(index, top)] };
    return { lineage: own, unknown: `the project of ${name}` };
  }
  const top = `projects/${project}`;
  return { lineage: [...own.filter((one) => one !== top), top, ...ancestors(index, top)] };
}

/** The resource and what it lies in, below its project: `projects/P/secrets/S/versions/1`, `projects/P/secrets/S`. */
function ownNames(name: string): readonly string[] {
  const object = /^(projects\/_\/buckets\/[^/]+)\/.+$/.exec(name)?.[1];
  if (object !== undefined) return [name, object];
  const parts = name.split('/');
  const names: string[] = [];
  for (let length = parts.length; length >= 2 && names.length < ANCESTORS_MAX; length -= 2) names.push(parts.slice(0, length).join('/'));
  return names.filter((one) => !/^projects\/[-_]$/.test(one));
}

function projectOf(index: GcpIndex, name: string): string | undefined {
  const account = /^projects\/-\/serviceAccounts\/(.+)$/.exec(name)?.[1];
  if (account !== undefined) return projectOfAccount(index, account);
  const bucket = /^projects\/_\/buckets\/[^/]+/.exec(name)?.[0];
  if (bucket !== undefined) return index.policies.get(bucket)?.project ?? takenPlace(index, name)?.project.slice('projects/'.length);
  const project = /^projects\/([^/]+)/.exec(name)?.[1];
  return project === '-' ? undefined : project;
}

/**
 * Bucket names do not tell the project. Whoever wrote a condition that names a bucket into the policy of a project, where conditions see
 * that project's resources alone, meant one of its buckets: taken where exactly one project has such a condition.
 */
function takenPlace(index: GcpIndex, name: string): { readonly bucket: string; readonly project: string } | undefined {
  const bucket = /^projects\/_\/buckets\/[^/]+/.exec(name)?.[0];
  if (bucket === undefined || index.policies.get(bucket)?.project !== undefined) return undefined;
  const [project, ...others] = index.projectsNaming.get(bucket) ?? [];
  return project === undefined || others.length > 0 ? undefined : { bucket, project };
}

function ancestors(index: GcpIndex, from: string): readonly string[] {
  const found: string[] = [];
  for (let name = index.parents.get(from); name !== undefined && found.length < ANCESTORS_MAX; name = index.parents.get(name))
    found.push(name);
  return found;
}

type Kind = Pick<GcpResource, 'service' | 'type' | 'conditionNames'>;

const KINDS: readonly { readonly pattern: RegExp; readonly type: string }[] = [
  { pattern: /^projects\/_\/buckets\/[^/]+$/, type: 'storage.googleapis.com/Bucket' },
  { pattern: /^projects\/_\/buckets\/[^/]+\/objects\//, type: 'storage.googleapis.com/Object' },
  { pattern: /^projects\/_\/buckets\/[^/]+\/managedFolders\//, type: 'storage.googleapis.com/ManagedFolder' },
  { pattern: /^projects\/[^/]+\/secrets\/[^/]+$/, type: 'secretmanager.googleapis.com/Secret' },
  { pattern: /^projects\/[^/]+\/secrets\/[^/]+\/versions\/[^/]+$/, type: 'secretmanager.googleapis.com/SecretVersion' },
  { pattern: /^projects\/[^/]+$/, type: 'cloudresourcemanager.googleapis.com/Project' },
  { pattern: /^projects\/[^/]+\/(?:locations|zones)\/[^/]+\/clusters\/[^/]+$/, type: 'container.googleapis.com/Cluster' },
];

/** Source: https://cloud.google.com/iam/docs/conditions-resource-attributes; secrets and projects are named by the project's number there. */
function kindOf(index: GcpIndex, name: string): Kind {
  const type = KINDS.find(({ pattern }) => pattern.test(name))?.type;
  if (type === undefined) return { conditionNames: [] };
  const service = type.slice(0, type.indexOf('/'));
  const id = /^projects\/([^/_]+)/.exec(name)?.[1];
  const number = id === undefined ? undefined : index.projects.get(id)?.number;
  const byNumber = number === undefined ? [] : [name.replace(/^projects\/[^/]+/, `projects/${number}`)];
  if (service === 'secretmanager.googleapis.com') return { service, type, conditionNames: byNumber.length > 0 ? byNumber : [] };
  return { service, type, conditionNames: service === 'cloudresourcemanager.googleapis.com' ? [name, ...byNumber] : [name] };
}
