import type { GcpIndex } from './gcp-index.ts';

/**
 * The name of a resource as policies are kept by, however it is written: full resource names of IAM
 * (`//storage.googleapis.com/projects/_/buckets/b`) and of Cloud Asset Inventory (`//storage.googleapis.com/b`), addresses of REST APIs,
 * `gs://b/o`, emails and numbers of service accounts, ids and numbers of projects.
 * Source: https://cloud.google.com/iam/docs/full-resource-names and https://cloud.google.com/asset-inventory/docs/asset-names
 */
export function resourceName(index: GcpIndex, text: string): string {
  const name = bucketPath(path(text)).replace(/\/$/, '');
  const account = accountEmail(index, name);
  if (account !== undefined) return `projects/-/serviceAccounts/${account}`;
  if (index.projects.has(name) || index.projectByNumber.has(name)) return resourceName(index, `projects/${name}`);
  const number = /^projects\/(\d{1,20})(?=$|\/)/.exec(name)?.[1];
  const id = number === undefined ? undefined : index.projectByNumber.get(number)?.id;
  return id === undefined ? name : name.replace(/^projects\/\d+/, `projects/${id}`);
}

/** The email of the service account that a resource name, an email or a number names; undefined: it names none that is known to be one. */
export function accountEmail(index: GcpIndex, text: string): string | undefined {
  const named = /^(?:(?:https:)?\/\/iam\.googleapis\.com\/(?:v1\/)?)?projects\/[^/]{1,100}\/serviceAccounts\/([^/]{1,320})$/.exec(
    text,
  )?.[1];
  const called = named ?? text;
  const number = /^\d{1,30}$/.test(called) ? index.emailByNumber.get(called) : undefined;
  if (number !== undefined) return number;
  const isEmail = /^[^@/[\]\s:]{1,300}@[a-z0-9.-]{3,200}$/i.test(called);
  return isEmail && (named !== undefined || /\.gserviceaccount\.com$/i.test(called)) ? called.toLowerCase() : undefined;
}

/** Without the host and the version of an API; what the host itself says of a bucket is put into words of a path. */
function path(text: string): string {
  if (!text.includes('//')) return text;
  const own = /^(?:https:)?\/\/([^/]{3,222})\.storage\.googleapis\.com(?:\/(.*))?$/s.exec(text);
  if (own !== null) return `b/${own[1]}${own[2] === undefined || own[2] === '' ? '' : `/o/${decoded(text, own[2])}`}`;
  const match = /^(?:https:)?\/\/([a-z0-9.-]{1,100})\.googleapis\.com\/(.*)$/s.exec(text);
  if (match === null) return text.replace(/^gs:\/\/([^/]+)\/(?=.)/, 'b/$1/o/').replace(/^gs:\/\/([^/]+)\/?$/, 'b/$1');
  const [, host = '', rest = ''] = match;
  const bare = decoded(text, rest.replace(/^(?:[a-z]{1,30}\/)?v\d{1,3}(?:(?:alpha|beta)\d{0,3})?\//, ''));
  if (host !== 'storage' || /^(?:projects|b)\//.test(bare)) return bare;
  return bare.replace(/^([^/]+)\/(?=.)/, 'b/$1/o/').replace(/^([^/]+)\/?$/, 'b/$1');
}

/** Addresses have escapes, names do not; a `%` that is no escape is a character of the name. */
function decoded(whole: string, part: string): string {
  if (!whole.startsWith('https:')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `b/B/o/O` of the JSON API and `projects/P/buckets/B` mean what `projects/_/buckets/B` means: names of buckets are global. */
function bucketPath(name: string): string {
  return name
    .replace(/^b\/([^/]+)\/o\/(?=.)/, 'projects/_/buckets/$1/objects/')
    .replace(/^b\/([^/]+)\/?$/, 'projects/_/buckets/$1')
    .replace(/^projects\/[^/]+\/buckets\//, 'projects/_/buckets/');
}
