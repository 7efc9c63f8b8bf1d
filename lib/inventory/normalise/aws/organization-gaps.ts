import type { AwsOrganization } from '../../aws.ts';
import type { AwsGap } from './sink.ts';

/** More levels than an organisation may have: a root, five levels of units, an account. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const LEVELS = 16;

/** What limits these accounts and was not read: their place in the tree, the policies of a level, the text of a policy. */
export function organizationGaps(
  { attachments, parents, policies }: AwsOrganization,
  { accounts, roots }: { readonly accounts: readonly string[]; readonly roots: ReadonlySet<string> },
): AwsGap[] {
  const levels = new Set<string>();
  const gaps: AwsGap[] = [];
  for (const account of accounts) {
    const path = pathOf(account, parents);
    for (const level of path) levels.add(level);
    const top = path.at(-1) ?? account;
    if (!roots.has(top) && !top.startsWith('r-')) gaps.push(missing(`place of ${top} in the organisation`, account, 'list-parents'));
  }
  const used = new Set<string>();
  for (const level of [...levels].sort()) {
    const attached = attachments.get(level);
    if (attached === undefined) gaps.push(missing(`service control policies of ${level}`, level, 'list-policies-for-target'));
    for (const id of attached ?? []) used.add(id);
  }
  const read = new Set(policies.filter(({ document }) => document !== undefined).map(({ id }) => id));
  for (const id of [...used].sort()) if (!read.has(id)) gaps.push(missing(`service control policy ${id}`, id, 'describe-policy'));
  return gaps;
}

function pathOf(account: string, parents: ReadonlyMap<string, string>): string[] {
  const path = [account];
  for (let level = parents.get(account); level !== undefined && path.length < LEVELS; level = parents.get(level)) path.push(level);
  return path;
}

const ACTION = {
  'list-parents': 'organizations:ListParents',
  'list-policies-for-target': 'organizations:ListPoliciesForTarget',
  'describe-policy': 'organizations:DescribePolicy',
} as const;

function missing(what: string, where: string, command: keyof typeof ACTION): AwsGap {
  return {
    source: 'aws',
    what,
    where,
    why: 'the organisation was read in part, and this was not, so what it takes away is not known',
    remedy: `add the answer of \`aws organizations ${command}\` for ${where}, from the management account or a delegated administrator`,
    permission: ACTION[command],
  };
}

/** The vocabulary has a place for one. */
export function severalOrganizationsGap(ids: readonly string[]): AwsGap {
  return {
    source: 'aws',
    what: 'the organisation',
    why: `the data is of ${ids.length} organisations: ${ids.slice(0, 5).join(', ')}; their trees and policies were taken together`,
    remedy: 'keep the accounts of one organisation in the snapshot',
  };
}
