import type { AwsGap, AwsListed, AwsPage } from './sink.ts';

/** A page whose account is settled as far as it can be. */
export interface SettledPage extends Omit<AwsPage, 'account'> {
  readonly account: string | undefined;
}

interface Lists {
  readonly pages: readonly SettledPage[];
  readonly listed: ReadonlyMap<string, AwsListed>;
  readonly described: ReadonlySet<string>;
}

/** What lists promise and no answer keeps: pages that are not there, things that were listed and never described. */
export function listGaps({ pages, listed, described }: Lists): AwsGap[] {
  const missing = [...listed.values()].filter(({ key }) => !described.has(key));
  missing.sort((one, other) => (one.key < other.key ? -1 : 1));
  return [...pageGaps(pages), ...missing.map(({ gap }) => gap)];
}

function pageGaps(pages: readonly SettledPage[]): AwsGap[] {
  const truncated = new Map<string, SettledPage>();
  const ended = new Set<string>();
  for (const page of pages) {
    const key = JSON.stringify([page.list, page.account, page.of]);
    if (!page.truncated) ended.add(key);
    else if ((truncated.get(key)?.file ?? page.file) <= page.file) truncated.set(key, page);
  }
  return [...truncated]
    .filter(([key]) => !ended.has(key))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, page]) => pageGap(page));
}

function pageGap({ account, file, list, of, permission }: SettledPage): AwsGap {
  return {
    source: 'aws',
    what: `${list} of ${of ?? `account ${account ?? 'unknown'}`}`,
    ...(account === undefined ? {} : { where: account }),
    why: 'the list is cut off and its last page is not there',
    remedy: `run the command again without --max-items, or add the following pages`,
    permission,
    file,
  };
}
