import type { InventoryBuilder } from '../../inventory/builder.ts';
import { type PagedList, type Paging, type Read, type RestCall, type RestReader, segment, textOf } from '../rest-reader.ts';
import type { AzureEndpoints } from './endpoints.ts';
import { explainAzure } from './explain.ts';
import { AZURE_METHODS, type AzureMethodName, apiVersionOf, isGraph } from './methods.ts';

/** What a method is called with. */
export interface AzureTarget {
  /** The URL's path after its host, unencoded, one name each. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  /** Lower-case id of the subscription that is asked; undefined for Microsoft Graph. */
  readonly subscription?: string;
  /** For gaps: which one of many. */
  readonly name?: string;
  /** What the answer is about, as `azureOriginOf` takes it from a path. */
  readonly resource?: string;
}

/** What is read of one collection at most, so that no tenant holds it for ever. */
const MAX_NAMED = 20_000;

/** What every step of one collection shares. */
export class AzureRun {
  readonly reader: RestReader;
  readonly #builder: InventoryBuilder;
  readonly #endpoints: AzureEndpoints;
  readonly #groups = new Set<string>();

  constructor(reader: RestReader, builder: InventoryBuilder, endpoints: AzureEndpoints) {
    this.reader = reader;
    this.#builder = builder;
    this.#endpoints = endpoints;
  }

  /** Object ids of the groups that were met so far, in lower case. */
  get groups(): readonly string[] {
    return [...this.#groups].sort();
  }

  /** Notes a group whose members matter. */
  meetGroup(id: string | undefined): void {
    if (id !== undefined && this.#groups.size < MAX_NAMED) this.#groups.add(id.toLowerCase());
  }

  /** One answer, which is looked at and not kept. */
  async probe(api: AzureMethodName, target: AzureTarget): Promise<Read> {
    const call = this.#call(api, target);
    return call === undefined ? { state: 'failed' } : this.reader.read(call);
  }

  /** Reads a list, all pages as one answer, into the inventory. A list that breaks off keeps its next link, which says so. */
  async list(api: AzureMethodName, target: AzureTarget): Promise<PagedList> {
    const call = this.#call(api, target);
    if (call === undefined) return { state: 'failed', items: [], rest: {}, complete: false };
    const list = await this.reader.list(call, PAGING);
    if (list.state === 'read' || list.items.length > 0) {
      const context = textOf(list.rest, '@odata.context');
      const cut = list.complete ? {} : { nextLink: 'not-read' };
      this.#add(api, target, { ...(context === undefined ? {} : { '@odata.context': context }), value: list.items, ...cut });
    }
    return list;
  }

  /** The names that are read one by one, with a gap for those that are too many. */
  within<Name>(names: readonly Name[], at: Pick<RestCall, 'what' | 'place'>): readonly Name[] {
    if (names.length > MAX_NAMED) {
      const refusal = {
        why: `only the first ${MAX_NAMED} of ${names.length} are read`,
        remedy: 'collect the rest with `podreach collect-script`',
      };
      this.reader.addGap(at, refusal);
    }
    return names.slice(0, MAX_NAMED);
  }

  #call(api: AzureMethodName, { path, query, subscription, name }: AzureTarget): RestCall | undefined {
    const named = { what: AZURE_METHODS[api].what, place: placeOf(subscription), ...(name === undefined ? {} : { name }) };
    const segments = path.map(segment);
    if (segments.includes(undefined)) {
      this.reader.addGap(named, { why: 'it has a name that no URL can hold', remedy: 'look at it with `az`; it was left out' });
      return undefined;
    }
    const { management, graph } = this.#endpoints;
    const url = new URL(`${isGraph(api) ? graph : management}/${segments.join('/')}`);
    if (!isGraph(api)) url.searchParams.set('api-version', apiVersionOf(api));
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    return { url, ...named, explain: (status, body) => explainAzure(api, status, body) };
  }

  #add(api: AzureMethodName, { subscription, resource }: AzureTarget, answer: unknown): void {
    const parts = [...(subscription === undefined ? [] : [subscription]), api, ...(resource === undefined ? [] : [resource])];
    const file = `${parts.join('/')}.json`;
    this.#builder.addAzureAnswer(answer, { file, path: file });
  }
}

export function placeOf(subscription: string | undefined): string {
  return subscription === undefined ? 'the tenant' : `subscription \`${subscription}\``;
}

/**
 * Both APIs give the whole address of the next page. The token goes nowhere but where it was meant for.
 * Source: https://learn.microsoft.com/en-us/graph/paging, https://github.com/microsoft/api-guidelines (pagination)
 */
const PAGING: Paging = {
  items: 'value',
  next: (page, at) => {
    const link = textOf(page, 'nextLink') ?? textOf(page, '@odata.nextLink');
    if (link === undefined) return undefined;
    const next = URL.parse(link);
    if (next === null) return { refused: 'its next link is no URL' };
    return next.origin === at.origin ? next : { refused: `its next link leads to another host than ${at.host}, where no token is sent` };
  },
};
