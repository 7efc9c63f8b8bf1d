import { isObject, type RawObject } from '../field-reader.ts';
import { permissionOf } from './gcp-error.ts';
import type { GcpOrigin } from './gcp-origin.ts';
import type { GcpSink } from './gcp-sink.ts';

/** A list as REST prints it: the key of its items, the method that it is told by, and how one is told by its content. */
interface ListRule {
  readonly key: string;
  readonly method: RegExp;
  /** Whether an item is Google's; a list without items is Google's by its path alone. */
  looksLike(item: RawObject): boolean;
}

const starts =
  (key: string, pattern: RegExp) =>
  (item: RawObject): boolean =>
    typeof item[key] === 'string' && pattern.test(item[key].slice(0, 600));

const LISTS: readonly ListRule[] = [
  { key: 'accounts', method: /\.serviceAccounts\.list$/, looksLike: starts('email', /\.gserviceaccount\.com$/) },
  {
    key: 'clusters',
    method: /\.clusters\.list$/,
    looksLike: starts('selfLink', /^https:\/\/[a-z0-9.-]*container[a-z0-9.-]*\.googleapis\.com\//),
  },
  { key: 'roles', method: /\.roles\.list$/, looksLike: starts('name', /^(?:roles|(?:projects|organizations)\/[^/]+\/roles)\//) },
  { key: 'projects', method: /\.projects\.(?:list|search)$/, looksLike: starts('projectId', /./) },
  { key: 'folders', method: /\.folders\.(?:list|search)$/, looksLike: starts('name', /^folders\//) },
  { key: 'organizations', method: /\.organizations\.search$/, looksLike: starts('name', /^organizations\/\d/) },
  { key: 'policies', method: /\.denypolicies\.list$/, looksLike: starts('name', /^policies\/[^/]+\/denypolicies\//) },
  { key: 'workloadIdentityPools', method: /\.workloadIdentityPools\.list$/, looksLike: starts('name', /\/workloadIdentityPools\//) },
  { key: 'workloadIdentityPoolProviders', method: /\.providers\.list$/, looksLike: starts('name', /\/workloadIdentityPools\//) },
  { key: 'secrets', method: /\.secrets\.list$/, looksLike: starts('name', /^projects\/[^/]+\/secrets\//) },
  { key: 'items', method: /^storage\..*\.buckets\.list$/, looksLike: starts('kind', /^storage#/) },
];

/** The items of a list answer; undefined: it is none. An empty REST list leaves its key out, so there the path decides. */
export function itemsOf(
  answer: RawObject,
  { method }: GcpOrigin,
): { readonly key: string; readonly items: readonly unknown[] } | undefined {
  for (const { key, method: pattern, looksLike } of LISTS) {
    const byPath = method !== undefined && pattern.test(method);
    const items = answer[key];
    if (byPath && answer.error === undefined) return { key, items: Array.isArray(items) ? items : [] };
    const [first] = Array.isArray(items) ? items : [];
    if (answer.apiVersion === undefined && isObject(first) && looksLike(first)) return { key, items: items as readonly unknown[] };
  }
  return undefined;
}

/** What a list says beyond its items: of what it is, and whether more pages follow. */
export function noteList(answer: RawObject, at: { readonly key: string; readonly origin: GcpOrigin; readonly sink: GcpSink }): void {
  const { key, origin, sink } = at;
  const of = listOwner(answer, at);
  const permission = origin.method === undefined ? undefined : permissionOf(origin.method);
  sink.page({
    of: `${LIST_NAMES.get(key) ?? key}${of === undefined ? '' : ` of ${of}`}`,
    file: origin.file,
    more: typeof answer.nextPageToken === 'string' && answer.nextPageToken !== '',
    ...(permission === undefined ? {} : { permission }),
  });
  if (of === undefined) return;
  if (key === 'accounts') sink.serviceAccountsListed(of);
  if (key === 'policies') sink.denyPoliciesListed(/^(?:projects|folders|organizations)\//.test(of) ? of : `projects/${of}`);
}

const LIST_NAMES = new Map([
  ['accounts', 'service accounts'],
  ['policies', 'deny policies'],
  ['items', 'buckets'],
  ['workloadIdentityPools', 'workload identity pools'],
  ['workloadIdentityPoolProviders', 'workload identity pool providers'],
]);

function listOwner(answer: RawObject, { key, origin }: { readonly key: string; readonly origin: GcpOrigin }): string | undefined {
  if (key === 'accounts') {
    const first = (answer.accounts as readonly RawObject[] | undefined)?.find((account) => typeof account.projectId === 'string');
    if (first !== undefined) return String(first.projectId);
  }
  return origin.resource;
}
