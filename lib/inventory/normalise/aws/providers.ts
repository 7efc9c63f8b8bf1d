import type { AwsOidcProvider } from '../../aws.ts';
import type { AwsGap, UnplacedProvider } from './sink.ts';

interface Known {
  readonly providers: ReadonlyMap<string, AwsOidcProvider>;
  readonly unplaced: readonly UnplacedProvider[];
  /** ARNs of everything that was read. */
  readonly arns: Iterable<string>;
}

/**
 * Finds out which account each provider belongs to: its path says it, or just one account's list names its URL, or the
 * snapshot speaks of one account only (`only`). Otherwise a gap: to guess would be to trust.
 */
export function settleProviders(known: Known, only: string | undefined): { providers: AwsOidcProvider[]; gaps: AwsGap[] } {
  const settled = new Map(known.providers);
  const gaps: AwsGap[] = [];
  for (const provider of known.unplaced) {
    const listed = [...known.providers.values()].filter((candidate) => candidate.url === provider.url);
    const account = provider.account ?? (listed.length === 1 ? listed[0]?.account : only);
    if (account === undefined) {
      gaps.push(homelessGap(provider));
      continue;
    }
    const arn = listed.find((candidate) => candidate.account === account)?.arn ?? arnOf(provider.url, account, known);
    const before = settled.get(arn)?.clientIds;
    // Two answers that differ: only what both name is sure, and the order of the files decides nothing.
    const clientIds = before === undefined ? provider.clientIds : provider.clientIds.filter((id) => before.includes(id));
    settled.set(arn, { arn, account, url: provider.url, clientIds: [...new Set(clientIds)].sort() });
  }
  return { providers: [...settled.values()], gaps };
}

/** The partition comes from any other ARN of that account; without one, `aws`. */
function arnOf(url: string, account: string, known: Known): string {
  let partition = 'aws';
  for (const arn of known.arns) if (arn.split(':', 5)[4] === account) partition = arn.split(':', 2)[1] ?? partition;
  return `arn:${partition}:iam::${account}:oidc-provider/${url}`;
}

function homelessGap(provider: UnplacedProvider): AwsGap {
  return {
    source: 'aws',
    what: `oidc provider ${provider.url}`,
    where: provider.file,
    why: 'the answer of get-open-id-connect-provider does not say its account, and neither does its path',
    remedy: 'store the answer as ACCOUNT/iam-get-open-id-connect-provider/NAME.json, or add list-open-id-connect-providers',
    file: provider.file,
  };
}
