import type { EksAccessEntry, EksAccessPolicy } from '../../aws.ts';
import type { AwsEntryPolicies, AwsGap } from './sink.ts';

/**
 * Gives access entries their policies. ListAssociatedAccessPolicies names the entry by cluster and principal, and its path the account;
 * where that fits entries of two regions, or none, it is a gap.
 */
export function settleAccessEntries(
  entries: Iterable<EksAccessEntry>,
  answers: readonly AwsEntryPolicies[],
): { readonly entries: EksAccessEntry[]; readonly gaps: AwsGap[] } {
  const settled = new Map<string, EksAccessEntry>();
  const byName = new Map<string, EksAccessEntry[]>();
  for (const entry of entries) {
    settled.set(entry.arn, entry);
    const key = JSON.stringify([entry.clusterName, entry.principalArn]);
    byName.set(key, [...(byName.get(key) ?? []), entry]);
  }
  const gaps: AwsGap[] = [];
  const policies = new Map<string, Map<string, EksAccessPolicy>>();
  for (const answer of answers) {
    const candidates = byName.get(JSON.stringify([answer.clusterName, answer.principalArn])) ?? [];
    const own = candidates.filter(({ account }) => answer.account === undefined || account === answer.account);
    const [entry] = own;
    if (own.length !== 1 || entry === undefined) {
      gaps.push(strayGap(answer, own.length));
      continue;
    }
    const known = policies.get(entry.arn) ?? new Map<string, EksAccessPolicy>();
    for (const policy of answer.policies) known.set(JSON.stringify(policy), policy);
    policies.set(entry.arn, known);
  }
  for (const entry of settled.values()) {
    const own = policies.get(entry.arn);
    if (own !== undefined) settled.set(entry.arn, { ...entry, policies: sortedByText(own) });
    // Entries for nodes can have none. https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
    else if (entry.type === undefined || entry.type === 'STANDARD') gaps.push(unknownGap(entry));
  }
  return { entries: [...settled.values()], gaps };
}

function sortedByText(policies: ReadonlyMap<string, EksAccessPolicy>): EksAccessPolicy[] {
  return [...policies].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, policy]) => policy);
}

function strayGap({ clusterName, file, principalArn }: AwsEntryPolicies, found: number): AwsGap {
  const none = found === 0;
  return {
    source: 'aws',
    what: `access policies of ${principalArn} in cluster ${clusterName}`,
    where: file,
    why: none ? 'the access entry that they belong to was not described' : `${found} access entries of that name were described`,
    remedy: none
      ? 'add the answer of `aws eks describe-access-entry` for it'
      : 'keep the clusters of one name in snapshots of their own, or store the answers as ACCOUNT/COMMAND/RESOURCE.json',
    ...(none ? { permission: 'eks:DescribeAccessEntry' } : {}),
    file,
  };
}

function unknownGap({ arn, clusterName, principalArn }: EksAccessEntry): AwsGap {
  return {
    source: 'aws',
    what: `access policies of ${principalArn} in cluster ${clusterName}`,
    where: arn,
    why: 'the access entry was described, and the list of its access policies was not read',
    remedy: 'add the answer of `aws eks list-associated-access-policies` for it',
    permission: 'eks:ListAssociatedAccessPolicies',
  };
}
