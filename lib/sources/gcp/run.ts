import type { InventoryBuilder } from '../../inventory/builder.ts';
import { type PagedList, type Read, type ReadState, type RestReader, segment, textOf } from '../rest-reader.ts';
import { explainGcp } from './explain.ts';
import { GCP_METHODS, type GcpMethodName } from './methods.ts';

/** What a method is called with. */
export interface GcpTarget {
  /** The URL's path after its host, unencoded, one name each. */
  readonly path: readonly string[];
  /** `getIamPolicy` where the method is one of the `:verb` kind. */
  readonly verb?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly body?: string;
  /** For gaps: the project, folder or organisation. */
  readonly place: string;
  /** For gaps: which one of many. */
  readonly name?: string;
  /** What the answer is about, as `lib/inventory/normalise/gcp` takes it from a path. */
  readonly resource: string;
}

/** What is read of one collection at most, so that no account holds it for ever. */
export const MAX_NAMED = 20_000;

/** What every step of one collection shares. */
export class GcpRun {
  readonly reader: RestReader;
  readonly #builder: InventoryBuilder;
  readonly #endpoint: (service: string) => string;
  readonly #roles = new Set<string>();

  constructor(reader: RestReader, builder: InventoryBuilder, endpoint: (service: string) => string) {
    this.reader = reader;
    this.#builder = builder;
    this.#endpoint = endpoint;
  }

  /** Roles that the policies which were read so far name. */
  get roles(): readonly string[] {
    return [...this.#roles].sort();
  }

  /** Reads one answer into the inventory. */
  async read(api: GcpMethodName, target: GcpTarget): Promise<Read> {
    const call = this.#call(api, target);
    if (call === undefined) return { state: 'failed' };
    const read = await this.reader.read(call);
    if (read.body !== undefined) this.#add(api, target, read.body);
    return read;
  }

  /** Reads an allow policy into the inventory and keeps in mind which roles it names. */
  async readPolicy(api: GcpMethodName, target: GcpTarget): Promise<ReadState> {
    const { state, body } = await this.read(api, target);
    for (const binding of Array.isArray(body?.bindings) ? body.bindings : []) {
      const role = textOf(binding, 'role');
      if (role !== undefined && this.#roles.size < MAX_NAMED) this.#roles.add(role);
    }
    return state;
  }

  /** Reads a list, all pages as one answer, into the inventory. A list that breaks off keeps its page token, which says so. */
  async list(api: GcpMethodName, target: GcpTarget, field: string): Promise<PagedList> {
    const call = this.#call(api, target);
    if (call === undefined) return { state: 'failed', items: [], rest: {}, complete: false };
    const list = await this.reader.list(call, { items: field, next: nextPage });
    if (list.state === 'read' || list.items.length > 0) {
      const { nextPageToken, ...rest } = list.rest;
      const cut = list.complete ? {} : { nextPageToken: nextPageToken ?? 'not-read' };
      this.#add(api, target, { ...rest, [field]: list.items, ...cut });
    }
    return list;
  }

  #call(api: GcpMethodName, { path, verb, query, body, place, name }: GcpTarget) {
    const { what } = GCP_METHODS[api];
    const named = { what, place, ...(name === undefined ? {} : { name }) };
    const segments = path.map(segment);
    if (segments.includes(undefined)) {
      this.reader.addGap(named, { why: 'it has a name that no URL can hold', remedy: 'look at it with `gcloud`; it was left out' });
      return undefined;
    }
    const base = this.#endpoint(api.split('.', 1)[0] as string);
    const url = new URL(`${base}/${segments.join('/')}${verb === undefined ? '' : `:${verb}`}`);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    return {
      url,
      ...named,
      explain: (status: number, answer: unknown) => explainGcp(api, status, answer),
      ...(body === undefined ? {} : { method: 'POST' as const, body }),
    };
  }

  #add(api: GcpMethodName, { resource }: GcpTarget, answer: unknown): void {
    const file = `${api}/${encodeURIComponent(resource).replace(/\.(?=page-|json|ya?ml)/g, '%2E')}.json`;
    this.#builder.addGcpAnswer(answer, { file, path: file });
  }
}

/** Source: https://google.aip.dev/158 */
function nextPage(page: Readonly<Record<string, unknown>>, at: URL): URL | undefined {
  const token = textOf(page, 'nextPageToken');
  if (token === undefined) return undefined;
  const next = new URL(at);
  next.searchParams.set('pageToken', token);
  return next;
}
