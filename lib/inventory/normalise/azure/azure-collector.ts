import { type AzureInventory, EMPTY_AZURE } from '../../azure.ts';
import type { CloudCollector } from '../cloud-collector.ts';
import { isObject, type RawObject } from '../field-reader.ts';
import { azureErrorOf, errorGap, LIST_NAMES, malformedGap } from './azure-gaps.ts';
import { type AzureList, type AzureOrigin, azureOriginOf } from './azure-origin.ts';
import { flattened, listOf, type RecordPlace, readerOf } from './azure-readers.ts';
import { AzureRecords } from './azure-records.ts';
import { settle } from './azure-settle.ts';

export { azureOriginOf } from './azure-origin.ts';

/**
 * Collects what Azure Resource Manager and Microsoft Graph answer and what `az … -o json` prints, in any order; the result does not
 * depend on it. Takes a page (`{"value": […]}`), a bare list as `az` prints it, or one element of such a list. Where a path says what an
 * answer is about, see `azureOriginOf`; everything else is told by content. Malformed records and errors become gaps; nothing throws.
 */
export function createAzureCollector(): CloudCollector<AzureInventory> {
  const records = new AzureRecords();
  let heard = false;
  return {
    add(answer, origin) {
      const known = addAnswer(records, answer, azureOriginOf(origin));
      heard ||= known;
      return known;
    },
    finish: () => (heard ? settle(records) : { part: EMPTY_AZURE, gaps: [] }),
  };
}

function addAnswer(records: AzureRecords, answer: unknown, origin: AzureOrigin): boolean {
  if (Array.isArray(answer)) return addPage(records, { value: answer }, { origin, pointer: '' });
  if (!isObject(answer) || (Object.hasOwn(answer, 'kind') && Object.hasOwn(answer, 'apiVersion'))) return false;
  const error = azureErrorOf(answer, origin);
  if (error !== undefined) {
    records.gap(errorGap(error, origin));
    return true;
  }
  if (Array.isArray(answer.value)) return addPage(records, answer as Page, { origin, pointer: '/value' });
  const list = listOf(answer, origin);
  if (list === undefined) return false;
  const place = addRecord(records, answer, { list, origin, pointer: '' });
  // `az` follows the pages itself, so what it printed is the whole list.
  if (place !== undefined && origin.method?.startsWith('az-') && origin.list === list)
    tellPage(records, [place], { list, origin, more: false });
  return true;
}

interface Page extends RawObject {
  readonly value: readonly unknown[];
}

/** The owner that Graph names in `@odata.context`: `…#applications('ID')/federatedIdentityCredentials`. */
const CONTEXT = /^https:\/\/graph\.microsoft\.[a-z.]{2,20}\/(?:v1\.0|beta)\/\$metadata#([A-Za-z]{1,40})(?:\('([^']{1,100})'\))?/;

function addPage(records: AzureRecords, page: Page, at: { readonly origin: AzureOrigin; readonly pointer: string }): boolean {
  const context = typeof page['@odata.context'] === 'string' ? CONTEXT.exec(page['@odata.context']) : null;
  const resource = at.origin.resource ?? context?.[2];
  const origin: AzureOrigin = { ...at.origin, ...(resource === undefined ? {} : { resource }) };
  const lists = page.value.map((item) => (isObject(item) ? listOf(item, origin) : undefined));
  const list = origin.list ?? lists.find((one) => one !== undefined);
  // Pages of other APIs look alike: one is Azure's where its path, its context or one of its records says so.
  if (list === undefined) return origin.method !== undefined || context !== null;
  const places: RecordPlace[] = [];
  for (const [index, item] of page.value.entries()) {
    const pointer = `${at.pointer}/${index}`;
    const place = isObject(item) ? addRecord(records, item, { list: lists[index] ?? list, origin, pointer }) : undefined;
    if (place !== undefined) places.push(place);
    else if (!isObject(item)) records.gap(malformedGap(LIST_NAMES[list], { file: origin.file, pointer, why: 'expected an object' }));
  }
  const next = page.nextLink ?? page['@odata.nextLink'];
  tellPage(records, places, { list, origin, more: typeof next === 'string' && next !== '' });
  return true;
}

function tellPage(
  records: AzureRecords,
  places: readonly RecordPlace[],
  page: { readonly list: AzureList; readonly origin: AzureOrigin; readonly more: boolean },
): void {
  records.page({
    ...page,
    subscriptions: new Set(places.flatMap(({ subscription }) => subscription ?? [])),
    owners: new Set(places.flatMap(({ owner }) => owner ?? [])),
  });
}

interface RecordAt {
  readonly list: AzureList;
  readonly origin: AzureOrigin;
  readonly pointer: string;
}

/** Undefined: the record is malformed, which is said by a gap. */
function addRecord(records: AzureRecords, raw: RawObject, { list, origin, pointer }: RecordAt): RecordPlace | undefined {
  const reader = readerOf(list);
  const parsed = reader.shape.safeParse(flattened(raw));
  if (parsed.success) return reader.read(parsed.data, origin, records);
  const issue = parsed.error.issues[0];
  const below = (issue?.path ?? []).map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const lifted = issue !== undefined && isObject(raw.properties) && !Object.hasOwn(raw, String(issue.path[0])) ? '/properties' : '';
  records.gap(
    malformedGap(LIST_NAMES[list], {
      file: origin.file,
      pointer: `${pointer}${lifted}${below}`,
      why: issue?.message ?? 'has another shape',
    }),
  );
  return undefined;
}
