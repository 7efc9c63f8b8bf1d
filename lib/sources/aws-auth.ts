import { Composer, Parser } from 'yaml';
import type { AwsAuthMapping } from '../inventory/aws-auth.ts';
import type { InventoryBuilder } from '../inventory/builder.ts';
import type { Gap } from '../inventory/gap.ts';
import { tooDeepAt } from './yaml-depth.ts';

/** Where the ConfigMap was read from, for gaps. */
export interface AwsAuthOrigin {
  readonly source: Gap['source'];
  readonly file?: string;
  /** JSON pointer of the ConfigMap in its file. */
  readonly pointer?: string;
}

/** The API server takes no larger object. https://kubernetes.io/docs/concepts/configuration/configmap/ */
const TEXT_MAX = 1024 * 1024;
const ENTRIES_MAX = 20_000;
const NAME_MAX = 2048;
const NESTING = 20;
/** Brackets within texts count too, so this is far more than `NESTING`. */
const OPEN_MAX = 1000;
const ALIASES = 100;
const LISTS = ['mapRoles', 'mapUsers', 'mapAccounts'] as const;
type ListName = (typeof LISTS)[number];

/**
 * Reads the ConfigMap kube-system/aws-auth into the builder; false: the object is another one. Its three lists are YAML text, and each is read by
 * itself: what is malformed is a gap, and the rest counts, as it does for the authenticator.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/configmap/configmap.go (ParseMap)
 */
export function readAwsAuth(object: unknown, origin: AwsAuthOrigin, builder: InventoryBuilder): boolean {
  if (!isAwsAuth(object)) return false;
  const { mappings, problems } = awsAuthOf(object);
  for (const { list, why } of problems) builder.addGap(malformedGap(list, why, origin));
  const { resourceVersion } = object.metadata;
  if (typeof resourceVersion === 'string') builder.addAwsAuth(mappings, resourceVersion);
  else builder.addAwsAuth(mappings);
  return true;
}

/** What the ConfigMap says, list by list; each problem names its list and never quotes it. */
export function awsAuthOf(configMap: unknown): {
  readonly mappings: readonly AwsAuthMapping[];
  readonly problems: readonly { readonly list: AwsAuthMapping['list']; readonly why: string }[];
} {
  const data = isRecord(configMap) && isRecord(configMap.data) ? configMap.data : {};
  const read = LISTS.flatMap((list) => (data[list] === undefined || data[list] === null ? [] : [{ list, ...readList(list, data[list]) }]));
  return {
    mappings: read.flatMap(({ mappings }) => mappings),
    problems: read.flatMap(({ list, problems }) => problems.map((why) => ({ list, why }))),
  };
}

/** Whether a `Status` of the API server says that there is no such ConfigMap: then nobody is mapped by it. */
export function saysNoAwsAuth(object: unknown): boolean {
  if (!isRecord(object) || object.kind !== 'Status' || object.reason !== 'NotFound') return false;
  return isRecord(object.details) && object.details.kind === 'configmaps' && object.details.name === 'aws-auth';
}

function isAwsAuth(object: unknown): object is { readonly data?: unknown; readonly metadata: Record<string, unknown> } {
  if (!isRecord(object) || !isRecord(object.metadata)) return false;
  return object.metadata.namespace === 'kube-system' && object.metadata.name === 'aws-auth';
}

interface ReadList {
  readonly mappings: readonly AwsAuthMapping[];
  readonly problems: readonly string[];
}

function readList(list: ListName, text: unknown): ReadList {
  if (typeof text !== 'string') return { mappings: [], problems: ['expected text'] };
  if (text.length > TEXT_MAX) return { mappings: [], problems: [`longer than ${TEXT_MAX} characters`] };
  const value = yamlValue(text);
  if (typeof value === 'string') return { mappings: [], problems: [value] };
  // An empty text, or `null`, is an empty list.
  if (value.items === undefined) return { mappings: [], problems: [] };
  if (!Array.isArray(value.items)) return { mappings: [], problems: ['expected a list'] };
  const items = value.items.slice(0, ENTRIES_MAX);
  const problems = value.items.length > ENTRIES_MAX ? [`more than ${ENTRIES_MAX} entries; the rest was not read`] : [];
  const mappings: AwsAuthMapping[] = [];
  const bad: number[] = [];
  for (const [index, item] of items.entries()) {
    const mapping = mappingOf(list, index, item);
    if (mapping === undefined) bad.push(index);
    else mappings.push(mapping);
  }
  if (bad.length > 0) problems.push(`${bad.length} of ${items.length} entries name nobody (the first at index ${bad[0]})`);
  return { mappings, problems };
}

/** What the text says, or what is wrong with it; never its words. All scalars are text: an account's id may begin with a zero. */
function yamlValue(text: string): { readonly items: unknown } | string {
  if (looksTooDeep(text)) return `more than ${NESTING} levels within one another`;
  const tokens = [...new Parser().parse(text)];
  if (tokens.some((token) => tooDeepAt(token, NESTING) !== undefined)) return `more than ${NESTING} levels within one another`;
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'silent', schema: 'failsafe' });
  const [document] = composer.compose(tokens, false, text.length);
  if (document === undefined || document.contents === null) return { items: undefined };
  const [error] = document.errors;
  if (error !== undefined) return `broken YAML at character ${error.pos[0]} (${error.code})`;
  try {
    const items: unknown = document.toJS({ maxAliasCount: ALIASES });
    return { items: items === '' || items === 'null' || items === '~' ? undefined : items };
  } catch {
    // Whatever class the library throws: aliases of nothing, or too many. None of our code runs here.
    return `aliases that cannot be followed, or stand for more than ${ALIASES} nodes in all`;
  }
}

/** More open brackets, or dashes in a row, than any list of people has: the parser would take seconds for a megabyte of them. */
function looksTooDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open += bracket === '[' || bracket === '{' ? 1 : -1;
    if (open > OPEN_MAX) return true;
  }
  return /(?:[-?:] +){50}/.test(text);
}

/** Key names count in any case: the authenticator reads them with Go's encoding/json. */
function mappingOf(list: ListName, index: number, item: unknown): AwsAuthMapping | undefined {
  if (list === 'mapAccounts') {
    return typeof item === 'string' && /^\d{1,12}$/.test(item) ? { list, index, identity: item, groups: [] } : undefined;
  }
  if (!isRecord(item)) return undefined;
  const fields = new Map(Object.entries(item).map(([key, value]) => [key.toLowerCase(), value]));
  const identity = fields.get(list === 'mapRoles' ? 'rolearn' : 'userarn');
  const username = fields.get('username');
  const groups = fields.get('groups');
  if (!isName(identity) || !(username === undefined || isText(username)) || !isGroups(groups)) return undefined;
  return {
    list,
    index,
    identity,
    ...(username === undefined || username === '' ? {} : { username }),
    groups: Array.isArray(groups) ? groups : [],
  };
}

function isName(value: unknown): value is string {
  return isText(value) && value.startsWith('arn:');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= NAME_MAX;
}

/** No groups at all, also as `groups:` with nothing behind it, or a list of names. */
function isGroups(value: unknown): value is readonly string[] | '' | undefined {
  return value === undefined || value === '' || (Array.isArray(value) && value.every(isText));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformedGap(list: ListName, problem: string, { file, pointer, source }: AwsAuthOrigin): Omit<Gap, 'id'> {
  return {
    source,
    what: `${list} of the ConfigMap kube-system/aws-auth`,
    resources: ['configmaps'],
    namespaces: ['kube-system'],
    ...(file === undefined ? {} : { where: file, file }),
    why: `malformed: ${problem}; who it lets into the cluster is not known`,
    remedy: `mend \`data.${list}\` with \`kubectl --namespace kube-system edit configmap aws-auth\`, and collect again`,
    pointer: `${pointer ?? ''}/data/${list}`,
  };
}
