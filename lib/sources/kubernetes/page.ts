import type { ListedResource } from '../listed-resources.ts';
import { stripManagedFields } from './strip-managed-fields.ts';

/** What stands in front of a list's items, read without parsing the items. */
export interface PageHead {
  readonly kind: string;
  readonly continueToken?: string;
}

/** A page of a list, parsed. */
export interface Page {
  readonly kind: string;
  readonly items: readonly unknown[];
  readonly continueToken?: string;
  /** How many objects follow, where the server says so (not for lists with a selector). */
  readonly remaining?: number;
}

const HEAD_BYTES = 16_384;
/**
 * The API server writes kind, apiVersion and metadata before items. The pattern is anchored at the first byte and the
 * metadata must parse on its own, so it cannot match inside an object; where the order differs it just does not match.
 */
const HEAD = /^\{"kind":"(\w{1,80})","apiVersion":"[\w./-]{1,120}","metadata":(\{[^{}]{0,15000}\}),"items":/;

/** Kind and continue token from the first bytes of a page; undefined where they are not where the API server writes them. */
export function peekPage(body: Uint8Array): PageHead | undefined {
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, HEAD_BYTES)).toString('latin1');
  const match = HEAD.exec(start);
  if (match === null) return undefined;
  const metadata = parseOrUndefined(match[2] ?? '');
  if (!isRecord(metadata)) return undefined;
  const token = tokenOf(metadata);
  return { kind: match[1] ?? '', ...(token === undefined ? {} : { continueToken: token }) };
}

/**
 * One page of a list, or undefined where the bytes are no list. For Secrets, values are taken away by the parser itself
 * wherever the server did not answer with metadata only; key names stay.
 */
export function parsePage(body: Buffer, resource: ListedResource): Page | undefined {
  const secret = resource.kind === 'Secret';
  const metadataOnly = secret && peekPage(body)?.kind === METADATA_LIST;
  const value = secret ? parseOrUndefined(body.toString('utf8'), metadataOnly ? undefined : dropSecretValue) : parseStripped(body);
  if (!isRecord(value)) return undefined;
  const { kind, items } = value;
  if (typeof kind !== 'string' || !kind.endsWith('List')) return undefined;
  // A Go server writes a list that was never filled as null.
  if (!Array.isArray(items) && items !== null) return undefined;
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  const token = tokenOf(metadata);
  const remaining = metadata.remainingItemCount;
  return {
    kind,
    items: items ?? [],
    ...(token === undefined ? {} : { continueToken: token }),
    ...(typeof remaining === 'number' && remaining >= 0 ? { remaining } : {}),
  };
}

/** Key names of Secrets stand in managedFields; nobody else's are wanted. */
function parseStripped(body: Buffer): unknown {
  const stripped = stripManagedFields(body);
  return parseOrUndefined(stripped.toString('utf8')) ?? (stripped === body ? undefined : parseOrUndefined(body.toString('utf8')));
}

/** The kind of a list that holds no more than the metadata of its objects. */
export const METADATA_LIST = 'PartialObjectMetadataList';

/** A reviver sees children first: when it meets `data`, the values below are strings that go no further. */
function dropSecretValue(key: string, value: unknown): unknown {
  if (key === LAST_APPLIED) return undefined;
  if ((key === 'data' || key === 'stringData') && isRecord(value)) {
    return Object.fromEntries(Object.keys(value).map((name) => [name, '']));
  }
  return value;
}

/** The annotation that repeats a whole object, Secret values included. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON.parse, whose message would quote the text: undefined stands for "no JSON". */
export function parseOrUndefined(text: string, reviver?: (key: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch {
    return undefined;
  }
}

function tokenOf(metadata: Record<string, unknown>): string | undefined {
  const token = metadata.continue;
  return typeof token === 'string' && token !== '' ? token : undefined;
}
