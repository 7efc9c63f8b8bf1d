import { type Account, ask, fail, keep, keepNothing, readAndKeep } from './account.ts';
import type { AwsAnswer } from './client.ts';
import { readPages, records } from './pages.ts';

const FILTER = 'SERVICE_CONTROL_POLICY';
/** Organisational units lie at most five deep: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const DEEPEST = 5;

/**
 * The organisations that the accounts belong to. Only the management account and delegated administrators may read one, so the accounts
 * are tried in that order until one may; where none may, what is missing is told once, of the last that was tried.
 */
export async function readOrganizations(accounts: readonly Account[]): Promise<void> {
  const groups = new Map<string, { readonly management: string; readonly members: Account[] }>();
  for (const account of accounts) {
    const organization = await readMembership(account);
    if (organization === undefined) continue;
    const id = String(organization.Id);
    const group = groups.get(id) ?? { management: String(organization.MasterAccountId), members: [] };
    groups.set(id, group);
    if (account.id === group.management) group.members.unshift(account);
    else group.members.push(account);
  }
  for (const { management, members } of groups.values()) await readOrganization(members, management);
}

/** The `Organization` of DescribeOrganization, which every member may call; undefined: none, or it could not be read. */
async function readMembership(account: Account): Promise<AwsAnswer | undefined> {
  const call = { operation: 'organizations:DescribeOrganization' } as const;
  const { answer, fault } = await ask(account, call);
  if (fault?.code === 'AWSOrganizationsNotInUseException') keepNothing(account, call.operation, fault.code);
  else if (fault !== undefined) fail(account, call, fault);
  if (answer === undefined) return undefined;
  keep(account, call.operation, answer);
  return records([answer.Organization])[0];
}

async function readOrganization(accounts: readonly Account[], management: string): Promise<void> {
  const call = { operation: 'organizations:ListPolicies', input: { Filter: FILTER } } as const;
  for (const [at, account] of accounts.entries()) {
    const { fault } = await ask(account, call);
    if (fault === undefined) return readAll(account, accounts);
    if (fault.kind === 'denied' && at < accounts.length - 1) continue;
    const instead = `read the organisation with credentials of its management account ${management} or of a delegated administrator as well (--aws-profile or --aws-role)`;
    return fail(account, { ...call, about: 'its organisation', instead }, fault);
  }
}

async function readAll(reader: Account, accounts: readonly Account[]): Promise<void> {
  await Promise.all([
    readPolicies(reader),
    readTree(reader),
    readPages(reader, { operation: 'organizations:ListAccounts' }, (page) => keep(reader, 'organizations:ListAccounts', page)),
    ...accounts.map(({ id }) => readParents(reader, id)),
  ]);
}

async function readPolicies(reader: Account): Promise<void> {
  const reading = { operation: 'organizations:ListPolicies', input: { Filter: FILTER }, about: FILTER } as const;
  const ids: string[] = [];
  await readPages(reader, reading, (page) => {
    keep(reader, reading.operation, page, FILTER);
    for (const { Id: id } of records(page.Policies)) if (typeof id === 'string') ids.push(id);
  });
  await Promise.all(
    ids.flatMap((PolicyId) => {
      const targets = { operation: 'organizations:ListTargetsForPolicy', input: { PolicyId }, about: PolicyId } as const;
      return [
        readAndKeep(reader, { operation: 'organizations:DescribePolicy', input: { PolicyId }, about: PolicyId }),
        readPages(reader, targets, (page) => keep(reader, targets.operation, page, PolicyId)),
      ];
    }),
  );
}

async function readTree(reader: Account): Promise<void> {
  const roots: string[] = [];
  await readPages(reader, { operation: 'organizations:ListRoots' }, (page) => {
    keep(reader, 'organizations:ListRoots', page);
    for (const { Id: id } of records(page.Roots)) if (typeof id === 'string') roots.push(id);
  });
  await Promise.all(roots.map((root) => readUnits(reader, root, 0)));
}

async function readUnits(reader: Account, ParentId: string, depth: number): Promise<void> {
  if (depth > DEEPEST) return;
  const reading = { operation: 'organizations:ListOrganizationalUnitsForParent', input: { ParentId }, about: ParentId } as const;
  const units: string[] = [];
  await readPages(reader, reading, (page) => {
    keep(reader, reading.operation, page, ParentId);
    for (const { Id: id } of records(page.OrganizationalUnits)) if (typeof id === 'string') units.push(id);
  });
  await Promise.all(units.map((unit) => readUnits(reader, unit, depth + 1)));
}

async function readParents(reader: Account, ChildId: string): Promise<void> {
  const reading = { operation: 'organizations:ListParents', input: { ChildId }, about: ChildId } as const;
  await readPages(reader, reading, (page) => keep(reader, reading.operation, page, ChildId));
}
