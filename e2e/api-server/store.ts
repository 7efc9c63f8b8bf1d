import { gzipSync } from 'node:zlib';
import { type ServedResource, servedResources } from './catalogue.ts';
import type { KubernetesObject } from './objects.ts';

/** An object, serialised once, in the two forms that the server prints. */
interface StoredObject {
  readonly namespace: string;
  readonly name: string;
  readonly type: string | undefined;
  /** As an item of its list: without kind and apiVersion. */
  readonly item: Buffer;
  /** As an item of a PartialObjectMetadataList, made when first asked for. */
  metadata: Buffer | undefined;
}

export interface PageWanted {
  readonly resource: ServedResource;
  readonly namespace: string | undefined;
  readonly type: string | undefined;
  readonly metadataOnly: boolean;
  readonly start: number;
  /** 0: everything. */
  readonly limit: number;
}

/** A page's body, as it is and compressed; put together once, since the cluster does not change. */
export interface StoredPage {
  readonly body: Buffer;
  gzipped(): Buffer;
}

/** Objects by resource, in etcd's order, as pages that are put together from bytes. */
export interface Store {
  /** What the server has: see `servedResources`. */
  readonly resources: readonly ServedResource[];
  /** `continueToken` makes the token for the index where the next page starts. */
  page(wanted: PageWanted, continueToken: (next: number) => string): StoredPage;
  /** One object as a GET by its name prints it; undefined: there is none. */
  one(resource: ServedResource, namespace: string, name: string): Buffer | undefined;
}

export const RESOURCE_VERSION = '4588';

/** Serialises every object once, so that a page costs no more than joining bytes. */
export function createStore(objects: readonly KubernetesObject[]): Store {
  const resources = servedResources(objects);
  const byKind = new Map(resources.map((resource) => [`${resource.groupVersion} ${resource.kind}`, resource]));
  const lists = new Map<ServedResource, StoredObject[]>();
  for (const object of objects) {
    const resource = byKind.get(`${object.apiVersion} ${object.kind}`);
    if (resource === undefined) continue;
    const list = lists.get(resource) ?? [];
    list.push(stored(object));
    lists.set(resource, list);
  }
  for (const list of lists.values()) list.sort(inEtcdOrder);
  const selections = new Map<string, readonly StoredObject[]>();
  const select = ({ resource, namespace, type }: PageWanted): readonly StoredObject[] => {
    const all = lists.get(resource) ?? [];
    if (namespace === undefined && type === undefined) return all;
    const key = JSON.stringify([resource.groupVersion, resource.plural, namespace, type]);
    const known = selections.get(key);
    if (known !== undefined) return known;
    const chosen = all.filter(
      (one) => (namespace === undefined || one.namespace === namespace) && (type === undefined || one.type === type),
    );
    selections.set(key, chosen);
    return chosen;
  };
  const pages = new Map<string, StoredPage>();
  return {
    resources,
    page: (wanted, continueToken) => {
      const key = JSON.stringify([
        wanted.resource.groupVersion,
        wanted.resource.plural,
        wanted.namespace,
        wanted.type,
        wanted.metadataOnly,
        wanted.start,
        wanted.limit,
      ]);
      const page = pages.get(key) ?? storedPage(compose(select(wanted), wanted, continueToken));
      pages.set(key, page);
      return page;
    },
    one: (resource, namespace, name) => {
      const { groupVersion, kind } = resource;
      const found = lists.get(resource)?.find((one) => one.namespace === namespace && one.name === name);
      if (found === undefined) return undefined;
      return Buffer.from(`${JSON.stringify({ kind, apiVersion: groupVersion, ...JSON.parse(found.item.toString('utf8')) })}\n`);
    },
  };
}

function stored(object: KubernetesObject): StoredObject {
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  return {
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    type: typeof object.type === 'string' ? object.type : undefined,
    item: Buffer.from(JSON.stringify(rest)),
    metadata: undefined,
  };
}

function inEtcdOrder(a: StoredObject, b: StoredObject): number {
  const [left, right] = [`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function storedPage(body: Buffer): StoredPage {
  let small: Buffer | undefined;
  return {
    body,
    // The level of the API server.
    gzipped: () => {
      small ??= gzipSync(body, { level: 1 });
      return small;
    },
  };
}

function compose(list: readonly StoredObject[], wanted: PageWanted, continueToken: (next: number) => string): Buffer {
  const { resource, start, limit, metadataOnly, type } = wanted;
  const end = limit === 0 ? list.length : Math.min(start + limit, list.length);
  const more = end < list.length;
  const metadata = {
    resourceVersion: RESOURCE_VERSION,
    ...(more ? { continue: continueToken(end) } : {}),
    // The API server cannot count what a selector leaves.
    ...(more && type === undefined ? { remainingItemCount: list.length - end } : {}),
  };
  const kind = metadataOnly ? 'PartialObjectMetadataList' : `${resource.kind}List`;
  const apiVersion = metadataOnly ? 'meta.k8s.io/v1' : resource.groupVersion;
  const parts: Buffer[] = [Buffer.from(`{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},"items":[`)];
  for (let index = start; index < end; index += 1) {
    const one = list[index];
    if (one === undefined) continue;
    if (index > start) parts.push(COMMA);
    parts.push(metadataOnly ? metadataOf(one, resource) : one.item);
  }
  parts.push(CLOSE);
  return Buffer.concat(parts);
}

const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']}\n');

function metadataOf(one: StoredObject, { groupVersion }: ServedResource): Buffer {
  if (one.metadata === undefined) {
    const metadata = withManagedFields({ ...JSON.parse(one.item.toString('utf8')), apiVersion: groupVersion });
    one.metadata = Buffer.from(JSON.stringify({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata }));
  }
  return one.metadata;
}

/** kubectl leaves managedFields out; a real server's metadata has them, and with them the key names of a Secret. */
function withManagedFields({ apiVersion, metadata, ...object }: KubernetesObject): object {
  if (metadata.managedFields !== undefined) return metadata;
  const keys = Object.keys({ ...(object.data as object | undefined), ...(object.stringData as object | undefined) });
  const data = keys.length === 0 ? {} : { 'f:data': Object.fromEntries([['.', {}], ...keys.map((key) => [`f:${key}`, {}])]) };
  const fields = { fieldsType: 'FieldsV1', fieldsV1: { ...data, 'f:type': {} } };
  return { ...metadata, managedFields: [{ manager: 'kubectl', operation: 'Update', apiVersion, time: '2026-01-01T00:00:00Z', ...fields }] };
}
