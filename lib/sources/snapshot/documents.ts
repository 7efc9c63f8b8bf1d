import { basename } from 'node:path';
import type { InventoryBuilder, ObjectOrigin } from '../../inventory/builder.ts';
import { type AwsOrigin, awsOriginOf } from '../../inventory/normalise/aws-origin.ts';
import { isObject, type RawObject } from '../../inventory/normalise/field-reader.ts';
import { statusGap } from '../../inventory/normalise/status-gap.ts';
import { readAwsAuth, saysNoAwsAuth } from '../aws-auth.ts';
import type { JsonSink, ListHead } from './json-documents.ts';
import type { SeenLists } from './seen-lists.ts';

const LIST = 'List';
/** `kubectl get` may nest a List in a List; nobody nests more. */
const LISTS_WITHIN_LISTS = 4;

/** What a file turned out to hold. */
export interface Tally {
  /** Objects of kinds that the inventory keeps, and answers that say something of the cluster or an account. */
  used: number;
  /** Lists, empty ones too. */
  lists: number;
  /** Documents that are nothing we know. */
  unknown: number;
}

export interface FileOrigin {
  /** Relative to the snapshot, for gaps. */
  readonly path: string;
  /** With what stands above the snapshot: an answer's account may be the folder that was asked for. */
  readonly fullPath: string;
  /** Told of what there is. */
  readonly seen: SeenLists;
  /** Told how many objects were used since the last time, while a list is read. */
  readonly onObjects?: (count: number) => void;
}

/** Hands the documents of one file to the builder, whatever they are: told by content alone, where the content tells. */
export class Documents implements JsonSink {
  readonly tally: Tally = { used: 0, lists: 0, unknown: 0 };
  /** The file's list named its kind after items that name none: read it again with `knownHead`. */
  lateHead: ListHead | undefined;
  readonly #builder: InventoryBuilder;
  readonly #origin: FileOrigin;
  readonly #awsOrigin: AwsOrigin;
  readonly #knownHead: ListHead;
  #sawHeadless = false;
  #sawItem = false;
  /** Place of the document in its file, from 0, and its line where that is known. */
  #place: { readonly document: number; readonly line?: number } = { document: -1 };

  constructor(builder: InventoryBuilder, origin: FileOrigin, knownHead: ListHead = {}) {
    this.#builder = builder;
    this.#origin = origin;
    this.#awsOrigin = { ...awsOriginOf(origin.fullPath), file: origin.path };
    this.#knownHead = knownHead;
  }

  items(
    items: readonly unknown[],
    { first, pointer, head }: { readonly first: number; readonly pointer: string; readonly head: ListHead },
  ): void {
    const known = { ...this.#knownHead, ...head };
    const before = this.tally.used;
    if (first === 0) this.#next();
    if (items.length > 0) this.#sawItem = true;
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      // An array at the top of a file may hold anything that a file of its own may hold.
      if (pointer === '' && isObject(item) && (item.kind === undefined || item.apiVersion === undefined)) this.#document(item);
      else this.#item(item, `${pointer}/${first + index}`, { head: known, depth: 0 });
    }
    this.#origin.onObjects?.(this.tally.used - before);
  }

  listEnd(head: ListHead): void {
    this.tally.lists++;
    this.#origin.seen.list(head, { file: this.#origin.path, isEmpty: !this.#sawItem });
    this.#sawItem = false;
    if (this.#sawHeadless && head.kind !== undefined && this.#knownHead.kind === undefined) this.lateHead = head;
    this.#sawHeadless = false;
  }

  document(value: unknown, line?: number): void {
    this.#next(line);
    this.#document(value);
  }

  #next(line?: number): void {
    this.#place = { document: this.#place.document + 1, ...(line === undefined ? {} : { line }) };
  }

  #document(value: unknown): void {
    // Clouds print a `kind` too (`storage#policy`, `DenyPolicy`), but no apiVersion.
    if (isObject(value) && typeof value.kind === 'string' && value.apiVersion !== undefined) this.#item(value, '', { head: {}, depth: 0 });
    else if (isObject(value) && this.#clusterFact(value)) this.tally.used++;
    else if (this.#cloudAnswer(value)) this.tally.used++;
    else if (isObject(value) && typeof value.kind === 'string') this.#item(value, '', { head: {}, depth: 0 });
    else this.tally.unknown++;
  }

  /** AWS comes last: `clusters` or `Policy` alone is enough for it where nobody else knows better. */
  #cloudAnswer(value: unknown): boolean {
    const builder = this.#builder;
    const origin = { file: this.#origin.path, path: this.#origin.fullPath };
    return builder.addGcpAnswer(value, origin) || builder.addAzureAnswer(value, origin) || builder.addAwsAnswer(value, this.#awsOrigin);
  }

  #item(item: unknown, pointer: string, { head, depth }: { head: ListHead; depth: number }): void {
    if (isObject(item) && isList(item)) {
      this.tally.lists++;
      const items = Array.isArray(item.items) ? item.items : [];
      const own = { kind: String(item.kind), ...(typeof item.apiVersion === 'string' ? { apiVersion: item.apiVersion } : {}) };
      this.#origin.seen.list(own, { file: this.#origin.path, isEmpty: items.length === 0 });
      if (depth < LISTS_WITHIN_LISTS)
        for (const [index, each] of items.entries()) this.#item(each, `${pointer}/items/${index}`, { head: own, depth: depth + 1 });
      return;
    }
    if (isObject(item) && item.kind === undefined && head.kind === undefined) this.#sawHeadless = true;
    const origin = { source: 'snapshot', file: this.#origin.path, pointer, ...this.#place, ...this.#hints(head) } as const;
    const isKept = this.#awsAuth(item, origin) || this.#builder.addObject(item, origin);
    if (isKept) this.tally.used++;
    if (!isObject(item)) return;
    if (isKept) this.#origin.seen.object(item, origin);
    else if (item.kind === 'Status') this.#origin.seen.refused(statusGap(item, origin)?.resources ?? []);
  }

  /** Of all ConfigMaps one is read, and that one may be said not to be there. */
  #awsAuth(item: unknown, origin: ObjectOrigin): boolean {
    if (!isObject(item)) return false;
    if (saysNoAwsAuth(item)) {
      this.#builder.addAwsAuth([]);
      return true;
    }
    return (item.kind ?? origin.kindHint) === 'ConfigMap' && readAwsAuth(item, origin, this.#builder);
  }

  /** What the list's kind says of items that do not: `PodList` holds `Pod`. Metadata alone says nothing; the file's name may. */
  #hints({ kind, apiVersion }: ListHead): { kindHint?: string; apiVersionHint?: string } {
    if (kind === undefined || kind === LIST || !kind.endsWith(LIST)) return {};
    if (kind === 'PartialObjectMetadataList' && /^secrets?\b/i.test(basename(this.#origin.path))) return { kindHint: 'Secret' };
    return { kindHint: kind.slice(0, -LIST.length), ...(apiVersion === undefined ? {} : { apiVersionHint: apiVersion }) };
  }

  /** `/.well-known/openid-configuration` names the issuer, `/version` and `kubectl version -o json` the version. */
  #clusterFact(value: RawObject): boolean {
    if (typeof value.issuer === 'string' && typeof value.jwks_uri === 'string') {
      this.#builder.setCluster({ issuer: value.issuer });
      this.#origin.seen.server();
      return true;
    }
    const server = isObject(value.serverVersion) ? value.serverVersion : value;
    if (typeof server.gitVersion !== 'string' || typeof server.gitCommit !== 'string') return false;
    this.#builder.setCluster({ version: server.gitVersion });
    this.#origin.seen.server(server.gitVersion);
    return true;
  }
}

function isList(object: RawObject): boolean {
  return typeof object.kind === 'string' && object.kind.endsWith(LIST) && (Array.isArray(object.items) || object.items === null);
}
