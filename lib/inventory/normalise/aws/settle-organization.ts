import type { AwsOrganization, ServiceControlPolicy } from '../../aws.ts';
import { organizationGaps, severalOrganizationsGap } from './organization-gaps.ts';
import type { AwsGap, AwsOrganizationFact } from './sink.ts';

/** The facts about the organisation, sorted into what each is about. */
interface Told {
  readonly ids: Set<string>;
  readonly managementAccounts: Set<string>;
  readonly policies: Map<string, ServiceControlPolicy>;
  readonly roots: Set<string>;
  readonly accounts: Set<string>;
  readonly parents: Map<string, string>;
  /** Target → ids of policies, and whether all of them were read. */
  readonly attached: Map<string, { readonly ids: Set<string>; whole: boolean }>;
  /** Policy (id or name) → its targets, likewise. */
  readonly targets: Map<string, { readonly ids: Set<string>; whole: boolean }>;
  allPolicies: boolean;
  allAccounts: boolean;
  any: boolean;
}

/** The organisation that the facts tell of; undefined where none does. `accounts` are those whose roles were read: what limits them and was not read is a gap. */
export function settleOrganization(
  facts: readonly AwsOrganizationFact[],
  accounts: readonly string[],
): { readonly organization?: AwsOrganization; readonly withoutOrganization: readonly string[]; readonly gaps: readonly AwsGap[] } {
  const withoutOrganization = [...new Set(facts.flatMap((fact) => (fact.says === 'none' ? [fact.account] : [])))].sort();
  const told = tell(facts);
  if (!told.any) return { withoutOrganization, gaps: [] };
  const [id] = [...told.ids].sort();
  const managementAccount = told.managementAccounts.size === 1 ? [...told.managementAccounts][0] : undefined;
  const organization: AwsOrganization = {
    ...(id === undefined ? {} : { id }),
    ...(managementAccount === undefined ? {} : { managementAccount }),
    policies: [...told.policies.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
    parents: sorted(told.parents),
    attachments: attachmentsOf(told),
  };
  const limited = accounts.filter((account) => account !== managementAccount && !withoutOrganization.includes(account));
  const members = told.allAccounts ? limited.filter((account) => told.accounts.has(account)) : limited;
  return {
    organization,
    withoutOrganization,
    gaps: [
      ...(told.ids.size > 1 ? [severalOrganizationsGap([...told.ids].sort())] : []),
      ...organizationGaps(organization, { accounts: members, roots: told.roots }),
    ],
  };
}

function tell(facts: readonly AwsOrganizationFact[]): Told {
  const told: Told = {
    ids: new Set(),
    managementAccounts: new Set(),
    policies: new Map(),
    roots: new Set(),
    accounts: new Set(),
    parents: new Map(),
    attached: new Map(),
    targets: new Map(),
    allPolicies: false,
    allAccounts: false,
    any: false,
  };
  for (const fact of facts) {
    if (fact.says !== 'none') told.any = true;
    take(fact, told);
  }
  return told;
}

function take(fact: AwsOrganizationFact, told: Told): void {
  switch (fact.says) {
    case 'organization':
      if (fact.id !== undefined) told.ids.add(fact.id);
      if (fact.managementAccount !== undefined) told.managementAccounts.add(fact.managementAccount);
      return;
    case 'policy':
      told.policies.set(fact.id, merged(told.policies.get(fact.id), fact));
      return;
    case 'policies':
      told.allPolicies ||= fact.whole;
      return;
    case 'account':
      told.accounts.add(fact.id);
      return;
    case 'accounts':
      told.allAccounts ||= fact.whole;
      return;
    case 'root':
      told.roots.add(fact.id);
      return;
    case 'parent':
      takeParent(told.parents, fact);
      return;
    case 'attached':
      add(told.attached, fact.target, { ids: fact.policies, whole: fact.whole });
      return;
    case 'targets':
      add(told.targets, fact.policy, { ids: fact.targets, whole: fact.whole });
      return;
    case 'none':
      return;
  }
}

/** Of two parents of one child (it was moved while the answers were taken) the one whose id sorts first, so that the order of the files decides nothing. */
function takeParent(parents: Map<string, string>, { child, parent }: { readonly child: string; readonly parent: string }): void {
  const known = parents.get(child);
  if (known === undefined || parent < known) parents.set(child, parent);
}

function add(
  map: Map<string, { readonly ids: Set<string>; whole: boolean }>,
  key: string,
  { ids, whole }: { readonly ids: readonly string[]; readonly whole: boolean },
): void {
  const known = map.get(key) ?? { ids: new Set<string>(), whole: false };
  for (const id of ids) known.ids.add(id);
  known.whole ||= whole;
  map.set(key, known);
}

function merged(
  known: ServiceControlPolicy | undefined,
  { arn, document, id, name }: Extract<AwsOrganizationFact, { says: 'policy' }>,
): ServiceControlPolicy {
  const policy: ServiceControlPolicy = {
    id,
    ...(arn === undefined ? {} : { arn }),
    name,
    ...(document === undefined ? {} : { document }),
  };
  if (known === undefined) return policy;
  const [best, rest] = rank(policy) <= rank(known) ? [policy, known] : [known, policy];
  const bestArn = best.arn ?? rest.arn;
  return { ...best, ...(bestArn === undefined ? {} : { arn: bestArn }) };
}

function rank(policy: ServiceControlPolicy): string {
  return `${policy.document === undefined ? 1 : 0}${JSON.stringify(policy)}`;
}

/**
 * What hangs on each target: as list-policies-for-target says it, or as the targets of all policies say it together. A target of which
 * neither says everything is left out: without all of its policies nobody knows what it allows.
 */
function attachmentsOf(told: Told): ReadonlyMap<string, readonly string[]> {
  const attachments = new Map<string, readonly string[]>();
  for (const [target, ids] of fromTargets(told)) attachments.set(target, [...ids].sort());
  for (const [target, { ids, whole }] of told.attached) if (whole) attachments.set(target, [...ids].sort());
  return sorted(attachments);
}

function fromTargets({ allPolicies, policies, targets }: Told): ReadonlyMap<string, ReadonlySet<string>> {
  const attached = new Map<string, Set<string>>();
  if (!allPolicies) return attached;
  for (const { id, name } of policies.values()) {
    const own = targets.get(id) ?? targets.get(name);
    if (own === undefined || !own.whole) return new Map();
    for (const target of own.ids) attached.set(target, (attached.get(target) ?? new Set()).add(id));
  }
  return attached;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...map].sort(([one], [other]) => (one < other ? -1 : 1)));
}
