import { type Account, fail, type Reading, read } from './account.ts';
import type { AwsAnswer } from './client.ts';

/** What a service calls the place where the next page begins, in answers and in requests alike. */
const TOKENS = new Map([
  ['iam', 'Marker'],
  ['eks', 'nextToken'],
  ['ecr', 'nextToken'],
  ['ec2', 'NextToken'],
  ['organizations', 'NextToken'],
]);
/** No account has so many; an API that never ends its list does. */
const MOST_PAGES = 10_000;

/** All pages of a list, one after another, each handed to `take`. Whether the list came to its end; why not is in the book. */
export async function readPages(account: Account, reading: Reading, take: (page: AwsAnswer) => void): Promise<boolean> {
  const token = TOKENS.get(reading.operation.split(':')[0] ?? '');
  if (token === undefined) throw new Error(`nothing is known of the pages of ${reading.operation}`);
  let at: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await read(account, at === undefined ? reading : { ...reading, input: { ...reading.input, [token]: at } });
    if (page === undefined) return false;
    take(page);
    const next = page[token];
    const more = typeof next === 'string' && next !== '' && page.IsTruncated !== false;
    if (!more) return true;
    if (next === at) break;
    at = next;
  }
  fail(account, reading, { kind: 'failed', code: 'EndlessList' });
  return false;
}

/** The texts of one field of all pages: names to go on with. */
export async function readNames(account: Account, reading: Reading, field: string): Promise<string[]> {
  const names: string[] = [];
  await readPages(account, reading, (page) => names.push(...texts(page[field])));
  return names;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function records(value: unknown): AwsAnswer[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}
